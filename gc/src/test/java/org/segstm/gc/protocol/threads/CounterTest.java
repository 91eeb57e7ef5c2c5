package org.segstm.gc.protocol.threads;

import org.segstm.heap.Mutator;

import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** No committed increment is lost, no uncommitted one stays. */
class CounterTest {
    private static final int COUNTERS = 12;

    private static long sum(final Crew crew) {
        final long[] sum = new long[1];
        crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> {
            for (int i = 0; i < COUNTERS; i++) {
                sum[0] += m.getLong(crew.cell(m, i), crew.value);
            }
        }));
        return sum[0];
    }

    private static void increment(final Crew crew, final Mutator m, final int counter) {
        final long ref = crew.cell(m, counter);
        m.putLong(ref, crew.value, m.getLong(ref, crew.value) + 1);
    }

    @EachSetup
    void shouldCountCommitsWhenIncrementsAreAtomic(final Setup setup) {
        final AtomicLong committed = new AtomicLong();
        try (Crew crew = new Crew(setup, COUNTERS)) {
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                final int counter = random.nextInt(COUNTERS);
                mutator.atomicallyDo(m -> increment(crew, m, counter));
                committed.incrementAndGet();
            });
            assertEquals(committed.get(), sum(crew));
        }
    }

    @EachSetup
    void shouldCountOnlyCommitsWhenSomeAbort(final Setup setup) {
        final AtomicLong committed = new AtomicLong();
        try (Crew crew = new Crew(setup, COUNTERS)) {
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                mutator.begin();
                final int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    increment(crew, mutator, random.nextInt(COUNTERS));
                }
                if (random.nextInt(4) == 0) {
                    mutator.abort();
                } else if (mutator.tryCommit()) {
                    committed.addAndGet(count);
                }
            });
            assertEquals(committed.get(), sum(crew));
        }
    }

    @EachSetup
    void shouldRunOnceWhenInevitable(final Setup setup) {
        final AtomicLong ran = new AtomicLong();
        try (Crew crew = new Crew(setup, COUNTERS)) {
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                final int counter = random.nextInt(COUNTERS);
                if (random.nextInt(3) == 0) {
                    mutator.beginInevitable("counts outside the heap");
                    ran.incrementAndGet();
                    increment(crew, mutator, counter);
                    mutator.safepoint();
                    mutator.commit();
                } else {
                    mutator.atomicallyDo(m -> increment(crew, m, counter));
                    ran.incrementAndGet();
                }
            });
            assertEquals(ran.get(), sum(crew));
        }
    }
}
