package org.segstm.gc.space;

/** The unit in which the old space is handed out. Independent of the system's pages and of the privatization unit. */
public final class HeapPage {
    /** log2 of the bytes in a heap page. */
    public static final int LOG_BYTES_IN_PAGE = 12;
    /** Bytes in a heap page. */
    public static final int BYTES_IN_PAGE = 1 << LOG_BYTES_IN_PAGE;
    /** Mask of the offset inside a heap page. */
    public static final int PAGE_MASK = BYTES_IN_PAGE - 1;

    private HeapPage() {
    }

    /**
     * Pages that hold so many bytes.
     *
     * @param bytes not negative.
     * @return number of pages, rounded up.
     */
    public static long pagesFor(final long bytes) {
        return (bytes >>> LOG_BYTES_IN_PAGE) + ((bytes & PAGE_MASK) == 0 ? 0 : 1);
    }

    /**
     * Bytes in so many pages.
     *
     * @param pages number of pages.
     * @return bytes.
     */
    public static long bytesIn(final long pages) {
        return pages << LOG_BYTES_IN_PAGE;
    }
}
