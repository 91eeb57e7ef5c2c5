package org.segstm.jit.placement;

/** What is put on back edges of loops. */
public enum Polls {
    /** Nothing: the VM has polls of its own, or the loops are short. */
    NONE,
    /** A safepoint poll. */
    SAFEPOINT,
    /** A safepoint poll that also asks whether it is time to commit. */
    BREAK
}
