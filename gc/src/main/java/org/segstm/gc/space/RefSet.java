package org.segstm.gc.space;

import org.segstm.heap.layout.ObjectHeader;

import java.util.HashMap;
import java.util.Map;

/** A set of refs for tools: a bit per granule, in chunks that are made as they are needed. Not thread safe. */
public final class RefSet {
    private static final int LOG_BITS_IN_CHUNK = 16;
    private static final int CHUNK_MASK = (1 << LOG_BITS_IN_CHUNK) - 1;
    private static final int LOG_BITS_IN_WORD = 6;
    private static final long NO_CHUNK = -1;

    private final Map<Long, long[]> chunks = new HashMap<>();
    private long lastNumber = NO_CHUNK;
    private long[] lastChunk;

    /**
     * Adds a ref.
     *
     * @param ref aligned.
     * @return false when it was there.
     */
    public boolean add(final long ref) {
        final long granule = ref >>> ObjectHeader.LOG_BYTES_IN_GRANULE;
        final long number = granule >>> LOG_BITS_IN_CHUNK;
        if (number != lastNumber) {
            lastChunk = chunks.computeIfAbsent(number, n -> new long[1 << LOG_BITS_IN_CHUNK - LOG_BITS_IN_WORD]);
            lastNumber = number;
        }
        final int index = (int) (granule & CHUNK_MASK) >>> LOG_BITS_IN_WORD;
        final long bit = 1L << granule;
        final boolean added = (lastChunk[index] & bit) == 0;
        lastChunk[index] |= bit;
        return added;
    }

    /**
     * Was a ref added?
     *
     * @param ref aligned.
     * @return true when it is in the set.
     */
    public boolean contains(final long ref) {
        final long granule = ref >>> ObjectHeader.LOG_BYTES_IN_GRANULE;
        final long[] chunk = chunks.get(granule >>> LOG_BITS_IN_CHUNK);
        return chunk != null && (chunk[(int) (granule & CHUNK_MASK) >>> LOG_BITS_IN_WORD] & 1L << granule) != 0;
    }
}
