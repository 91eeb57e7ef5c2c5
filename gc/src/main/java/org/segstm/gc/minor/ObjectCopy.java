package org.segstm.gc.minor;

import org.segstm.bridge.Memory;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_GRANULE;

/** Copies objects without their header word; unrolled for the sizes that most objects have. */
final class ObjectCopy {
    private static final int MAXIMUM_UNROLLED_GRANULES = 4;

    private ObjectCopy() {
    }

    /**
     * Copies all words but the first.
     *
     * @param sourceAddress of the object.
     * @param targetAddress of its copy.
     * @param bytes         size of the object, a multiple of the granule.
     */
    static void copyBody(final long sourceAddress, final long targetAddress, final long bytes) {
        final long granules = bytes >>> LOG_BYTES_IN_GRANULE;
        if (granules > MAXIMUM_UNROLLED_GRANULES) {
            Memory.copyWords(sourceAddress + BYTES_IN_WORD, targetAddress + BYTES_IN_WORD, bytes - BYTES_IN_WORD);
            return;
        }
        copyWord(sourceAddress, targetAddress, 1);
        if (granules > 1) {
            copyWord(sourceAddress, targetAddress, 2);
            copyWord(sourceAddress, targetAddress, 3);
        }
        if (granules > 2) {
            copyWord(sourceAddress, targetAddress, 4);
            copyWord(sourceAddress, targetAddress, 5);
        }
        if (granules > 3) {
            copyWord(sourceAddress, targetAddress, 6);
            copyWord(sourceAddress, targetAddress, 7);
        }
    }

    private static void copyWord(final long sourceAddress, final long targetAddress, final int word) {
        final int offset = word * BYTES_IN_WORD;
        Memory.putLong(targetAddress + offset, Memory.getLong(sourceAddress + offset));
    }
}
