package org.segstm.gc.protocol.threads;

import org.segstm.heap.AbortCause;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Counters and objects without conflicts under real concurrency: exact sums, no aborts, and views that agree. */
class MergeTest {
    private static final int CARDS = 4;
    private static final int TALLY_BYTES = 128 * CARDS;

    /** What all threads share. */
    private static final class Shared {
        private final Field count;
        private final Field other;
        private final Field guess;
        private final Field check;
        private final GlobalRoot counter;
        private final GlobalRoot tally;
        private final GlobalRoot hint;

        Shared(final Crew crew) {
            final ObjectLayout.Builder counters = ObjectLayout.named("counters").counters();
            count = counters.field("count", FieldType.INT64);
            other = counters.field("other", FieldType.INT64);
            final ObjectLayout counterLayout = crew.heap.register(counters);
            final ObjectLayout tallyLayout = crew.heap.register(ObjectLayout.named("tally").variableBytes().counters());
            final ObjectLayout.Builder hints = ObjectLayout.named("hint").noConflicts();
            guess = hints.field("guess", FieldType.REF);
            check = hints.field("check", FieldType.INT64);
            final ObjectLayout hintLayout = crew.heap.register(hints);
            counter = crew.heap.newGlobalRoot("counter");
            tally = crew.heap.newGlobalRoot("tally");
            hint = crew.heap.newGlobalRoot("hint");
            crew.inspect((mutator, random, index) -> {
                mutator.atomicallyDo(m -> {
                    m.push(m.allocate(counterLayout));
                    m.push(m.allocate(tallyLayout, TALLY_BYTES));
                    m.push(m.allocate(hintLayout));
                });
                counter.set(mutator.root(0));
                tally.set(mutator.root(1));
                hint.set(mutator.root(2));
            });
        }

        long sumOfTally(final Mutator m) {
            long sum = 0;
            for (int i = 0; i < TALLY_BYTES; i += Long.BYTES) {
                sum += m.getLongAt(tally.get(), i);
            }
            return sum;
        }
    }

    @EachSetup
    void shouldAddUpWithoutAbortsWhenAllAddToTheSameCounters(final Setup setup) {
        final AtomicLong expected = new AtomicLong();
        final AtomicLong expectedTally = new AtomicLong();
        try (Crew crew = new Crew(setup, 1)) {
            final Shared s = new Shared(crew);
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                final int delta = random.nextInt(9) - 4;
                final int at = random.nextInt(TALLY_BYTES / Long.BYTES) * Long.BYTES;
                mutator.begin();
                mutator.add(s.counter.get(), s.count, delta);
                if (random.nextInt(8) == 0) {
                    mutator.push(mutator.allocate(crew.blob, 200));
                    mutator.collectNursery();
                    mutator.pop();
                }
                mutator.addAt(s.tally.get(), at, 1);
                mutator.add(s.counter.get(), s.other, 1);
                if (random.nextInt(16) == 0) {
                    mutator.abort();
                } else {
                    mutator.commit();
                    expected.addAndGet(delta);
                    expectedTally.incrementAndGet();
                }
            });
            crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> {
                assertEquals(expected.get(), m.getLong(s.counter.get(), s.count));
                assertEquals(expectedTally.get(), m.getLong(s.counter.get(), s.other));
                assertEquals(expectedTally.get(), s.sumOfTally(m));
            }));
        }
    }

    /** The two counters are always equal; a reader that saw them differ would have seen no committed state. */
    @EachSetup
    void shouldShowReadersCommittedStatesOnlyWhenOthersAdd(final Setup setup) {
        final AtomicLong expected = new AtomicLong();
        try (Crew crew = new Crew(setup, 1)) {
            final Shared s = new Shared(crew);
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                if (random.nextInt(4) == 0) {
                    mutator.atomicallyDo(m -> {
                        final long first = m.getLong(s.counter.get(), s.count);
                        m.safepoint();
                        final long tally = s.sumOfTally(m);
                        m.safepoint();
                        assertEquals(first, m.getLong(s.counter.get(), s.other));
                        assertEquals(first, tally);
                    });
                } else {
                    mutator.atomicallyDo(m -> {
                        m.add(s.counter.get(), s.count, 1);
                        m.safepoint();
                        m.addAt(s.tally.get(), random.nextInt(TALLY_BYTES / Long.BYTES) * (long) Long.BYTES, 1);
                        m.add(s.counter.get(), s.other, 1);
                    });
                    expected.incrementAndGet();
                }
            });
            crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m ->
                assertEquals(expected.get(), m.getLong(s.counter.get(), s.other))));
        }
    }

    /** What is found in the hint is always a whole object that somebody has committed, and nobody aborts for it. */
    @EachSetup
    void shouldFindOnlyCommittedObjectsWithoutAbortsWhenAllWriteTheSameHint(final Setup setup) {
        try (Crew crew = new Crew(setup, 1)) {
            final Shared s = new Shared(crew);
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                mutator.begin();
                lookAt(crew, s, mutator);
                final long number = random.nextLong();
                final long fresh = mutator.allocate(crew.cell);
                mutator.putLong(fresh, crew.value, number);
                final long inner = mutator.allocate(crew.cell);
                mutator.putLong(inner, crew.value, ~number);
                mutator.putRef(fresh, crew.next, inner);
                mutator.putRef(s.hint.get(), s.guess, fresh);
                mutator.putLong(s.hint.get(), s.check, number);
                if (random.nextInt(4) == 0) {
                    mutator.collectNursery();
                    lookAt(crew, s, mutator);
                }
                if (random.nextInt(8) == 0) {
                    mutator.abort();
                } else {
                    mutator.commit();
                }
                final long aborts = mutator.statistics().aborted() - mutator.statistics().aborted(AbortCause.EXPLICIT);
                assertEquals(0, aborts, "aborted for a hint");
            });
        }
    }

    private static void lookAt(final Crew crew, final Shared s, final Mutator m) {
        final long found = m.getRef(s.hint.get(), s.guess);
        if (found != 0) {
            final long number = m.getLong(found, crew.value);
            assertEquals(~number, m.getLong(m.getRef(found, crew.next), crew.value));
        }
    }

    /** Nested blocks that fail, conflicts with normal objects, escalation: nothing is added twice or lost. */
    @EachSetup
    void shouldAddUpWhenTransactionsAndBlocksAreUndone(final Setup setup) {
        final AtomicLong expected = new AtomicLong();
        try (Crew crew = new Crew(setup, 3)) {
            final Shared s = new Shared(crew);
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                final long seed = random.nextLong();
                expected.addAndGet(mutator.atomically(m -> addInBlocks(crew, s, m, new Random(seed))));
            });
            crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> {
                assertEquals(expected.get(), m.getLong(s.counter.get(), s.count));
                assertEquals(expected.get(), s.sumOfTally(m));
            }));
        }
    }

    private static long addInBlocks(final Crew crew, final Shared s, final Mutator m, final Random random) {
        long added = 0;
        for (int i = random.nextInt(4); i >= 0; i--) {
            m.beginNested();
            final int delta = random.nextInt(100);
            m.add(s.counter.get(), s.count, delta);
            m.addAt(s.tally.get(), random.nextInt(TALLY_BYTES / Long.BYTES) * (long) Long.BYTES, delta);
            m.safepoint();
            if (random.nextInt(3) == 0 && !m.isInevitable()) {
                m.abortNested();
            } else {
                m.commitNested();
                added += delta;
            }
            final long cell = crew.cell(m, random.nextInt(3));
            m.putLong(cell, crew.value, m.getLong(cell, crew.value) + 1);
        }
        return added;
    }
}
