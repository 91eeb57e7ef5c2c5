package org.segstm.gc.protocol.threads;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.segstm.heap.Mutator;

import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every transaction finishes: a long one against short ones that change what it reads all the time. */
@Tag("slow")
class StarvationTest {
    private static final int CELLS = 400;
    private static final long MILLIS = 1500;

    private static long sum(final Crew crew, final Mutator m) {
        long sum = 0;
        for (int i = 0; i < CELLS; i++) {
            sum += m.getLong(crew.cell(m, i), crew.value);
            m.safepoint();
        }
        return sum;
    }

    private static void move(final Crew crew, final Mutator m, final int from, final int to) {
        m.putLong(crew.cell(m, from), crew.value, m.getLong(crew.cell(m, from), crew.value) - 1);
        m.putLong(crew.cell(m, to), crew.value, m.getLong(crew.cell(m, to), crew.value) + 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.segstm.gc.protocol.threads.Setup#crowded")
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldFinishLongUpdateWhenShortWritersInterfere(final Setup setup) {
        final AtomicLong finished = new AtomicLong();
        final AtomicLong moved = new AtomicLong();
        try (Crew crew = new Crew(setup, CELLS)) {
            crew.work(MILLIS, (mutator, random, index) -> {
                if (index == 0) {
                    mutator.atomicallyDo(m -> {
                        assertEquals(0, sum(crew, m));
                        move(crew, m, random.nextInt(CELLS), random.nextInt(CELLS));
                        assertEquals(0, sum(crew, m));
                    });
                    finished.incrementAndGet();
                } else {
                    final int from = random.nextInt(CELLS);
                    final int to = random.nextInt(CELLS);
                    mutator.atomicallyDo(m -> move(crew, m, from, to));
                    moved.incrementAndGet();
                }
            });
            assertTrue(finished.get() >= 3, () -> "long transactions finished: " + finished + ", short ones: " + moved);
            assertTrue(moved.get() >= 100, () -> "short transactions finished: " + moved);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("org.segstm.gc.protocol.threads.Setup#crowded")
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldFinishLongReaderWhenShortWritersInterfere(final Setup setup) {
        final AtomicLong finished = new AtomicLong();
        try (Crew crew = new Crew(setup, CELLS)) {
            crew.work(MILLIS, (mutator, random, index) -> {
                if (index == 0) {
                    mutator.atomicallyDo(m -> {
                        for (int i = 0; i < 10; i++) {
                            assertEquals(0, sum(crew, m));
                        }
                    });
                    finished.incrementAndGet();
                } else {
                    final int from = random.nextInt(CELLS);
                    final int to = random.nextInt(CELLS);
                    mutator.atomicallyDo(m -> move(crew, m, from, to));
                }
            });
            assertTrue(finished.get() >= 3, () -> "long readers finished: " + finished);
        }
    }
}
