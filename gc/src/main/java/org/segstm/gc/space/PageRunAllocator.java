package org.segstm.gc.space;

import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Hands out runs of pages: best fit, the lowest of equal ones, free neighbours joined at once. Pages that were never
 * used are kept apart at the end and taken last, so that what is in use stays a prefix and fresh pages are known to be
 * zero. Rare and locked; waits for nothing while it holds the lock.
 */
public final class PageRunAllocator {
    private static final int SIZE_SHIFT = 32;

    private final long totalPages;
    private final TreeMap<Long, Long> pagesByStart = new TreeMap<>();
    private final TreeSet<Long> bySize = new TreeSet<>();
    /** Starts of those free runs whose memory was given back since: they are zero. */
    private final HashSet<Long> cleanRuns = new HashSet<>();
    private long firstUntouched;
    private volatile long usedPages;

    /**
     * Makes an allocator all of whose pages are free and untouched.
     *
     * @param totalPages to manage, from 1 to {@link PageRun#MAXIMUM_PAGES}.
     */
    public PageRunAllocator(final long totalPages) {
        if (totalPages < 1 || totalPages > PageRun.MAXIMUM_PAGES) {
            throw new IllegalArgumentException(
                "pages must be from 1 to " + PageRun.MAXIMUM_PAGES + ": totalPages=" + totalPages);
        }
        this.totalPages = totalPages;
    }

    /**
     * Takes a run.
     *
     * @param pages its length, at least 1.
     * @return a {@link PageRun}, or {@link PageRun#NONE} when no free run is long enough.
     */
    public synchronized long allocate(final long pages) {
        if (pages < 1) {
            throw new IllegalArgumentException("a run has at least one page: pages=" + pages);
        }
        if (pages > totalPages) {
            return PageRun.NONE;
        }
        final Long best = bySize.ceiling(sizeKey(pages, 0));
        return best == null ? allocateAtEnd(pages) : allocateFrom(startOf(best), pages);
    }

    /**
     * Gives back any range of pages in use; not necessarily one that was taken at once.
     *
     * @param startPage first page.
     * @param pages     at least 1.
     */
    public synchronized void free(final long startPage, final long pages) {
        final Map.Entry<Long, Long> before = pagesByStart.floorEntry(startPage);
        final Map.Entry<Long, Long> after = pagesByStart.ceilingEntry(startPage);
        if (startPage < 0 || pages < 1 || startPage + pages > firstUntouched
            || before != null && before.getKey() + before.getValue() > startPage
            || after != null && after.getKey() < startPage + pages) {
            throw new IllegalStateException(
                "only pages in use can be freed: startPage=" + startPage + " pages=" + pages);
        }
        long start = startPage;
        long end = startPage + pages;
        if (before != null && before.getKey() + before.getValue() == startPage) {
            start = before.getKey();
            remove(start, before.getValue());
        }
        if (after != null && after.getKey() == end) {
            end += after.getValue();
            remove(after.getKey(), after.getValue());
        }
        add(start, end - start, false);
        usedPages -= pages;
    }

    /**
     * Pages managed.
     *
     * @return number of pages.
     */
    public long totalPages() {
        return totalPages;
    }

    /**
     * Pages handed out.
     *
     * @return number of pages.
     */
    public long usedPages() {
        return usedPages;
    }

    /**
     * End of what was ever in use.
     *
     * @return index of the first page after which all are untouched.
     */
    public synchronized long firstUntouched() {
        return firstUntouched;
    }

    /**
     * Length of the longest run that could be taken now.
     *
     * @return number of pages.
     */
    public synchronized long largestFreeRun() {
        final long atEnd = totalPages - firstUntouched + pagesBeforeEnd();
        return bySize.isEmpty() ? atEnd : Math.max(atEnd, pagesOf(bySize.last()));
    }

    /**
     * Free runs between pages in use, not counting the untouched end. With {@link #usedPages()} and
     * {@link #firstUntouched()} it tells how fragmented the space is.
     *
     * @return number of runs.
     */
    public synchronized int freeRuns() {
        return bySize.size();
    }

