package org.segstm.duhton.interp;

/** What the interpreter asks of whoever runs one of its threads. */
public interface ThreadHost {
    /**
     * Queues a call, to run as a transaction of its own when the running one has committed.
     *
     * @param code  of the function.
     * @param frame index of the first argument on the shadow stack; the arguments are the topmost roots.
     */
    void queueCall(FunctionCode code, int frame);

    /**
     * Commits, runs what is queued and begins again. A safepoint.
     *
     * @param line of the source, for the error that this thread cannot do it.
     */
    void runTransactions(int line);

    /**
     * Commits what the running call has done so far, and lets out what it has printed and queued.
     *
     * @return false when the transaction conflicted; it is rolled back.
     */
    boolean commitPiece();

    /**
     * Begins a transaction with which the running call goes on.
     *
     * @param attempt how often it was tried before.
     */
    void beginPiece(int attempt);

    /**
     * Lets time pass without holding anybody up. A safepoint.
     *
     * @param milliseconds to sleep.
     */
    void sleep(long milliseconds);
}
