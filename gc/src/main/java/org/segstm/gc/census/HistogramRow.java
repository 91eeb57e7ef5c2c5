package org.segstm.gc.census;

/** The objects of one layout. */
public final class HistogramRow {
    private final String layout;
    private long objects;
    private long bytes;
    private long youngObjects;
    private long youngBytes;

    HistogramRow(final String layout) {
        this.layout = layout;
    }

    void add(final long objectBytes, final boolean young) {
        objects++;
        bytes += objectBytes;
        if (young) {
            youngObjects++;
            youngBytes += objectBytes;
        }
    }

    void add(final HistogramRow row) {
        objects += row.objects;
        bytes += row.bytes;
        youngObjects += row.youngObjects;
        youngBytes += row.youngBytes;
    }

    /**
     * Name of the layout.
     *
     * @return the name.
     */
    public String layout() {
        return layout;
    }

    /**
     * Objects.
     *
     * @return the number.
     */
    public long objects() {
        return objects;
    }

    /**
     * Their sizes together.
     *
     * @return bytes.
     */
    public long bytes() {
        return bytes;
    }

    /**
     * Those that no minor collection has seen.
     *
     * @return the number.
     */
    public long youngObjects() {
        return youngObjects;
    }

    /**
     * Sizes of those that no minor collection has seen.
     *
     * @return bytes.
     */
    public long youngBytes() {
        return youngBytes;
    }
}