    /**
     * Shows all free runs that were in use before, in the order of their place, for instance to return their memory to
     * the system. The allocator is locked meanwhile.
     *
     * @param visitor called for each run.
     */
    public synchronized void forEachFreeRun(final RunVisitor visitor) {
        pagesByStart.forEach(visitor::visit);
    }

    /**
     * Cleans the free runs that are not known to be zero, in the order of their place. The allocator is locked
     * meanwhile.
     *
     * @param cleaner called for each run.
     */
    public synchronized void cleanFreeRuns(final RunCleaner cleaner) {
        for (final Map.Entry<Long, Long> run : pagesByStart.entrySet()) {
            if (!cleanRuns.contains(run.getKey()) && cleaner.clean(run.getKey(), run.getValue())) {
                cleanRuns.add(run.getKey());
            }
        }
    }

    /**
     * Is a page free, and was it ever in use?
     *
     * @param page index.
     * @return true when it lies in a free run.
     */
    public synchronized boolean isInFreeRun(final long page) {
        final Map.Entry<Long, Long> run = pagesByStart.floorEntry(page);
        return run != null && page < run.getKey() + run.getValue();
    }

    private long allocateFrom(final long start, final long pages) {
        final long available = pagesByStart.get(start);
        final boolean clean = remove(start, available);
        if (available > pages) {
            add(start + pages, available - pages, clean);
        }
        usedPages += pages;
        return PageRun.of(start, clean ? 0 : pages);
    }

    private long allocateAtEnd(final long pages) {
        final long pagesBefore = pagesBeforeEnd();
        if (totalPages - firstUntouched + pagesBefore < pages) {
            return PageRun.NONE;
        }
        final long start = firstUntouched - pagesBefore;
        final boolean clean = pagesBefore == 0 || remove(start, pagesBefore);
        firstUntouched = start + pages;
        usedPages += pages;
        return PageRun.of(start, clean ? 0 : pagesBefore);
    }

    /** Free pages that end where the untouched ones start. */
    private long pagesBeforeEnd() {
        final Map.Entry<Long, Long> last = pagesByStart.lastEntry();
        return last != null && last.getKey() + last.getValue() == firstUntouched ? last.getValue() : 0;
    }

    private void add(final long start, final long pages, final boolean clean) {
        pagesByStart.put(start, pages);
        bySize.add(sizeKey(pages, start));
        if (clean) {
            cleanRuns.add(start);
        }
    }

    /** Says whether the run was known to be zero. */
    private boolean remove(final long start, final long pages) {
        pagesByStart.remove(start);
        bySize.remove(sizeKey(pages, start));
        return cleanRuns.remove(start);
    }

    private static long sizeKey(final long pages, final long start) {
        return pages << SIZE_SHIFT | start;
    }

    private static long pagesOf(final long sizeKey) {
        return sizeKey >>> SIZE_SHIFT;
    }

    private static long startOf(final long sizeKey) {
        return sizeKey & (1L << SIZE_SHIFT) - 1;
    }

    @Override
    public synchronized String toString() {
        return "PageRunAllocator{totalPages=" + totalPages + ", usedPages=" + usedPages + ", firstUntouched="
            + firstUntouched + ", freeRuns=" + freeRuns() + ", largestFreeRun=" + largestFreeRun() + '}';
    }

    /** Makes free runs zero. */
    @FunctionalInterface
    public interface RunCleaner {
        /**
         * Called for a run.
         *
         * @param startPage its first page.
         * @param pages     its length.
         * @return true when the whole run is zero now.
         */
        boolean clean(long startPage, long pages);
    }

    /** Sees free runs. */
    @FunctionalInterface
    public interface RunVisitor {
        /**
         * Called for a run.
         *
         * @param startPage its first page.
         * @param pages     its length.
         */
        void visit(long startPage, long pages);
    }
}
