package org.segstm.gc.weak;

import org.segstm.heap.util.LongList;

/** Live objects with weak refs, as one worker of the mark phase has met them. */
public final class WeakHolders {
    private final LongList committed = new LongList();
    /** Two elements each: address of the view, ref. */
    private final LongList inFlight = new LongList();

    /**
     * A committed object.
     *
     * @param ref of the object.
     */
    public void addCommitted(final long ref) {
        committed.add(ref);
    }

    /**
     * An object that only a running transaction knows.
     *
     * @param view address of its segment.
     * @param ref  of the object.
     */
    public void addInFlight(final long view, final long ref) {
        inFlight.add(view);
        inFlight.add(ref);
    }

    /** Forgets all. */
    public void clear() {
        committed.clear();
        inFlight.clear();
    }

    LongList committed() {
        return committed;
    }

    LongList inFlight() {
        return inFlight;
    }
}
