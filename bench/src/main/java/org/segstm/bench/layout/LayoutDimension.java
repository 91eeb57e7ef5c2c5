package org.segstm.bench.layout;

import org.segstm.heap.HeapContext;
import org.segstm.heap.segment.ReadMarkers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One choice of how the heap is laid out, or of how busy it is. A value is text: that of a system property of the
 * measuring JVM, so that the heap itself says what it does not accept.
 */
public enum LayoutDimension {
    /** Page sharing strategy. */
    STRATEGY(HeapContext.PAGE_SHARING_PROPERTY, "page sharing", "private-cow",
        "private-cow", "mmap-fixed", "remap-file-pages"),
    /** Privatization unit. */
    UNIT(HeapContext.UNIT_PROPERTY, "privatization unit", "4k", "4k", "16k", "64k", "2m"),
    /** Number of segments. */
    SEGMENTS(HeapContext.SEGMENTS_PROPERTY, "segments", "2", "2", "4", "16", "64"),
    /** Size of each nursery. */
    NURSERY(HeapContext.NURSERY_PROPERTY, "nursery of each segment", "4m", "256k", "1m", "4m", "16m"),
    /** Size of the old space. */
    HEAP(HeapContext.HEAP_PROPERTY, "heap size", "1g", "256m", "1g", "4g", "16g"),
    /** Budget of private memory, which starts reshares. */
    BUDGET(HeapContext.PRIVATE_BUDGET_PROPERTY, "budget of private memory, 0 for a quarter of the heap",
        "0", "0", "16m", "64m"),
    /** Bytes of heap that share a read marker. */
    MARKER(ReadMarkers.COVERED_BYTES_PROPERTY, "heap bytes of a read marker", "16", "16", "32", "64", "128"),
    /** How read markers return to zero. */
    RESET(HeapContext.MARKER_RESET_PROPERTY, "reset of read markers", "memset", "memset", "madvise"),
    /** Busy threads. */
    THREADS(Settings.THREADS_PROPERTY, "busy threads", "2", "1", "2", "4"),
    /** Mutators that have run one update before, and are idle. */
    IDLE(Settings.IDLE_PROPERTY, "idle mutators", "0", "0", "1", "62"),
    /** Objects that the transactions choose from. */
    CELLS(Settings.CELLS_PROPERTY, "shared objects", Settings.CELLS_OF_WORKLOAD, "1k", "100k", "1m");

    private final String property;
    private final String title;
    private final String usual;
    private final List<String> sweep;

    LayoutDimension(final String property, final String title, final String usual, final String... sweep) {
        this.property = property;
        this.title = title;
        this.usual = usual;
        this.sweep = List.of(sweep);
    }

    /**
     * The dimension of a name.
     *
     * @param id its name.
     * @return the dimension.
     * @throws IllegalArgumentException when there is none of that name.
     */
    public static LayoutDimension of(final String id) {
        return Arrays.stream(values()).filter(dimension -> dimension.id().equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such dimension (one of "
                + Arrays.stream(values()).map(LayoutDimension::id).collect(Collectors.joining(", ")) + "): " + id));
    }

    /**
     * Name of the dimension.
     *
     * @return like {@code unit}.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * What it is, for tables and charts.
     *
     * @return some words.
     */
    public String title() {
        return title;
    }

    /**
     * The value of all points that do not vary this dimension.
     *
     * @return the value.
     */
    public String usual() {
        return usual;
    }

    /**
     * Values of a sweep.
     *
     * @return those that tell most.
     */
    public List<String> sweep() {
        return sweep;
    }

    String property() {
        return property;
    }
}
