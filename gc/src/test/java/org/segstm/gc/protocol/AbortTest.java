package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionState;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An abort leaves nothing of the transaction: heap, roots, registered state; and the callbacks that follow it. */
class AbortTest {
    @EachSharing
    void shouldRestoreFieldsWhenAborted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long wide = t.committed(t.a, m -> m.allocate(t.wide));
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.put(t.a, x, 3);
            t.a.putRef(x, t.next, t.newCell(t.a, 4, 0));
            t.a.putLong(wide, t.wideLongs[0], 5);
            t.a.putLong(wide, t.wideLongs[59], 6);
            t.abort(t.a);
            t.begin(t.a);
            assertEquals(1, t.get(t.a, x));
            assertEquals(0, t.a.getRef(x, t.next));
            assertEquals(0, t.a.getLong(wide, t.wideLongs[0]));
            assertEquals(0, t.a.getLong(wide, t.wideLongs[59]));
            assertEquals(1, t.a.statistics().aborted(AbortCause.EXPLICIT));
        }
    }

    @EachSharing
    void shouldWriteAgainWhenObjectWasWrittenByAbortedTransaction(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.b);
            for (int i = 0; i < 3; i++) {
                t.begin(t.a);
                t.put(t.a, x, 50);
                t.abort(t.a);
            }
            t.write(t.a, x, 2);
            assertEquals(2, t.committedValue(t.b, x), "the barrier is armed again");
        }
    }

    @EachSharing
    void shouldRestoreRootsWhenAborted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(2);
            t.a.push(x);
            t.a.push(y);
            t.a.push(11);
            t.begin(t.a);
            t.a.pop();
            t.a.pop();
            t.a.setRoot(0, t.newCell(t.a, 3, 0));
            for (int i = 0; i < 1000; i++) {
                t.a.push(t.newCell(t.a, i, 0));
            }
            t.a.collectNursery();
            t.a.truncateRoots(1);
            t.abort(t.a);
            assertEquals(3, t.a.rootDepth());
            assertEquals(x, t.a.root(0));
            assertEquals(y, t.a.root(1));
            assertEquals(11, t.a.root(2));
            t.a.truncateRoots(0);
        }
    }

    @EachSharing
    void shouldRestoreRootsWhenCommitConflicts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.a.push(x);
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.a.setRoot(0, t.newCell(t.a, 3, x));
            t.a.push(t.a.root(0));
            t.write(t.b, x, 5);
            assertFalse(t.tryCommit(t.a));
            assertEquals(1, t.a.rootDepth());
            assertEquals(x, t.a.root(0));
            t.a.pop();
        }
    }

    @EachSharing
    void shouldKeepRootsWhenCommitted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a).push(t.newCell(t.a, 1, 0));
            t.commit(t.a);
            t.begin(t.a).push(t.newCell(t.a, 2, t.a.root(0)));
            t.commit(t.a);
            t.begin(t.a);
            assertEquals(1, t.get(t.a, t.a.root(0)));
            assertEquals(2, t.get(t.a, t.a.root(1)));
            assertEquals(t.a.root(0), t.a.getRef(t.a.root(1), t.next));
        }
    }

    @EachSharing
    void shouldRestoreRegisteredStateWhenAborted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final Counter counter = new Counter();
            t.a.registerState(counter);
            t.begin(t.a);
            counter.value = 5;
            t.abort(t.a);
            assertEquals(0, counter.value);
            t.begin(t.a);
            counter.value = 7;
            t.commit(t.a);
            assertEquals(7, counter.value);
            assertEquals(2, counter.saves);
            assertEquals(1, counter.restores);
        }
    }

    @EachSharing
    void shouldRunAbortCallbacksOnceInOrderWhenAborted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final List<String> calls = new ArrayList<>();
            t.begin(t.a).onAbort(() -> calls.add("first"));
            t.a.onCommit(() -> calls.add("never"));
            t.a.onAbort(() -> calls.add("second in transaction: " + t.a.inTransaction()));
            t.abort(t.a);
            t.begin(t.a);
            t.abort(t.a);
            t.begin(t.a);
            t.commit(t.a);
            assertEquals(List.of("first", "second in transaction: false"), calls);
        }
    }

    @EachSharing
    void shouldRunCommitCallbacksOnceWhenCommitted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final List<String> calls = new ArrayList<>();
            t.begin(t.a).onCommit(() -> calls.add("committed in transaction: " + t.a.inTransaction()));
            t.a.onAbort(() -> calls.add("never"));
            t.commit(t.a);
            t.begin(t.a);
            t.commit(t.a);
            t.begin(t.a);
            t.abort(t.a);
            assertEquals(List.of("committed in transaction: false"), calls);
        }
    }

    @EachSharing
    void shouldBeginAgainWhenCallbackAsks(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a).onAbort(() -> t.write(t.a, x, 9));
            t.abort(t.a);
            assertEquals(9, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldFreeObjectsWhenAborted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.committedCell(0);
            t.attach(t.b);
            final long used = t.heap.statistics().usedBytes();
            for (int i = 0; i < 20; i++) {
                t.begin(t.a);
                for (int k = 0; k < 500; k++) {
                    t.a.push(t.newCell(t.a, k, 0));
                }
                t.a.push(t.a.allocate(t.blob, 300_000));
                t.a.collectNursery();
                assertTrue(t.a.inspect().isOverflow(t.a.root(0)));
                t.a.push(t.a.allocate(t.blob, 200_000));
                t.a.push(t.newCell(t.a, 1, t.a.root(0)));
                t.abort(t.a);
                assertEquals(used, t.heap.statistics().usedBytes());
            }
        }
    }

    @EachSharing
    void shouldAbortAndPassOnWhenBodyThrows(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final IllegalStateException thrown = assertThrows(IllegalStateException.class,
                () -> t.on(t.a).atomicallyDo(m -> {
                    m.putLong(x, t.value, 2);
                    throw new IllegalStateException("from the body");
                }));
            assertEquals("from the body", thrown.getMessage());
            assertEquals(1, t.a.statistics().aborted(AbortCause.EXCEPTION));
            assertEquals(1, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldRetryWhenAtomicBodyConflicts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final int[] attempts = new int[1];
            t.on(t.a).atomicallyDo(m -> {
                final long seen = m.getLong(x, t.value);
                if (attempts[0]++ < 3) {
                    m.park();
                    t.b.atomicallyDo(other -> other.putLong(x, t.value, other.getLong(x, t.value) + 1));
                    m.unpark();
                }
                m.putLong(x, t.value, seen + 100);
            });
            assertEquals(4, attempts[0]);
            assertEquals(103, t.committedValue(t.b, x));
            assertEquals(3, t.a.statistics().aborted());
        }
    }

    /** A VM's state outside the heap. */
    private static final class Counter implements TransactionState {
        private int value;
        private int saved;
        private int saves;
        private int restores;

        @Override
        public void save(final int level) {
            saved = value;
            saves++;
        }

        @Override
        public void restore(final int level) {
            value = saved;
            restores++;
        }
    }
}
