package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;
import org.segstm.bench.compare.peer.StoreShape;

import java.util.List;

/** Looks a random key up (80 %), puts it (10 %) or takes it out (10 %). */
final class MapProgram extends Program {
    private static final int TRANSACTIONS_IN_BATCH = 200;
    private static final int PERCENT = 100;
    private static final int FIND_PERCENT = 80;
    private static final int FIND_OR_PUT_PERCENT = 90;
    private final int keys;
    private final int buckets;
    private final Find find = new Find();
    private final Runnable finding;
    private final Change put = new Put();
    private final Runnable putting;
    private final Change removal = new Removal();
    private final Runnable removing;
    private long added;

    MapProgram(final Place place, final StoreShape shape) {
        super(place, TRANSACTIONS_IN_BATCH);
        this.keys = shape.keys();
        this.buckets = shape.buckets();
        this.finding = place.session().prepare(find);
        this.putting = place.session().prepare(put);
        this.removing = place.session().prepare(removal);
    }

    @Override
    protected void runTransaction() {
        final int key = below(keys);
        final int percent = below(PERCENT);
        if (percent < FIND_PERCENT) {
            find.draw(key);
            finding.run();
            if (find.value != Session.ABSENT && find.value != StoreShape.valueOf(key)) {
                fail("key " + key + " has the value " + find.value);
            }
        } else if (percent < FIND_OR_PUT_PERCENT) {
            put.draw(key);
            putting.run();
            added += put.changed ? 1 : 0;
        } else {
            removal.draw(key);
            removing.run();
            added -= removal.changed ? 1 : 0;
        }
    }

    @Override
    public String check(final Session checking, final List<Program> all) {
        long expected = keys / 2;
        for (final Program program : all) {
            expected += ((MapProgram) program).added;
        }
        final CountStep step = new CountStep(checking, keys);
        checking.prepare(step).run();
        return step.count == expected ? "" : "the map has " + step.count + " keys and should have " + expected;
    }

    /** One operation on one key. */
    private abstract class OneKey extends Attempt {
        private int key;

        OneKey(final boolean readOnly) {
            super(readOnly, 1);
        }

        void draw(final int newKey) {
            key = newKey;
            footprint()[0] = StoreShape.bucketOf(newKey, buckets);
        }

        int key() {
            return key;
        }
    }

    /** Looks it up. */
    private final class Find extends OneKey {
        private long value;

        Find() {
            super(true);
        }

        @Override
        protected void attempt() {
            value = session().find(key());
        }
    }

    /** Puts it or takes it out. */
    private abstract class Change extends OneKey {
        private boolean changed;

        Change() {
            super(false);
        }

        @Override
        protected final void attempt() {
            changed = change();
        }

        abstract boolean change();
    }

    /** Puts it. */
    private final class Put extends Change {
        @Override
        boolean change() {
            return session().put(key(), StoreShape.valueOf(key()));
        }
    }

    /** Takes it out. */
    private final class Removal extends Change {
        @Override
        boolean change() {
            return session().remove(key());
        }
    }

    /** Counts keys. */
    private static final class CountStep extends Step {
        private final Session session;
        private long count;

        CountStep(final Session session, final int keys) {
            super(true, keys);
            this.session = session;
            for (int i = 0; i < keys; i++) {
                footprint()[i] = i;
            }
        }

        @Override
        public void run() {
            long found = 0;
            for (int key = 0; key < footprint().length; key++) {
                found += session.find(key) == Session.ABSENT ? 0 : 1;
            }
            count = found;
        }
    }
}
