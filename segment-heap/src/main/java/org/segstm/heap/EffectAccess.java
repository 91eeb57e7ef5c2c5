package org.segstm.heap;

/**
 * What a transaction leaves to be done when it ends, and what it undoes outside the heap.
 *
 * <ul>
 *  <li>Callbacks run once, in the order of their registration, on the thread of the mutator, outside of the
 *      transaction: they may begin new ones.
 *  <li>When some throw, the others run nevertheless; then {@link TransactionCallbackException} tells of the first, with
 *      the others suppressed. What the transaction did stays committed, or rolled back; nothing is tried again.
 *  <li>What is rolled back to a savepoint runs its own on-abort callbacks then, inside of the transaction that goes on,
 *      and forgets its on-commit callbacks; what it has cancelled is due again.
 *  <li>States are restored before callbacks run, the last registered first.
 *  <li>A transaction whose thread died is rolled back by others: nothing is called.
 * </ul>
 */
public abstract class EffectAccess extends AllocatingAccess {
    private final TransactionHooks hooks = new TransactionHooks();
    /** Most transactions have no use for the hooks, and look at this alone. */
    private boolean hooked;

    EffectAccess(final SegmentHeap heap) {
        super(heap);
    }

    /**
     * Runs an action when the running transaction has committed, outside of it.
     *
     * @param action to run once.
     * @throws IllegalStateException when no transaction is running.
     */
    public final void onCommit(final Runnable action) {
        onCommit(null, action);
    }

    /**
     * Runs an action when the running transaction has committed, unless it is cancelled.
     *
     * @param key    to cancel it by, compared by {@code equals}; several actions may have the same. Null: none.
     * @param action to run once.
     * @throws IllegalStateException when no transaction is running.
     */
    public final void onCommit(final Object key, final Runnable action) {
        checkRunning();
        hooks().commitCallbacks().add(key, action);
    }

    /**
     * Runs an action when the running transaction has been rolled back.
     *
     * @param action to run once.
     * @throws IllegalStateException when no transaction is running.
     */
    public final void onAbort(final Runnable action) {
        onAbort(null, action);
    }

    /**
     * Runs an action when the running transaction has been rolled back, unless it is cancelled.
     *
     * @param key    to cancel it by, compared by {@code equals}; several actions may have the same. Null: none.
     * @param action to run once.
     * @throws IllegalStateException when no transaction is running.
     */
    public final void onAbort(final Object key, final Runnable action) {
        checkRunning();
        hooks().abortCallbacks().add(key, action);
    }

    /**
     * Cancels on-commit callbacks of the running transaction.
     *
     * @param key they were registered with.
     * @return how many there were.
     */
    public final int cancelOnCommit(final Object key) {
        checkRunning();
        return hooks.commitCallbacks().cancel(key);
    }

    /**
     * Cancels on-abort callbacks of the running transaction.
     *
     * @param key they were registered with.
     * @return how many there were.
     */
    public final int cancelOnAbort(final Object key) {
        checkRunning();
        return hooks.abortCallbacks().cancel(key);
    }

    /**
     * Registers state that follows this mutator's transactions from now on: rolling back the one that is running
     * returns it to what it is now.
     *
     * @param state saved at each begin, restored at each abort. See {@link OffHeapState} for memory.
     */
    public final void registerState(final TransactionState state) {
        hooks().addState(state, inTransaction());
    }

    /**
     * Lets a state go: it is neither saved nor restored any more.
     *
     * @param state that was registered.
     * @return false when it was not.
     */
    public final boolean unregisterState(final TransactionState state) {
        return hooks.removeState(state);
    }

    /**
     * Reads the clock. As nothing depends on a reading by an attempt that is rolled back, this needs no inevitable
     * transaction, and conflicts with nobody. A transaction that begins after another one has committed reads a later
     * time, or the same; times of transactions that overlap may be in another order than their commits.
     *
     * @return nanoseconds since the heap was opened; never goes back.
     */
    public final long clockNanos() {
        return System.nanoTime() - heap.openedAtNanos();
    }

    /** For whoever leaves something there. */
    final TransactionHooks hooks() {
        hooked = true;
        return hooks;
    }

    final void effectsBegun() {
        if (hooked) {
            hooks.begun();
        }
    }

    /** Returns what to throw when nothing else is left to do, or null. */
    final TransactionCallbackException effectsCommitted() {
        if (!hooked) {
            return null;
        }
        hooked = hooks.hasStates();
        return hooks.committed();
    }

    /** Returns what to throw when nothing else is left to do, or null. */
    final TransactionCallbackException effectsRolledBack() {
        if (!hooked) {
            return null;
        }
        hooked = hooks.hasStates();
        return hooks.aborted();
    }
}
