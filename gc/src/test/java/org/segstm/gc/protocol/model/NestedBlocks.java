package org.segstm.gc.protocol.model;

import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.TransactionAbortedException;

import java.util.ArrayList;
import java.util.List;

/** The nested blocks of one player's transaction, and the callbacks that belong to each. */
final class NestedBlocks {
    private final Mutator mutator;
    private final List<ModelSavepoint> savepoints = new ArrayList<>();
    private final List<Boolean> inevitable = new ArrayList<>();
    /** Callbacks of each kind that the transaction has asked for. */
    private int asked;
    private int commitsExpected;
    private int commitsCalled;
    private int abortsExpected;
    private int abortsCalled;

    NestedBlocks(final Mutator mutator) {
        this.mutator = mutator;
    }

    List<ModelSavepoint> savepoints() {
        return savepoints;
    }

    int depth() {
        return savepoints.size();
    }

    void transactionBegun() {
        savepoints.clear();
        inevitable.clear();
        asked = 0;
        ask();
    }

    private void ask() {
        mutator.onCommit(() -> commitsCalled++);
        mutator.onAbort(() -> abortsCalled++);
        asked++;
    }

    /** Says whether the block has begun; if not, the transaction was rolled back. */
    boolean begin(final ModelTransaction transaction, final List<Long> roots) {
        final boolean conflicts = transaction.conflicts();
        try {
            mutator.beginNested();
        } catch (final TransactionAbortedException e) {
            check(conflicts, "aborted without conflict at a nested begin");
            return false;
        } catch (final OutOfHeapException e) {
            return !mutator.inTransaction() ? false : hasNotBegun();
        }
        savepoints.add(transaction.savepoint(roots, asked));
        inevitable.add(mutator.isInevitable());
        check(mutator.nestedDepth() == savepoints.size() && mutator.isAtomic(), "another depth after a nested begin");
        ask();
        return true;
    }

    private boolean hasNotBegun() {
        check(mutator.nestedDepth() == savepoints.size(), "a nested begin that failed counts");
        return true;
    }

    void commit() {
        mutator.commitNested();
        savepoints.remove(savepoints.size() - 1);
        final boolean was = inevitable.remove(inevitable.size() - 1);
        if (!was && mutator.isInevitable()) {
            inevitable.replaceAll(any -> false);
        }
    }

    /** A block in which the transaction became inevitable cannot be undone. */
    void abort(final ModelTransaction transaction, final List<Long> roots, final Deaths deaths) {
        final boolean possible = !mutator.isInevitable() || inevitable.get(inevitable.size() - 1);
        try {
            mutator.abortNested();
            check(possible, "undid a block that became inevitable");
        } catch (final IllegalStateException e) {
            check(!possible, "refused to undo a block: " + e.getMessage());
            commit();
            return;
        }
        inevitable.remove(inevitable.size() - 1);
        final ModelSavepoint savepoint = savepoints.remove(savepoints.size() - 1);
        deaths.released(transaction.takenSince(savepoint));
        for (final ModelNode node : transaction.freshSince(savepoint)) {
            check(!node.shape().hasDestructor() || node.isDestroyed(), "block undone without destructor: " + node);
        }
        transaction.restore(savepoint, roots);
        abortsExpected += asked - savepoint.callbacks();
        asked = savepoint.callbacks();
    }

    void committed() {
        commitsExpected += asked;
    }

    /** Its callbacks run when the mutator comes back. */
    void committedElsewhere() {
        commitsExpected += asked;
    }

    void rolledBack() {
        abortsExpected += asked;
        savepoints.clear();
        check(mutator.nestedDepth() == 0, "nested blocks outside of transactions");
    }

    void checkCallbacks() {
        check(commitsExpected == commitsCalled && abortsExpected == abortsCalled, "callbacks: commits="
            + commitsExpected + " called=" + commitsCalled + " aborts=" + abortsExpected + " called=" + abortsCalled);
    }

    private void check(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError(mutator.name() + ": " + what);
        }
    }
}
