package org.segstm.heap;

/**
 * Where a VM's program is, for conflict reports. A stack of locations, each a number and a ref that the VM expands to
 * text when one is printed, see {@link org.segstm.heap.event.HeapReports#locationText}. The innermost one counts. All
 * this does nothing unless conflicts are reported.
 *
 * <p>An abort brings the stack back to its depth at the begin of the transaction, but not what {@link #setLocation} has
 * changed below that.
 */
public abstract class LocationAccess extends LengthAccess {
    LocationAccess(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /**
     * The program enters a place, like a function.
     *
     * @param number of the VM's choice.
     * @param ref    null, or a committed object, like the function. It does not move, and the heap keeps it alive from
     *               now on.
     */
    public void pushLocation(final long number, final long ref) {
        // Nobody has asked.
    }

    /** The program leaves the place that was entered last. */
    public void popLocation() {
        // Nobody has asked.
    }

    /**
     * The program has come to another place in the innermost one, like the next line of the function.
     *
     * @param number of the VM's choice.
     * @param ref    as for {@link #pushLocation}.
     */
    public void setLocation(final long number, final long ref) {
        // Nobody has asked.
    }

    /**
     * How many places have been entered and not been left.
     *
     * @return 0 when conflicts are not reported.
     */
    public int locationDepth() {
        return 0;
    }

    /**
     * Leaves all places that were entered since: where a VM catches an exception.
     *
     * @param depth of {@link #locationDepth()} then.
     */
    public void restoreLocations(final int depth) {
        // Nobody has asked.
    }
}
