package org.segstm.gc.protocol;

import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** More mutators than segments: all of them make progress. */
class FairnessTest {
    private static final int THREADS = 8;
    private static final long PATIENCE_MS = 20_000;

    @EachSharing
    void shouldLetAllMakeProgressWhenThereAreFewSegments(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(Stage.context(sharing).segments(2))) {
            final long[] cells = new long[THREADS];
            for (int i = 0; i < THREADS; i++) {
                cells[i] = t.committedCell(0);
            }
            final AtomicLongArray commits = new AtomicLongArray(THREADS);
            final AtomicBoolean stop = new AtomicBoolean();
            final Thread[] threads = new Thread[THREADS];
            for (int i = 0; i < THREADS; i++) {
                final int index = i;
                final Mutator mutator = t.heap.attachMutator("worker" + i);
                threads[i] = new Thread(() -> {
                    while (!stop.get()) {
                        mutator.atomicallyDo(m ->
                            m.putLong(cells[index], t.value, m.getLong(cells[index], t.value) + 1));
                        commits.incrementAndGet(index);
                    }
                    mutator.close();
                });
                threads[i].start();
            }
            final long deadline = System.currentTimeMillis() + PATIENCE_MS;
            do {
                Thread.sleep(600);
            } while (!isFair(commits) && System.currentTimeMillis() < deadline);
            final String figures = commits.toString();
            final boolean fair = isFair(commits);
            stop.set(true);
            for (int i = 0; i < THREADS; i++) {
                threads[i].join();
                assertEquals(commits.get(i), t.committedValue(t.a, cells[i]));
            }
            assertTrue(fair, () -> "commits by thread: " + figures);
        }
    }

    /** A busy machine may keep a thread waiting for a while, the heap must not for long. */
    private static boolean isFair(final AtomicLongArray commits) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < THREADS; i++) {
            least = Math.min(least, commits.get(i));
            most = Math.max(most, commits.get(i));
        }
        return least > 0 && least * 20 > most;
    }

    @EachSharing
    void shouldTakeOverIdleSegmentsWhenMutatorsComeInTurn(final PageSharing sharing) {
        try (Stage t = new Stage(Stage.context(sharing).segments(2))) {
            final long x = t.committedCell(0);
            final Mutator[] many = new Mutator[12];
            for (int i = 0; i < many.length; i++) {
                many[i] = t.mutator("m" + i);
            }
            for (int round = 0; round < 5; round++) {
                for (final Mutator m : many) {
                    t.write(m, x, t.committedValue(m, x) + 1);
                }
            }
            assertEquals(60, t.committedValue(t.c, x));
        }
    }
}
