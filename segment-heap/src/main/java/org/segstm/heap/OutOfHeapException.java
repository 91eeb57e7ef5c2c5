package org.segstm.heap;

import org.segstm.heap.util.Units;

/**
 * No room for an object. The transaction has to be aborted (atomic blocks do it themselves, and try once more after a
 * major collection); the heap goes on.
 */
public final class OutOfHeapException extends HeapException {
    private static final long serialVersionUID = 1L;

    private final long requestedBytes;
    private final long usedBytes;
    private final long liveBytes;
    private final long softHeapBytes;
    private final long heapBytes;

    /**
     * Makes the exception.
     *
     * @param requestedBytes size of the object, or of the slot for it.
     * @param usedBytes      handed out.
     * @param liveBytes      of objects that lived on in the last major collection, 0 when there was none.
     * @param softHeapBytes  soft limit.
     * @param heapBytes      hard limit.
     * @param freeRunBytes   longest free stretch.
     */
    public OutOfHeapException(
        final long requestedBytes, final long usedBytes, final long liveBytes, final long softHeapBytes,
        final long heapBytes, final long freeRunBytes) {
        super("out of heap (raise segstm.heap or keep fewer objects alive): requested="
            + Units.printBytes(requestedBytes) + " used=" + Units.printBytes(usedBytes)
            + " live=" + Units.printBytes(liveBytes) + " soft=" + Units.printBytes(softHeapBytes)
            + " heap=" + Units.printBytes(heapBytes) + " largestFreeRun=" + Units.printBytes(freeRunBytes));
        this.requestedBytes = requestedBytes;
        this.usedBytes = usedBytes;
        this.liveBytes = liveBytes;
        this.softHeapBytes = softHeapBytes;
        this.heapBytes = heapBytes;
    }

    /**
     * Size of the object, or of the slot for it.
     *
     * @return bytes.
     */
    public long requestedBytes() {
        return requestedBytes;
    }

    /**
     * Memory that was handed out.
     *
     * @return bytes.
     */
    public long usedBytes() {
        return usedBytes;
    }

    /**
     * Memory of the objects that lived on in the last major collection.
     *
     * @return bytes, 0 when there was none.
     */
    public long liveBytes() {
        return liveBytes;
    }

    /**
     * Soft limit, above which major collections run more often.
     *
     * @return bytes.
     */
    public long softHeapBytes() {
        return softHeapBytes;
    }

    /**
     * Hard limit: the size of the old space.
     *
     * @return bytes.
     */
    public long heapBytes() {
        return heapBytes;
    }
}
