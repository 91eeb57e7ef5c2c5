package org.segstm.gc.protocol.threads;

import org.junit.jupiter.params.provider.Arguments;
import org.segstm.heap.HeapContext;
import org.segstm.heap.PageSharing;

import java.util.Arrays;
import java.util.stream.Stream;

/** On how many segments how many threads run, and how pages are shared. */
final class Setup {
    /** How long each test lets its threads run. */
    static final long MILLIS = Long.getLong("segstm.test.millis", 200);
    private static final int[][] THREADS_AND_SEGMENTS = {{1, 1}, {2, 2}, {4, 4}, {8, 2}, {8, 8}};

    private final int threads;
    private final int segments;
    private final PageSharing sharing;

    private Setup(final int threads, final int segments, final PageSharing sharing) {
        this.threads = threads;
        this.segments = segments;
        this.sharing = sharing;
    }

    static Stream<Arguments> all() {
        return Arrays.stream(PageSharing.values()).flatMap(sharing -> Arrays.stream(THREADS_AND_SEGMENTS)
            .map(numbers -> Arguments.of(new Setup(numbers[0], numbers[1], sharing))));
    }

    static Stream<Arguments> crowded() {
        return Arrays.stream(PageSharing.values()).map(sharing -> Arguments.of(new Setup(4, 3, sharing)));
    }

    int threads() {
        return threads;
    }

    /** Small nurseries and little log memory: what is rare elsewhere happens often. */
    HeapContext context() {
        return new HeapContext().segments(segments).pageSharing(sharing)
            .heapBytes(512L << 20).nurseryBytes(64 << 10).logBytes(32 << 10)
            .privateBudgetBytes(1 << 20).minimumMajorBytes(4 << 20);
    }

    @Override
    public String toString() {
        return threads + " threads on " + segments + " segments, " + sharing;
    }
}
