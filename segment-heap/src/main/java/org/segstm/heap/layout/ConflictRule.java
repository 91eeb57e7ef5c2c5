package org.segstm.heap.layout;

/** When transactions that touch the same object conflict: a property of its layout. */
public enum ConflictRule {
    /** When one reads or writes what another one has changed. */
    NORMAL,
    /**
     * Never. Of two transactions that write the same 8-byte word the last one to commit wins, word by word; what a
     * transaction reads may have changed at its next safepoint. For caches and hints: whatever is found there must be
     * usable at any time. Reading needs no barrier.
     */
    NO_CONFLICT,
    /**
     * All fields are 64-bit counters: what concurrent transactions add adds up when they commit. Adding conflicts with
     * nothing; reading conflicts with transactions that changed the object, or card, by more than zero in all.
     */
    COUNTER
}
