package org.segstm.heap;

/** Decisions about who goes first when transactions are in each other's way; counted for each mutator. */
public enum Contention {
    /** An update waited at its commit, as another transaction was inevitable. */
    COMMIT_WAITED,
    /** An update was let in although another transaction was inevitable, as that one had read nothing it wrote. */
    ADMITTED,
    /** A transaction that wanted to be inevitable waited for another one. */
    TOKEN_WAITED,
    /** It had waited for a long time, so the inevitable transaction before it let nobody between. */
    TOKEN_HANDED_OVER,
    /** Somebody else ended the transaction while it was detached. */
    FINISHED_BY_OTHER,
    /** A pause of random length before the next try. */
    BACKED_OFF,
    /** After several aborts: younger updates hold back while it is tried again. */
    CLAIMED_PRECEDENCE,
    /** An update held its commit back, asleep, for an older transaction with precedence. */
    HELD_BACK,
    /** A commit lost the race for the end of the log so often that others were held back for a moment. */
    CLAIMED_LOG_END,
    /** After still more aborts: tried as an inevitable transaction. */
    ESCALATED
}
