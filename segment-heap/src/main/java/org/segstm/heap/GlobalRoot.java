package org.segstm.heap;

/**
 * A named root outside the transactional world: what a VM keeps for as long as it runs. Hold refs of committed objects
 * only; a ref stored by a transaction that aborts would dangle. Store a ref here before it is dropped from a shadow
 * stack: between transactions a major collection may run at any time.
 */
public final class GlobalRoot {
    private final String name;
    private volatile long ref;

    GlobalRoot(final String name) {
        this.name = name;
    }

    /**
     * Name of the root.
     *
     * @return the name.
     */
    public String name() {
        return name;
    }

    /**
     * The ref.
     *
     * @return ref of a committed object, or null.
     */
    public long get() {
        return ref;
    }

    /**
     * Sets the ref.
     *
     * @param committedRef ref of a committed object, or null.
     */
    public void set(final long committedRef) {
        ref = committedRef;
    }
}
