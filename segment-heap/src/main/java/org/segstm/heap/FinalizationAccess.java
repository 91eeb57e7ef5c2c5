package org.segstm.heap;

import org.segstm.heap.finalization.FinalizationTable;
import org.segstm.heap.finalization.Finalizer;
import org.segstm.heap.finalization.FinalizerQueue;
import org.segstm.heap.finalization.Registration;
import org.segstm.heap.finalization.Registrations;

/** Registration of finalizers; see {@link org.segstm.heap.finalization} for their rules. */
public abstract class FinalizationAccess extends IdentityAccess {
    private Registrations registrations;

    FinalizationAccess(final SegmentHeap heap) {
        super(heap);
    }

    /**
     * Has a finalizer run when an object cannot be reached any more.
     *
     * @param ref       of the object.
     * @param finalizer to run once, in a transaction of its own.
     */
    public final void registerFinalizer(final long ref, final Finalizer finalizer) {
        if (finalizer == null) {
            throw new IllegalArgumentException("a finalizer is needed: finalizer=null");
        }
        register(ref, heap.tables().finalization().automatic(), finalizer);
    }

    /**
     * Has an object put in a queue when it cannot be reached any more.
     *
     * @param ref   of the object.
     * @param queue of this heap.
     */
    public final void registerFinalizer(final long ref, final FinalizerQueue queue) {
        heap.tables().finalization().checkOwns(queue);
        register(ref, queue, null);
    }

    private void register(final long ref, final FinalizerQueue queue, final Finalizer finalizer) {
        checkObject(ref);
        if (registrations == null || registrations.isClosed()) {
            start();
        }
        registrations.add(new Registration(ref, queue, finalizer));
    }

    /** In no-STM mode the collector ends what is begun here, when all objects are old. */
    private void start() {
        final FinalizationTable table = heap.tables().finalization();
        final Registrations begun = table.begin();
        registrations = begun;
        segment.collector().finalizersRegistered(begun);
        if (!segment.isSerial()) {
            onCommit(() -> {
                table.committed(begun);
                runFinalizersIfDue();
            });
        }
    }

    /** Before the mutator knows that its transaction was committed. */
    final void commitRegistrations() {
        final Registrations now = registrations();
        if (now != null && !segment.isSerial()) {
            heap.tables().finalization().committed(now);
        }
    }

    /** What was registered so far, for {@link #rollBackRegistrations}. */
    final Registrations registrations() {
        return registrations == null || registrations.isClosed() ? null : registrations;
    }

    /**
     * Forgets what a nested block has registered.
     *
     * @param before what {@link #registrations()} returned when it began.
     * @param count  how many there were.
     */
    final void rollBackRegistrations(final Registrations before, final int count) {
        final Registrations now = registrations();
        if (before != null) {
            before.truncate(count);
        } else if (now != null) {
            heap.tables().finalization().discarded(now);
        }
    }

    /** Runs finalizers and triggers of queues that are due now. To be called outside of transactions. */
    public abstract void runFinalizers();

    final void runFinalizersIfDue() {
        if (heap.pressure().isFinalizationDue()) {
            runFinalizers();
        }
    }
}
