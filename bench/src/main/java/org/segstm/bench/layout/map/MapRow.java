package org.segstm.bench.layout.map;

import java.util.List;

/**
 * One segment.
 *
 * @param name              of the segment.
 * @param state             what runs there, in words.
 * @param isBase            true for segment 0, which no mutator runs in.
 * @param nurseryPages      size of the nursery.
 * @param nurseryTouched    pages of the nursery that have memory.
 * @param nurseryUsedBytes  objects allocated since the last minor collection.
 * @param readVersion       of the running transaction.
 * @param cells             columns of the used part of the old space.
 */
public record MapRow(String name, String state, boolean isBase, int nurseryPages, int nurseryTouched,
    long nurseryUsedBytes, int readVersion, List<MapCell> cells) {
    /**
     * Pages of the old space that this segment has for itself.
     *
     * @return the number.
     */
    public long privatePages() {
        return cells.stream().mapToLong(MapCell::privatePages).sum();
    }

    /**
     * Pages of the old space that this segment shares and has touched.
     *
     * @return the number.
     */
    public long seenPages() {
        return cells.stream().mapToLong(MapCell::seenPages).sum();
    }

    /**
     * Pages of read markers that have been touched.
     *
     * @return the number.
     */
    public long markerPages() {
        return cells.stream().mapToLong(MapCell::markerPages).sum();
    }

    /**
     * Granules that the running transaction has read.
     *
     * @return the number.
     */
    public long marks() {
        return cells.stream().mapToLong(MapCell::marks).sum();
    }
}
