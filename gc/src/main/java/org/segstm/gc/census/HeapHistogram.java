package org.segstm.gc.census;

import org.segstm.heap.SegmentHeap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * How many objects of each layout there are, and how large they are together. Like {@code jmap -histo}: garbage counts
 * until it is collected.
 */
public final class HeapHistogram {
    private static final String ROW = "%12s %16s %12s %16s  %s%n";
    private final List<HistogramRow> rows;
    private final HistogramRow total = new HistogramRow("total");

    private HeapHistogram(final List<HistogramRow> rows) {
        this.rows = Collections.unmodifiableList(rows);
        rows.forEach(total::add);
    }

    /**
     * Counts the objects of a heap. Stops all mutators meanwhile; the caller must not be inside a transaction, or have
     * parked it.
     *
     * @param heap to look at.
     * @return the histogram.
     */
    public static HeapHistogram of(final SegmentHeap heap) {
        final TreeMap<Integer, HistogramRow> byLayout = new TreeMap<>();
        ObjectEnumeration.forEach(heap, (ref, layout, bytes, young) ->
            byLayout.computeIfAbsent(layout.id(), id -> new HistogramRow(layout.name())).add(bytes, young));
        final List<HistogramRow> rows = new ArrayList<>(byLayout.values());
        rows.sort(Comparator.comparingLong(HistogramRow::bytes).reversed());
        return new HeapHistogram(rows);
    }

    /**
     * Layouts that have objects.
     *
     * @return a row each, the one with most bytes first.
     */
    public List<HistogramRow> rows() {
        return rows;
    }

    /**
     * Row of a layout.
     *
     * @param layoutName name of the layout.
     * @return its row; one without objects when it has none.
     */
    public HistogramRow row(final String layoutName) {
        return rows.stream().filter(row -> row.layout().equals(layoutName)).findFirst()
            .orElseGet(() -> new HistogramRow(layoutName));
    }

    /**
     * All objects.
     *
     * @return the sum of the rows.
     */
    public HistogramRow total() {
        return total;
    }

    /**
     * A table for people: objects, bytes, how many of them are young, and the layout's name.
     *
     * @return lines that end with a line separator.
     */
    @Override
    public String toString() {
        final StringBuilder table = new StringBuilder();
        table.append(String.format(ROW, "objects", "bytes", "young", "young bytes", "layout"));
        rows.forEach(row -> append(table, row));
        append(table, total);
        return table.toString();
    }

    private static void append(final StringBuilder table, final HistogramRow row) {
        table.append(String.format(ROW, grouped(row.objects()), grouped(row.bytes()), grouped(row.youngObjects()),
            grouped(row.youngBytes()), row.layout()));
    }

    private static String grouped(final long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
