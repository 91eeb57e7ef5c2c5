package org.segstm.gc.protocol.threads;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segstm.heap.Mutator;

import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Threads that end inside transactions, inevitable ones too, while others work. */
class DyingThreadsTest {
    private static final int COUNTERS = 8;

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.segstm.gc.protocol.threads.Setup#crowded")
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldLoseNothingElseWhenThreadsDie(final Setup setup) {
        final AtomicLong committed = new AtomicLong();
        try (Crew crew = new Crew(setup, COUNTERS)) {
            crew.work(2 * Setup.MILLIS, (mutator, random, index) -> {
                if (index == 0) {
                    die(crew, random.nextInt(3));
                } else {
                    final int counter = random.nextInt(COUNTERS);
                    mutator.atomicallyDo(m -> {
                        final long ref = crew.cell(m, counter);
                        m.putLong(ref, crew.value, m.getLong(ref, crew.value) + 1);
                        m.safepoint();
                    });
                    committed.incrementAndGet();
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

    private static void die(final Crew crew, final int how) {
        final Mutator mortal = crew.heap.attachMutator("mortal");
        final Thread thread = new Thread(() -> {
            mortal.begin();
            if (how == 1) {
                mortal.becomeInevitable("dies");
            }
            mortal.putLong(crew.cell(mortal, 0), crew.value, -1);
            mortal.push(mortal.allocate(crew.blob, 20_000));
            mortal.collectNursery();
            if (how == 2) {
                mortal.park();
            }
        });
        thread.setUncaughtExceptionHandler((t, e) -> { });
        thread.start();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
