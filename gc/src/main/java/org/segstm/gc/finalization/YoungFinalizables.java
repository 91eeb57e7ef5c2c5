package org.segstm.gc.finalization;

import org.segstm.heap.finalization.FinalizationTable;
import org.segstm.heap.finalization.Registration;
import org.segstm.heap.finalization.Registrations;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.util.ChunkedLongList;
import org.segstm.heap.util.LongMap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/**
 * What the transaction that runs in a segment has registered. Its objects live on until it ends; those that it cannot
 * reach any more have their turn when it has committed. Whoever registers nothing pays for a look at an empty list.
 */
public final class YoungFinalizables {
    private final Segment segment;
    private final FinalizationTable table;
    private final List<Registrations> tracked = new ArrayList<>();

    /**
     * Makes the part of a segment.
     *
     * @param segment that is served.
     * @param table   of the heap.
     */
    public YoungFinalizables(final Segment segment, final FinalizationTable table) {
        this.segment = segment;
        this.table = table;
    }

    /**
     * A transaction registers.
     *
     * @param registrations to look after.
     */
    public void track(final Registrations registrations) {
        tracked.add(registrations);
    }

    /**
     * Is there anything to look after?
     *
     * @return false when nothing was registered.
     */
    public boolean isEmpty() {
        return tracked.isEmpty();
    }

    /**
     * A minor collection has found what can be reached: the rest is kept too.
     *
     * @param isReached tells of an object whether it was found.
     * @param keep      keeps it.
     */
    public void keep(final LongPredicate isReached, final LongUnaryOperator keep) {
        tracked.removeIf(Registrations::isClosed);
        for (final Registrations registrations : tracked) {
            for (final Registration registration : registrations.all()) {
                if (!isReached.test(registration.ref())) {
                    registration.foundDeadYoung();
                }
            }
        }
        forEach(registration -> keep.applyAsLong(registration.ref()));
    }

    /**
     * The collection is done: the objects have moved.
     *
     * @param moved tells where to.
     */
    public void collected(final LongUnaryOperator moved) {
        forEach(registration -> registration.ref(moved.applyAsLong(registration.ref())));
        if (segment.isSerial()) {
            tracked.forEach(table::committed);
            tracked.clear();
        }
    }

    /** The transaction is rolled back. */
    public void discarded() {
        tracked.forEach(table::discarded);
        tracked.clear();
    }

    /** The transaction was rolled back in part; registrations made since then are closed. */
    public void discardedInPart() {
        if (!tracked.isEmpty()) {
            tracked.removeIf(Registrations::isClosed);
        }
    }

    /** The transaction has committed; its fresh objects are still listed. */
    public void committed() {
        if (hasDeadYoung()) {
            final LongMap fresh = new LongMap();
            final ChunkedLongList refs = segment.fresh();
            for (int i = 0; i < refs.size(); i++) {
                fresh.put(refs.get(i), 1);
            }
            // What can be reached refers to nothing dead, so it does not matter that it is taken for dead here.
            final FinalizationOrder order =
                new FinalizationOrder(segment.layouts(), segment.base(), ref -> fresh.get(ref) != 0);
            forEach(registration -> {
                if (registration.diedYoung()) {
                    order.add(registration.ref());
                }
            });
            forEach(registration -> {
                if (registration.diedYoung() && order.isOutermost(registration.ref())) {
                    registration.readyAtCommit(segment.viewRevision());
                }
            });
        }
        tracked.clear();
    }

    private boolean hasDeadYoung() {
        return tracked.stream().flatMap(one -> one.all().stream()).anyMatch(Registration::diedYoung);
    }

    private void forEach(final Consumer<Registration> action) {
        tracked.forEach(registrations -> registrations.all().forEach(action));
    }
}
