package org.segstm.gc;

import org.segstm.heap.HeapContext;
import org.segstm.heap.PageSharing;

/** The kinds of heap that every collector test runs on. */
public enum HeapMode {
    PRIVATE_COW(PageSharing.PRIVATE_COW, false),
    MMAP_FIXED(PageSharing.MMAP_FIXED, false),
    REMAP_FILE_PAGES(PageSharing.REMAP_FILE_PAGES, false),
    SERIAL(PageSharing.PRIVATE_COW, true);

    private final PageSharing sharing;
    private final boolean serial;

    HeapMode(final PageSharing sharing, final boolean serial) {
        this.sharing = sharing;
        this.serial = serial;
    }

    public boolean isSerial() {
        return serial;
    }

    public HeapContext context() {
        return new HeapContext().segments(3).pageSharing(sharing).serial(serial)
            .heapBytes(32 << 20).nurseryBytes(256 << 10);
    }
}
