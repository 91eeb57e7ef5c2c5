package org.segstm.gc.protocol.model;

import org.segstm.heap.Mutator;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.finalization.Finalizer;

/** A finalizer, or a registration with the queue, of a node. */
final class ModelFinalizer implements Finalizer {
    private final ModelNode node;
    private final Deaths deaths;
    private final boolean queued;
    private boolean committed;
    private boolean done;

    ModelFinalizer(final ModelNode node, final Deaths deaths, final boolean queued) {
        this.node = node;
        this.deaths = deaths;
        this.queued = queued;
    }

    ModelNode node() {
        return node;
    }

    boolean isQueued() {
        return queued;
    }

    boolean isCommitted() {
        return committed;
    }

    /** Has it run for good, or was it taken for good? */
    boolean isDone() {
        return done;
    }

    void committed() {
        committed = true;
        deaths.registered(this);
    }

    void done() {
        if (done) {
            throw new AssertionError("finalized twice: " + node);
        }
        done = true;
    }

    @Override
    public void finalizeObject(final Mutator mutator, final long ref) {
        try {
            deaths.finalized(this, Words.read(mutator, node, ref));
        } catch (final TransactionAbortedException e) {
            throw e;
        } catch (final RuntimeException e) {
            deaths.failed(node + " in its finalizer: " + e);
        }
    }
}
