package org.segstm.gc.space;

/**
 * What a heap page is used for, in a word.
 *
 * <pre>
 *  bits 0..1    kind: 0 no object starts in the page (free, or inside a large run), 1 part of a block, 2 large run
 *  bit  2       leaving: the block is about to be given back
 *  bit  3       pinned: objects of a running transaction lie in the block, seen by the current major collection
 *  bits 8..15   size class                              (blocks)
 *  bits 16..23  owner: index of the segment that may allocate and free here
 *  bits 24..31  index of the page in its block          (blocks)
 *  bits 32..62  pages in the block or run
 * </pre>
 *
 * <p>All pages of a block have a descriptor, of a large run only the first.
 */
public final class PageDescriptor {
    /** No object starts in the page. */
    public static final long NOTHING = 0;
    private static final int KIND_MASK = 3;
    private static final int BLOCK = 1;
    private static final int LARGE = 2;
    private static final int LEAVING = 1 << 2;
    private static final int PINNED = 1 << 3;
    private static final int SIZE_CLASS_SHIFT = 8;
    private static final int OWNER_SHIFT = 16;
    private static final int INDEX_SHIFT = 24;
    private static final int PAGES_SHIFT = 32;
    private static final int BYTE_MASK = 0xFF;

    private PageDescriptor() {
    }

    static long block(final int sizeClass, final int owner, final int indexInBlock, final long pages) {
        return pages << PAGES_SHIFT | (long) indexInBlock << INDEX_SHIFT | (long) owner << OWNER_SHIFT
            | (long) sizeClass << SIZE_CLASS_SHIFT | BLOCK;
    }

    static long large(final int owner, final long pages) {
        return pages << PAGES_SHIFT | (long) owner << OWNER_SHIFT | LARGE;
    }

    static long leaving(final long descriptor) {
        return descriptor | LEAVING;
    }

    static long pinned(final long descriptor) {
        return descriptor | PINNED;
    }

    static boolean isPinned(final long descriptor) {
        return (descriptor & PINNED) != 0;
    }

    static long unpinned(final long descriptor) {
        return descriptor & ~PINNED;
    }

    static long withOwner(final long descriptor, final int owner) {
        return descriptor & ~((long) BYTE_MASK << OWNER_SHIFT) | (long) owner << OWNER_SHIFT;
    }

    /**
     * Is the page part of a block?
     *
     * @param descriptor of the page.
     * @return true when it is.
     */
    public static boolean isBlock(final long descriptor) {
        return (descriptor & KIND_MASK) == BLOCK;
    }

    /**
     * Does a large object start in the page?
     *
     * @param descriptor of the page.
     * @return true when it does.
     */
    public static boolean isLarge(final long descriptor) {
        return (descriptor & KIND_MASK) == LARGE;
    }

    static boolean isLeaving(final long descriptor) {
        return (descriptor & LEAVING) != 0;
    }

    /**
     * Size class of a block.
     *
     * @param descriptor of one of its pages.
     * @return index of the class.
     */
    public static int sizeClass(final long descriptor) {
        return (int) (descriptor >>> SIZE_CLASS_SHIFT) & BYTE_MASK;
    }

    /**
     * Segment that may allocate and free in a block, or that made a large object.
     *
     * @param descriptor of the page.
     * @return index of the segment.
     */
    public static int owner(final long descriptor) {
        return (int) (descriptor >>> OWNER_SHIFT) & BYTE_MASK;
    }

    /**
     * Which page of its block this is.
     *
     * @param descriptor of the page.
     * @return index from 0.
     */
    public static int indexInBlock(final long descriptor) {
        return (int) (descriptor >>> INDEX_SHIFT) & BYTE_MASK;
    }

    /**
     * Length of the block or run.
     *
     * @param descriptor of the page.
     * @return number of pages.
     */
    public static long pages(final long descriptor) {
        return descriptor >>> PAGES_SHIFT;
    }
}
