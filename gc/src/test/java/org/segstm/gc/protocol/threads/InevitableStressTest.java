package org.segstm.gc.protocol.threads;

import org.segstm.heap.Mutator;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Updates that are admitted, inevitable transactions and detached ones, all at once: no increment is lost. */
class InevitableStressTest {
    private static final int CELLS = 24;
    private static final int BLOCK = 6;

    private static void increment(final Crew crew, final Mutator m, final int index) {
        final long cell = crew.cell(m, index);
        m.putLong(cell, crew.value, m.getLong(cell, crew.value) + 1);
    }

    /** Two increments some of which stay inside a block of cells, so that many updates miss one another. */
    private static int work(final Crew crew, final Mutator m, final Random random) {
        final int first = random.nextInt(CELLS);
        increment(crew, m, first);
        m.safepoint();
        final int second = random.nextInt(4) == 0 ? random.nextInt(CELLS)
            : first / BLOCK * BLOCK + random.nextInt(BLOCK);
        increment(crew, m, second);
        return 2;
    }

    private static long sum(final Crew crew, final Mutator m) {
        long sum = 0;
        for (int i = 0; i < CELLS; i++) {
            sum += m.getLong(crew.cell(m, i), crew.value);
        }
        return sum;
    }

    /** Leaves its transaction several times; parts of it commit on the way. */
    private static int workDetached(final Crew crew, final Mutator m, final Random random) {
        m.beginInevitable("test");
        int increments = work(crew, m, random);
        for (int i = random.nextInt(4); i > 0; i--) {
            m.detach("test");
            if (random.nextInt(3) == 0) {
                Thread.yield();
            }
            m.reattach();
            assertTrue(m.isInevitable());
            increments += work(crew, m, random);
        }
        m.commit();
        return increments;
    }

    private static int workAtomically(final Crew crew, final Mutator mutator, final Random random) {
        final boolean inevitable = random.nextInt(3) == 0;
        final boolean parks = random.nextInt(4) == 0;
        mutator.atomicallyDo(m -> {
            work(crew, m, random);
            if (inevitable) {
                m.becomeInevitable("test");
            }
            if (parks) {
                m.park();
                Thread.yield();
                m.unpark();
            }
            work(crew, m, random);
        });
        return 4;
    }

    @EachSetup
    void shouldLoseNoIncrementWhenInevitableAndDetachedAndPlainUpdatesMeet(final Setup setup) {
        final AtomicLong increments = new AtomicLong();
        try (Crew crew = new Crew(setup, CELLS)) {
            crew.work(Setup.MILLIS, (mutator, random, index) -> increments.addAndGet(
                random.nextInt(3) == 0 ? workDetached(crew, mutator, random) : workAtomically(crew, mutator, random)));
            crew.inspect((mutator, random, index) ->
                mutator.atomicallyDo(m -> assertEquals(increments.get(), sum(crew, m))));
        }
    }
}
