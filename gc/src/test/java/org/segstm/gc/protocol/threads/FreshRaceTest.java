package org.segstm.gc.protocol.threads;

import org.segstm.heap.Mutator;
import org.segstm.heap.TransactionAbortedException;

import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Fresh objects of all sizes are published while others make the same pages private, drop them, and abort: whoever
 * meets one finds it complete (invariant 3).
 */
class FreshRaceTest {
    private static final int SLOTS = 32;
    private static final int[] BLOB_BYTES = {8, 24, 40, 104, 200, 504, 1000, 3000, 6000, 9000, 20_000};

    private static long newBlob(final Crew crew, final Mutator m, final Random random) {
        final long bytes = BLOB_BYTES[random.nextInt(BLOB_BYTES.length)];
        final long blob = m.allocate(crew.blob, bytes);
        final long number = random.nextLong();
        for (long i = 0; i < bytes; i += 8) {
            m.putLongAt(blob, i, number + i);
        }
        return blob;
    }

    private static void publish(final Crew crew, final Mutator m, final Random random) {
        final long chain = crew.cell(m, random.nextInt(SLOTS));
        m.push(0);
        final int top = m.rootDepth() - 1;
        for (int i = random.nextInt(5); i >= 0; i--) {
            final long pair = m.allocate(crew.array, 2);
            m.putRefAt(pair, 0, newBlob(crew, m, random));
            m.putRefAt(pair, 1, m.root(top));
            m.setRoot(top, pair);
            m.safepoint();
            if (random.nextInt(20) == 0) {
                m.collectNursery();
                final long blob = m.getRefAt(m.root(top), 0);
                final long shift = random.nextLong();
                for (long k = 0; k < m.length(blob); k += 8) {
                    m.putLongAt(blob, k, m.getLongAt(blob, k) + shift);
                }
            }
        }
        m.putRef(chain, crew.next, m.pop());
    }

    private static void verify(final Crew crew, final Mutator m, final Random random) {
        long pair = m.getRef(crew.cell(m, random.nextInt(SLOTS)), crew.next);
        while (pair != 0) {
            final long blob = m.getRefAt(pair, 0);
            final long number = m.getLongAt(blob, 0);
            for (long i = 0; i < m.length(blob); i += 8) {
                assertEquals(number + i, m.getLongAt(blob, i));
            }
            if (random.nextInt(4) == 0) {
                m.putLongAt(blob, 0, number + 1);
                m.putLongAt(blob, 0, number);
            }
            pair = m.getRefAt(pair, 1);
        }
    }

    @EachSetup
    void shouldFindCompleteObjectsWhenPagesBecomePrivateMeanwhile(final Setup setup) {
        try (Crew crew = new Crew(setup, SLOTS)) {
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                final int dice = random.nextInt(20);
                if (dice == 0) {
                    mutator.begin();
                    try {
                        publish(crew, mutator, random);
                        mutator.abort();
                    } catch (final TransactionAbortedException e) {
                        assertEquals(0, mutator.rootDepth());
                    }
                } else if (dice < 10) {
                    mutator.atomicallyDo(m -> publish(crew, m, random));
                } else {
                    mutator.atomicallyDo(m -> verify(crew, m, random));
                }
            });
            for (int i = 0; i < 10; i++) {
                crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> verify(crew, m, random)));
            }
        }
    }
}
