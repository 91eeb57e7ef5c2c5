package org.segstm.gc.major;

/** Takes part in major collections between marking and sweeping: weak references, finalizers. */
@FunctionalInterface
public interface MarkHook {
    /**
     * All that can be reached from the roots is marked. All mutators stand still; nothing may be allocated.
     *
     * @param liveness what is marked, and the way to keep more.
     */
    void afterMark(Liveness liveness);
}
