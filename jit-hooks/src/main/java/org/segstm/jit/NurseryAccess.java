package org.segstm.jit;

import org.segstm.bridge.Memory;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.ControlPage;

/**
 * Allocation and safepoint poll of generated code: both look at nursery position and limit in the control page, and a
 * request to stop lowers the limit, so one comparison serves for both reasons.
 *
 * <pre>
 *  allocate:   ref = [control + POSITION]; end = ref + bytes
 *              if (end &gt; [control + LIMIT]) mutator.allocate(layout)
 *              [control + POSITION] = end; [base + ref] = header
 *  safepoint:  if ([control + POSITION] &gt;= [control + LIMIT]) mutator.safepoint()
 * </pre>
 *
 * <p>Matching pair: the limit is loaded opaque by the poll, so that a loop looks at it in every round; others store it
 * volatile. Memory below the limit is zero already.
 */
public final class NurseryAccess {
    /** What {@link #tryAllocate} returns when the slow path has to be taken. */
    public static final long NO_ROOM = 0;
    private static final boolean CHECKED = HeapContext.isChecked();

    private NurseryAccess() {
    }

    /**
     * Allocates by moving the nursery's position. In checked mode it always leaves that to the mutator, which keeps a
     * record of where objects start. The mutator's statistics do not count these objects.
     *
     * @param segmentBase    of the running transaction.
     * @param controlAddress of the running transaction.
     * @param header         of the layout, see {@link ObjectLayout#header()}.
     * @param bytes          size of the object, {@link ObjectLayout#fixedSize()}.
     * @return ref of a zero-filled young object with its header, or {@link #NO_ROOM}.
     */
    public static long tryAllocate(
        final long segmentBase, final long controlAddress, final long header, final long bytes) {
        return CHECKED ? NO_ROOM : bump(segmentBase, controlAddress, header, bytes);
    }

    static long bump(final long segmentBase, final long controlAddress, final long header, final long bytes) {
        final long ref = Memory.getLong(controlAddress + ControlPage.NURSERY_POSITION_OFFSET);
        final long end = ref + bytes;
        if (end > Memory.getLong(controlAddress + ControlPage.NURSERY_LIMIT_OFFSET)) {
            return NO_ROOM;
        }
        Memory.putLong(controlAddress + ControlPage.NURSERY_POSITION_OFFSET, end);
        Memory.putLong(segmentBase + ref, header);
        return ref;
    }

    /**
     * Allocates an object without variable part, slow path included. Moves nothing.
     *
     * @param mutator        that runs the transaction.
     * @param segmentBase    of the running transaction.
     * @param controlAddress of the running transaction.
     * @param layout         of the object; its header and allocation size are constants in generated code.
     * @return ref of a zero-filled young object.
     * @throws org.segstm.heap.OutOfHeapException when there is no room; the transaction has to be aborted.
     */
    public static long allocate(
        final Mutator mutator, final long segmentBase, final long controlAddress, final ObjectLayout layout) {
        final long ref = tryAllocate(segmentBase, controlAddress, layout.header(), layout.allocationSize());
        return ref != NO_ROOM ? ref : mutator.allocate(layout);
    }

    /**
     * Does a safepoint poll have to call {@link Mutator#safepoint()}?
     *
     * @param controlAddress of the running transaction.
     * @return true when a collection is due or somebody asks this mutator to stop.
     */
    public static boolean isSafepointDue(final long controlAddress) {
        return Memory.getLong(controlAddress + ControlPage.NURSERY_POSITION_OFFSET)
            >= Memory.getLongOpaque(controlAddress + ControlPage.NURSERY_LIMIT_OFFSET);
    }
}
