package org.segstm.gc.protocol.model;

import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.TransactionAbortedException;

import java.util.function.LongConsumer;

/** A player leaves its transaction, others may commit it meanwhile, and it comes back. */
final class Absence {
    private final Player player;
    private boolean away;

    Absence(final Player player) {
        this.player = player;
    }

    boolean isAway() {
        return away;
    }

    /**
     * Leaves the transaction, which may commit or abort it.
     *
     * @param other  player whose transaction is inevitable and not detached, or null.
     * @param settle books the commit of a detached transaction that this one may cause.
     */
    void begin(final Player other, final LongConsumer settle) {
        final ModelTransaction transaction = player.transaction();
        final Mutator mutator = player.mutator();
        final boolean update = transaction.isUpdate();
        final boolean inevitable = mutator.isInevitable();
        final boolean readOnly = !transaction.hasWritten() && !transaction.hasFresh();
        final boolean blocked = other != null && transaction.writesWhatWasRead(other.transaction());
        final boolean solo = mutator.inspect().isSolo();
        try {
            final boolean open = mutator.detach("test");
            settle.accept(!open && update ? mutator.inspect().viewRevision() - 1 : Long.MAX_VALUE);
            away = true;
            if (open) {
                player.check(!transaction.conflicts(), "became inevitable in spite of a conflict");
                player.lookAtView();
            } else {
                player.ended(true, update, readOnly, inevitable, blocked, solo);
            }
        } catch (final TransactionAbortedException e) {
            settle.accept(Long.MAX_VALUE);
            player.ended(false, update, readOnly, inevitable, blocked, solo);
        } catch (final OutOfHeapException e) {
            settle.accept(Long.MAX_VALUE);
            player.commitFailed();
        } catch (final HeapException e) {
            settle.accept(Long.MAX_VALUE);
            player.check(blocked && !transaction.conflicts(), "commit refused: " + e.getMessage());
            player.lookAtView();
        }
    }

    /** Has somebody ended the transaction that was left? A reshare may have moved its view since, to what came then. */
    void settle(final long mostRevision) {
        if (away && player.inTransaction() && !player.mutator().inTransaction()) {
            player.committedElsewhere(Math.min(mostRevision, player.mutator().inspect().viewRevision()));
        }
    }

    void end(final boolean mustWait, final LongConsumer settle) {
        away = false;
        final boolean open = player.inTransaction();
        try {
            player.check(player.mutator().reattach() == open, "whether others ended it: model=" + !open);
            settle.accept(Long.MAX_VALUE);
            player.check(open || !mustWait, "two inevitable transactions at a time");
            if (open) {
                player.lookAtView();
                player.checkRoots();
            } else {
                player.begun();
            }
        } catch (final HeapException e) {
            player.check(mustWait && !open, "refused to be inevitable: " + e.getMessage());
        }
    }
}
