package org.segstm.heap;

/** How the segments share the pages of the old space until one of them writes. */
public enum PageSharing {
    /**
     * Each view maps the base's file pages {@code MAP_PRIVATE}: the kernel copies a page on the first store into it.
     * No call and no mapping per page; the base is written through segment 0's shared mapping only.
     */
    PRIVATE_COW,
    /** A page is made private by mapping the segment's own file page over it with {@code mmap}, and copying. */
    MMAP_FIXED,
    /** Like {@link #MMAP_FIXED}, with the deprecated {@code remap_file_pages}, as STMGC c7 does. */
    REMAP_FILE_PAGES
}
