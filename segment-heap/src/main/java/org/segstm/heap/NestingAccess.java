package org.segstm.heap;

import org.segstm.heap.event.Activity;
import org.segstm.heap.event.EventKind;
import org.segstm.heap.finalization.Registrations;
import org.segstm.heap.segment.Segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Blocks inside a transaction that can fail alone: closed nesting. What a nested block does belongs to the block around
 * it once it has ended; when it fails, all that it did is undone, and the transaction goes on from where it began. What
 * it has read stays read, as the transaction's further course depends on it.
 */
public abstract class NestingAccess extends DetachingAccess {
    private final List<Registrations> registrationsBefore = new ArrayList<>();
    private int[] registrationCounts = new int[1];

    NestingAccess(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /**
     * Is an atomic block running, or a nested one? Such a transaction must not be broken in the middle.
     *
     * @return false also outside of transactions.
     */
    public final boolean isAtomic() {
        return (state & (ATOMIC | NESTED)) != 0;
    }

    /**
     * How many nested blocks are running, one inside the other.
     *
     * @return 0 outside of them.
     */
    public final int nestedDepth() {
        return (state & NESTED) == 0 ? 0 : nestedDepth;
    }

    /**
     * Begins a nested block. A safepoint, at which all that is young and alive moves to the old space; cheap when
     * nothing was allocated or written since the block around it began.
     *
     * @throws TransactionAbortedException like {@link #safepoint()}.
     * @throws OutOfHeapException          like {@link #safepoint()}.
     */
    public final void beginNested() {
        checkRunning();
        final int depth = nestedDepth() + 1;
        if (!serial) {
            makeSavepoint(depth);
        }
        nestedDepth = depth;
        state |= NESTED;
    }

    private void makeSavepoint(final int depth) {
        safepoint();
        final Segment own = segment;
        if (own.hasYoung()) {
            collect(false);
        }
        hooks().savepoint();
        savepointRoots();
        savepointMade();
        own.savepoints().enter();
        own.collector().savepoint();
        if (registrationsBefore.size() >= depth) {
            registrationsBefore.subList(depth - 1, registrationsBefore.size()).clear();
        }
        final Registrations registrations = registrations();
        registrationsBefore.add(registrations);
        if (registrationCounts.length < depth) {
            registrationCounts = Arrays.copyOf(registrationCounts, 2 * depth);
        }
        registrationCounts[depth - 1] = registrations == null ? 0 : registrations.all().size();
    }

    /**
     * Ends the innermost nested block: what it did belongs to the block around it. Moves nothing.
     *
     * @throws IllegalStateException when no nested block is running.
     */
    public final void commitNested() {
        checkNested();
        if (!serial) {
            segment.savepoints().merge();
            segment.collector().mergeSavepoint();
            mergeRoots();
            savepointMerged();
            hooks().mergeSavepoint();
            inevitableDepth = Math.min(inevitableDepth, nestedDepth - 1);
        }
        leaveNested();
    }

    /**
     * Undoes all that the innermost nested block did, and ends it. Refs that were read since its begin are good no
     * more, roots are what they were then. On-abort callbacks of the block run, inside the transaction.
     *
     * @throws IllegalStateException when no nested block is running, in no-STM mode, and when the block has asked to be
     *                               inevitable.
     */
    public final void abortNested() {
        checkNested();
        if (!canUndo(nestedDepth)) {
            throw new IllegalStateException(serial ? "no-STM mode cannot roll back: " + name()
                : "a nested block that became inevitable never aborts: " + name());
        }
        undoNested(nestedDepth);
    }

    /** Can the blocks from a depth on be undone? */
    final boolean canUndo(final int depth) {
        return canRollBack() || !serial && depth > inevitableDepth;
    }

    private TransactionCallbackException undoNested() {
        final Segment own = segment;
        final int index = nestedDepth - 1;
        event(EventKind.UNDONE, 0);
        counters.bytesAllocated += own.nursery().usedBytes();
        rollBackRegistrations(registrationsBefore.get(index), registrationCounts[index]);
        heap.transactions().rollbackToSavepoint(own);
        rollbackRootsToSavepoint();
        savepointUndone();
        leaveNested();
        return hooks().rolledBackToSavepoint();
    }

    /** Undoes all blocks from a depth on. What callbacks throw is thrown at the end. */
    final void undoNested(final int depth) {
        TransactionCallbackException first = null;
        while (nestedDepth() >= depth) {
            if (canUndo(nestedDepth)) {
                final TransactionCallbackException thrown = undoNested();
                first = first == null ? thrown : first;
            } else {
                commitNested();
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void leaveNested() {
        if (--nestedDepth == 0) {
            state &= ~NESTED;
        }
    }

    private void checkNested() {
        checkRunning();
        if ((state & NESTED) == 0) {
            throw new IllegalStateException("no nested block is running: " + name());
        }
    }

    /** The body of a block has ended well. */
    final void endBlock(final int depth) {
        checkRunning();
        if (nestedDepth() != depth) {
            throw new IllegalStateException("a nested block ends where another one began: depth=" + nestedDepth()
                + " expected=" + depth + " mutator=" + name());
        }
        commitNested();
    }

    /** The body of a block has failed: undoes it, as far as that is possible. */
    final void blockFailed(final int depth) {
        if (inTransaction()) {
            if (isParked()) {
                runAgain();
            }
            if (segment.doom() != null) {
                rollBack(segment.doom());
                switchTo(Activity.OUTSIDE);
            }
            undoNested(depth);
        }
    }

    /** The same; what the body has thrown counts for more than what callbacks throw because of it. */
    final void blockFailed(final int depth, final Throwable thrown) {
        try {
            blockFailed(depth);
        } catch (final TransactionCallbackException e) {
            thrown.addSuppressed(e);
        }
    }

    /** The body of a transaction has failed. Says whether all it did was undone. */
    final boolean failed(final AbortCause cause) {
        if (inTransaction()) {
            if (isParked()) {
                runAgain();
            }
            if (!canRollBack()) {
                try {
                    blockFailed(1);
                } finally {
                    commitOrGiveUp();
                }
                return false;
            }
            rollBack(cause);
            switchTo(Activity.OUTSIDE);
        }
        return !wasInevitable();
    }
}
