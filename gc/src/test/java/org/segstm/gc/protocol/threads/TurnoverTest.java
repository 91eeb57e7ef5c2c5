package org.segstm.gc.protocol.threads;

import org.segstm.heap.Mutator;

import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Mutators that come and go while others work, and somebody reads the statistics. */
class TurnoverTest {
    private static final int COUNTERS = 6;

    @EachSetup
    void shouldLoseNothingWhenMutatorsComeAndGo(final Setup setup) {
        final AtomicLong committed = new AtomicLong();
        try (Crew crew = new Crew(setup, COUNTERS)) {
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                try (Mutator guest = crew.heap.attachMutator("guest")) {
                    for (int i = random.nextInt(20); i >= 0; i--) {
                        final int counter = random.nextInt(COUNTERS);
                        guest.atomicallyDo(m -> {
                            final long ref = crew.cell(m, counter);
                            m.putLong(ref, crew.value, m.getLong(ref, crew.value) + 1);
                        });
                        committed.incrementAndGet();
                    }
                }
                if (random.nextInt(50) == 0) {
                    crew.heap.statistics();
                }
            });
            crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> {
                long sum = 0;
                for (int i = 0; i < COUNTERS; i++) {
                    sum += m.getLong(crew.cell(m, i), crew.value);
                }
                assertEquals(committed.get(), sum);
            }));
        }
    }
}
