package org.segstm.gc.space;

import org.segstm.heap.util.LongList;

/** What one thread has found in the part of the old space that it swept. */
public final class SweptPages {
    /** Two elements each: first page, pages. In order, neighbours joined. */
    private final LongList freeRuns = new LongList();
    private final LongList partialBlocks = new LongList();
    private long liveBytes;
    private long liveObjects;
    private long freedBytes;

    void free(final long startPage, final long pages) {
        final int last = freeRuns.size() - 2;
        if (last >= 0 && freeRuns.get(last) + freeRuns.get(last + 1) == startPage) {
            freeRuns.set(last + 1, freeRuns.get(last + 1) + pages);
        } else {
            freeRuns.add(startPage);
            freeRuns.add(pages);
        }
    }

    void partial(final long blockRef) {
        partialBlocks.add(blockRef);
    }

    void live(final long objects, final long bytes) {
        liveObjects += objects;
        liveBytes += bytes;
    }

    /** Hands over what was found; backwards, so that low blocks are used first. One thread at a time. */
    void handOver(final OldSpace space) {
        for (int i = 0; i < freeRuns.size(); i += 2) {
            space.runs().free(freeRuns.get(i), freeRuns.get(i + 1));
            freedBytes += HeapPage.bytesIn(freeRuns.get(i + 1));
        }
        for (int i = partialBlocks.size() - 1; i >= 0; i--) {
            space.addPartialBlock(partialBlocks.get(i));
        }
    }

    /**
     * Memory of live objects: slots and pages.
     *
     * @return bytes.
     */
    public long liveBytes() {
        return liveBytes;
    }

    /**
     * Live objects.
     *
     * @return the number.
     */
    public long liveObjects() {
        return liveObjects;
    }

    /**
     * Pages that became free.
     *
     * @return bytes.
     */
    public long freedBytes() {
        return freedBytes;
    }
}
