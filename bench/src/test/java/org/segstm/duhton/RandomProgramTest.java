package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.segstm.duhton.compile.BarrierCounters;
import org.segstm.duhton.compile.CompileOptions;
import org.segstm.duhton.compile.Jit;
import org.segstm.duhton.transaction.Program;
import org.segstm.heap.HeapContext;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;

/**
 * Random programs give the same interpreted and compiled, from the beginning or on the way, in no-STM mode, on one
 * thread and on several that are all awake.
 */
@Timeout(300)
class RandomProgramTest {
    private static final int ON_THE_WAY = 40;

    private static String run(
            final String text, final int threads, final HeapContext context, final Integer threshold) {
        return run(text, threads, context, threshold, CompileOptions.DEFAULT);
    }

    private static String run(
            final String text, final int threads, final HeapContext context, final Integer threshold,
            final CompileOptions options) {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        final ByteArrayOutputStream failures = new ByteArrayOutputStream();
        try (SegmentHeap heap = SegmentHeap.open(context);
                Program program = new Program(heap, threads, threads, output, null,
                    threshold == null ? null : new Jit(threshold, new PrintStream(failures, true), false, options))) {
            program.run(text, 1, false);
        }
        assertEquals("", failures.toString(StandardCharsets.UTF_8));
        return output.toString(StandardCharsets.ISO_8859_1);
    }

    private static void compareRuns(final long seed) {
        final String text = RandomProgram.of(seed);
        final String serial = run(text, 1, new HeapContext().serial(true), null);
        assertEquals(serial, run(text, 1, new HeapContext().serial(true), 0), "seed=" + seed);
        assertEquals(serial, run(text, 1, new HeapContext().segments(1), null), "seed=" + seed);
        assertEquals(serial, run(text, 1, new HeapContext().segments(1).nurseryBytes(64 << 10), 0), "seed=" + seed);
        assertEquals(serial, run(text, 1, new HeapContext().segments(1).nurseryBytes(64 << 10), ON_THE_WAY,
            new CompileOptions(CompileOptions.Barriers.NAIVE, new BarrierCounters())), "seed=" + seed);
        for (final int threads : List.of(2, 4, 8)) {
            for (final PageSharing sharing : PageSharing.values()) {
                // Interpreted, compiled at once, compiled on the way: in turn, to save time.
                final Integer[] thresholds = {null, 0, ON_THE_WAY};
                final Integer threshold = thresholds[(threads / 2 + sharing.ordinal()) % thresholds.length];
                final HeapContext context =
                    new HeapContext().segments(threads).pageSharing(sharing).nurseryBytes(64 << 10);
                assertEquals(serial, run(text, threads, context, threshold),
                    "seed=" + seed + " threads=" + threads + " sharing=" + sharing + " threshold=" + threshold);
            }
        }
    }

    @RepeatedTest(3)
    void shouldPrintSerialResultWhenProgramIsRandom() {
        compareRuns(ThreadLocalRandom.current().nextLong());
    }

    @Tag("slow")
    @RepeatedTest(100)
    void shouldPrintSerialResultWhenProgramsAreRandomAndMany() {
        compareRuns(ThreadLocalRandom.current().nextLong());
    }
}
