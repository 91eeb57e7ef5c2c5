package org.segstm.bench.layout.map;

/**
 * One column of a segment's old space.
 *
 * @param pages        that the column stands for.
 * @param privatePages that are this segment's own.
 * @param seenPages    that this segment shares and has touched.
 * @param markerPages  of the read markers that belong to the column and have been touched.
 * @param marks        granules that the running transaction has read; the last one, where none runs.
 */
public record MapCell(int pages, int privatePages, int seenPages, int markerPages, long marks) {
    /** None of the pages has been touched. */
    public boolean isUntouched() {
        return privatePages == 0 && seenPages == 0;
    }
}
