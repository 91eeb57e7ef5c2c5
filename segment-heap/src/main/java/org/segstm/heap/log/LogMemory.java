package org.segstm.heap.log;

import org.segstm.bridge.Memory;
import org.segstm.heap.HeapContext;
import org.segstm.heap.util.LongList;

import static org.segstm.heap.log.LogEntry.BYTES_IN_LINE;

/**
 * Memory for the entries that one segment commits: chunks of 4 KiB, taken last-in first-out so that they stay in the
 * cache, given back when every attached view has passed their last entry. An entry that does not fit in a chunk gets
 * memory of its own. Used by the segment's thread only.
 */
public final class LogMemory {
    /** Size of a chunk. */
    public static final int BYTES_IN_CHUNK = 4096;
    private static final int CHUNKS_IN_SLAB = 16;
    private static final int RECORD_LENGTH = 3;
    private static final long NOTHING = -1;

    private final CommitLog log;
    private final long boundBytes;
    private final LongList slabs = new LongList();
    private final LongList freeChunks = new LongList();
    /** Chunks in the order of their last entries: address, bytes of own memory or 0 for a chunk, last revision. */
    private final LongList retired = new LongList();
    private int retiredHead;
    private long position;
    private long end;
    private long ownBytes;
    private long ownAddress;
    private long lastRevision = NOTHING;
    private long entryCount;
    private volatile long allocatedBytes;

    /**
     * Makes an empty memory.
     *
     * @param log        that entries go to.
     * @param boundBytes above which the log is asked to let go of entries before more is allocated.
     */
    public LogMemory(final CommitLog log, final long boundBytes) {
        this.log = log;
        this.boundBytes = boundBytes;
    }

    /**
     * Room for one entry. It stays reserved until {@link #commit} or the next call.
     *
     * @param bytes most that the entry can need.
     * @return address, aligned to a cache line.
     */
    public long reserve(final long bytes) {
        if (bytes > end - position) {
            retireCurrent();
            if (bytes > BYTES_IN_CHUNK) {
                reclaim();
                takeOwnMemory(bytes);
            } else {
                takeChunk();
            }
        }
        return position;
    }

    /**
     * Takes the cache line where the next entry will begin. Others may have read the entry that was there before: while
     * the transaction runs the line comes back, and the commit need not wait for it.
     */
    public void prepare() {
        if (position < end) {
            Memory.putLong(position, 0);
        }
    }

    /**
     * The entry at the reserved address is in the log.
     *
     * @param bytes    it needs.
     * @param revision of it.
     */
    public void commit(final long bytes, final long revision) {
        position = position + bytes + BYTES_IN_LINE - 1 & -BYTES_IN_LINE;
        lastRevision = revision;
        entryCount++;
    }

    /**
     * Entries committed since the last call.
     *
     * @return the number.
     */
    public long takeEntryCount() {
        final long count = entryCount;
        entryCount = 0;
        return count;
    }

    /**
     * Memory in use or kept for use.
     *
     * @return bytes.
     */
    public long allocatedBytes() {
        return allocatedBytes;
    }

    /** Frees everything. */
    public void close() {
        retireCurrent();
        for (int i = retiredHead; i < retired.size(); i += RECORD_LENGTH) {
            if (retired.get(i + 1) != 0) {
                Memory.free(retired.get(i));
            }
        }
        retired.clear();
        retiredHead = 0;
        for (int i = 0; i < slabs.size(); i++) {
            Memory.free(slabs.get(i));
        }
        slabs.clear();
        freeChunks.clear();
        allocatedBytes = 0;
    }

    private void retireCurrent() {
        if (end == 0) {
            return;
        }
        if (lastRevision == NOTHING && ownBytes == 0) {
            freeChunks.add(end - BYTES_IN_CHUNK);
        } else {
            retired.add(ownBytes != 0 ? ownAddress : end - BYTES_IN_CHUNK);
            retired.add(ownBytes);
            retired.add(lastRevision);
        }
        position = 0;
        end = 0;
        ownBytes = 0;
        lastRevision = NOTHING;
    }

    private void takeChunk() {
        if (freeChunks.isEmpty()) {
            reclaim();
        }
        if (freeChunks.isEmpty() && allocatedBytes >= boundBytes) {
            log.relievePressure();
            reclaim();
        }
        if (freeChunks.isEmpty()) {
            addSlab();
        }
        position = freeChunks.removeLast();
        end = position + BYTES_IN_CHUNK;
    }

    private void takeOwnMemory(final long bytes) {
        final long size = bytes + BYTES_IN_LINE;
        ownAddress = Memory.allocate(size);
        ownBytes = size;
        position = ownAddress + BYTES_IN_LINE - 1 & -BYTES_IN_LINE;
        end = ownAddress + size;
        allocatedBytes += size;
    }

    private void addSlab() {
        final long bytes = (long) CHUNKS_IN_SLAB * BYTES_IN_CHUNK;
        final long slab = Memory.allocate(bytes + BYTES_IN_LINE);
        slabs.add(slab);
        final long first = slab + BYTES_IN_LINE - 1 & -BYTES_IN_LINE;
        for (int i = CHUNKS_IN_SLAB - 1; i >= 0; i--) {
            freeChunks.add(first + (long) i * BYTES_IN_CHUNK);
        }
        allocatedBytes += bytes;
    }

    private void reclaim() {
        final long passed = log.minimumRevision();
        while (retiredHead < retired.size() && retired.get(retiredHead + 2) < passed) {
            final long address = retired.get(retiredHead);
            final long own = retired.get(retiredHead + 1);
            if (HeapContext.isChecked()) {
                markFreed(address, own != 0 ? own : BYTES_IN_CHUNK);
            }
            if (own != 0) {
                Memory.free(address);
                allocatedBytes -= own;
            } else {
                freeChunks.add(address);
            }
            retiredHead += RECORD_LENGTH;
        }
        if (retiredHead == retired.size()) {
            retired.clear();
            retiredHead = 0;
        } else if (retiredHead > retired.size() / 2) {
            final int left = retired.size() - retiredHead;
            System.arraycopy(retired.array(), retiredHead, retired.array(), 0, left);
            retired.truncate(left);
            retiredHead = 0;
        }
    }

    /** So that a view that still needs an entry finds out. */
    private static void markFreed(final long address, final long bytes) {
        for (long word = address; word + Long.BYTES <= address + bytes; word += Long.BYTES) {
            Memory.putLong(word, LogEntry.FREED);
        }
    }
}
