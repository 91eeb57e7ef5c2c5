package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.segstm.duhton.transaction.Program;
import org.segstm.heap.HeapContext;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;

/** Random programs give the same in no-STM mode, on one thread and on several that are all awake. */
@Timeout(300)
class RandomProgramTest {
    private static String run(final String text, final int threads, final HeapContext context) {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (SegmentHeap heap = SegmentHeap.open(context);
                Program program = new Program(heap, threads, threads, output)) {
            program.run(text, 1, false);
        }
        return output.toString(StandardCharsets.ISO_8859_1);
    }

    private static void compareRuns(final long seed) {
        final String text = RandomProgram.of(seed);
        final String serial = run(text, 1, new HeapContext().serial(true));
        assertEquals(serial, run(text, 1, new HeapContext().segments(1)), "seed=" + seed);
        for (final int threads : List.of(2, 4, 8)) {
            for (final PageSharing sharing : PageSharing.values()) {
                final HeapContext context =
                    new HeapContext().segments(threads).pageSharing(sharing).nurseryBytes(64 << 10);
                assertEquals(serial, run(text, threads, context),
                    "seed=" + seed + " threads=" + threads + " sharing=" + sharing);
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
