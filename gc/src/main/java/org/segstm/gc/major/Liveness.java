package org.segstm.gc.major;

/** What is alive, between marking and sweeping. Used by the collecting thread only. */
public interface Liveness {
    /**
     * Does an object live on?
     *
     * @param ref of an object; nothing is asked about null and immediates.
     * @return true when it was marked, or is young: young objects of running transactions all live on.
     */
    boolean isMarked(long ref);

    /**
     * Keeps an object alive, and, once {@link #trace()} has run, what it refers to. Hooks need not call that when they
     * are not interested in the outcome.
     *
     * @param value ref, null or immediate.
     */
    void keep(long value);

    /** Marks all that can be reached from what was kept. */
    void trace();
}
