package org.segstm.gc.space;

/**
 * What {@link PageRunAllocator#allocate} answers, packed into a word.
 *
 * <pre>
 *  bits 0..30    first page of the run
 *  bits 31..61   dirty pages: so many at its start were in use before, the others have never been stored into
 *  all ones      no run
 * </pre>
 */
public final class PageRun {
    /** In place of a run: there is none. */
    public static final long NONE = -1;
    /** Most pages that can be numbered. */
    public static final long MAXIMUM_PAGES = Integer.MAX_VALUE;
    private static final int DIRTY_SHIFT = 31;
    private static final long START_MASK = (1L << DIRTY_SHIFT) - 1;

    private PageRun() {
    }

    static long of(final long startPage, final long dirtyPages) {
        return dirtyPages << DIRTY_SHIFT | startPage;
    }

    /**
     * First page.
     *
     * @param run that is not {@link #NONE}.
     * @return index of the page.
     */
    public static long startPage(final long run) {
        return run & START_MASK;
    }

    /**
     * Pages whose content is undefined; those after them are zero.
     *
     * @param run that is not {@link #NONE}.
     * @return number of pages at the start of the run.
     */
    public static long dirtyPages(final long run) {
        return run >>> DIRTY_SHIFT;
    }
}
