package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.HeapContext;
import org.segstm.heap.LengthBounds;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.Steps;
import org.segstm.heap.TransactionAbortedException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Length control: when it is time to commit, and how lengths grow and shrink. */
class LengthControlTest {
    private static final long UNLIMITED = 1L << 40;

    private static Stage stage(final PageSharing sharing, final long leastPolls, final long mostPolls) {
        return new Stage(context(sharing).lengthBounds(
            new LengthBounds(leastPolls, mostPolls, UNLIMITED, UNLIMITED)));
    }

    private static HeapContext context(final PageSharing sharing) {
        return Stage.context(sharing);
    }

    /** Polls until a break is due, and breaks. */
    private static int pollsToBreak(final Mutator mutator) {
        int polls = 1;
        while (!mutator.transactionBreak()) {
            polls++;
        }
        return polls;
    }

    @EachSharing
    void shouldDoubleLengthWhenTransactionsCommit(final PageSharing sharing) {
        try (Stage t = stage(sharing, 2, 20)) {
            t.begin(t.a);
            final List<Integer> lengths = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                lengths.add(pollsToBreak(t.a));
            }
            assertEquals(List.of(2, 4, 8, 16, 20, 20), lengths);
            assertEquals(6, t.a.statistics().committed());
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldHalveLengthAndGrowSlowlyWhenTransactionConflicts(final PageSharing sharing) {
        try (Stage t = stage(sharing, 1, 64)) {
            final long x = t.committedCell(0);
            t.attach(t.b);
            t.begin(t.a);
            while (t.a.transactionLength() < 64) {
                pollsToBreak(t.a);
            }
            t.get(t.a, x);
            t.put(t.a, x, 1);
            assertFalse(t.a.shouldBreak());
            t.write(t.b, x, 5);
            assertFalse(t.tryCommit(t.a));
            assertEquals(32, t.a.transactionLength());
            t.begin(t.a);
            assertEquals(32, pollsToBreak(t.a), "a whole budget after an abort");
            assertEquals(36, pollsToBreak(t.a), "above the length that failed it grows slowly");
            assertEquals(40, pollsToBreak(t.a));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldKeepLengthWhenTransactionEndsOtherwise(final PageSharing sharing) {
        try (Stage t = stage(sharing, 4, 64)) {
            t.begin(t.a);
            assertFalse(t.a.shouldBreak());
            t.commit(t.a);
            t.begin(t.a);
            assertEquals(4, pollsToBreak(t.a), "each transaction has a budget of its own");
            assertFalse(t.a.shouldBreak());
            t.a.hintCommitSoon();
            assertTrue(t.a.shouldBreak());
            assertTrue(t.a.transactionBreak());
            assertEquals(8, t.a.transactionLength(), "a hint tells nothing about lengths");
            assertFalse(t.a.shouldBreak());
            t.abort(t.a);
            assertEquals(8, t.a.transactionLength(), "nor does an abort that was asked for");
        }
    }

    @EachSharing
    void shouldBreakWhenBytesAreUsedUp(final PageSharing sharing) {
        try (Stage t = new Stage(context(sharing).lengthBounds(
            new LengthBounds(1 << 20, 1 << 20, 48 << 10, 48 << 10)))) {
            t.begin(t.a);
            for (int round = 0; round < 5; round++) {
                int objects = 0;
                while (!t.a.shouldBreak()) {
                    t.a.allocate(t.cell);
                    objects++;
                    if (objects % 700 == 0) {
                        t.a.collectNursery();
                    }
                }
                assertTrue(objects >= 1500 && objects <= 2100, "objects of 32 bytes: " + objects);
                assertTrue(t.a.transactionBreak());
            }
            assertFalse(t.a.shouldBreak());
            t.a.allocate(t.blob, 100_000);
            assertTrue(t.a.shouldBreak(), "objects outside the nursery count");
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldNotBreakAtomicBlocks(final PageSharing sharing) {
        try (Stage t = stage(sharing, 2, 2)) {
            t.a.atomicallyDo(m -> {
                for (int i = 0; i < 10; i++) {
                    assertFalse(m.transactionBreak());
                }
            });
            t.begin(t.a);
            t.a.atomicallyDo(m -> {
                m.hintCommitSoon();
                for (int i = 0; i < 10; i++) {
                    assertFalse(m.shouldBreak());
                }
            });
            assertTrue(t.a.shouldBreak(), "it was due all the time");
            assertTrue(t.a.transactionBreak());
            t.commit(t.a);
            assertEquals(3, t.a.statistics().committed());
        }
    }

    @EachSharing
    void shouldThrowWhenBreakConflicts(final PageSharing sharing) {
        try (Stage t = stage(sharing, 1, 1)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, x, t.get(t.a, x) + 1);
            t.write(t.b, x, 5);
            t.on(t.a);
            assertThrows(TransactionAbortedException.class, t.a::transactionBreak);
            assertFalse(t.a.inTransaction());
            assertEquals(5, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldPutStepsTogetherAndDoEachOnceForGood(final PageSharing sharing) {
        try (Stage t = stage(sharing, 1, 16)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final long before = t.on(t.a).statistics().committed();
            t.a.runSteps(new Count(100, step -> t.a.putLong(x, t.value, t.a.getLong(x, t.value) + 1)));
            assertEquals(100, t.committedValue(t.b, x));
            final long transactions = t.a.statistics().committed() - before;
            assertTrue(transactions >= 8 && transactions <= 12, "1 + 2 + 4 + 8 + 16 + ...: " + transactions);
        }
    }

    @EachSharing
    void shouldRepeatStepsSinceLastCommitWhenTheyConflict(final PageSharing sharing) {
        try (Stage t = stage(sharing, 8, 8)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final List<Integer> done = new ArrayList<>();
            t.on(t.a).runSteps(new Count(12, step -> {
                assertTrue(t.a.isAtomic());
                t.a.putLong(x, t.value, t.a.getLong(x, t.value) + 1);
                done.add(step);
                if (done.size() == 11) {
                    t.a.park();
                    t.b.atomicallyDo(m -> m.putLong(x, t.value, m.getLong(x, t.value) + 100));
                    t.a.unpark();
                }
            }));
            assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 8, 9, 10, 11), done);
            assertEquals(112, t.committedValue(t.a, x));
            assertEquals(1, t.a.statistics().aborted(AbortCause.READ_CONFLICT));
        }
    }

    @EachSharing
    void shouldUndoStepsSinceLastCommitWhenOneFails(final PageSharing sharing) {
        try (Stage t = stage(sharing, 4, 4)) {
            final long x = t.committedCell(0);
            final Count steps = new Count(10, step -> {
                t.a.putLong(x, t.value, t.a.getLong(x, t.value) + 1);
                if (step == 6) {
                    throw new ArithmeticException("step 6");
                }
            });
            t.on(t.a);
            assertThrows(ArithmeticException.class, () -> t.a.runSteps(steps));
            assertEquals(4, t.committedValue(t.a, x));
            assertEquals(4, steps.next);
        }
    }

    @EachSharing
    void shouldCommitStepsBeforeOneThatWaits(final PageSharing sharing) throws InterruptedException {
        try (Stage t = stage(sharing, 64, 64)) {
            final long question = t.committedCell(0);
            final long answer = t.committedCell(0);
            t.attach(t.a, t.b);
            final Mutator answering = t.mutator("answering");
            final Thread thread = new Thread(() -> {
                for (int i = 1; i <= 3; i++) {
                    final int round = i;
                    answering.atomicallyDo(m -> {
                        if (m.getLong(question, t.value) != round) {
                            m.retry();
                        }
                        m.putLong(answer, t.value, round);
                    });
                }
            });
            thread.start();
            t.on(t.a).runSteps(new Count(6, step -> {
                final int round = step / 2 + 1;
                if (step % 2 == 0) {
                    t.a.putLong(question, t.value, round);
                } else if (t.a.getLong(answer, t.value) != round) {
                    t.a.retry();
                }
            }));
            thread.join();
            assertEquals(3, t.committedValue(t.a, answer));
        }
    }

    /** Steps with numbers. */
    private static final class Count implements Steps {
        private final int steps;
        private final IntConsumer body;
        private int next;
        private int saved;

        Count(final int steps, final IntConsumer body) {
            this.steps = steps;
            this.body = body;
        }

        @Override
        public boolean step(final Mutator mutator) {
            body.accept(next);
            return ++next < steps;
        }

        @Override
        public void save(final int level) {
            saved = next;
        }

        @Override
        public void restore(final int level) {
            next = saved;
        }
    }
}
