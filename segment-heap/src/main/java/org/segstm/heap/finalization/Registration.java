package org.segstm.heap.finalization;

/** A finalizer of an object. Changed by who runs the transaction that made it, then by who stopped all mutators. */
public final class Registration {
    private final FinalizerQueue queue;
    private final Finalizer finalizer;
    private long ref;
    private boolean diedYoung;
    private boolean isReady;
    private long revision;
    private long sequence;

    /**
     * Makes a registration.
     *
     * @param ref       of the object.
     * @param queue     to put it in when it cannot be reached any more.
     * @param finalizer to run then, or null.
     */
    public Registration(final long ref, final FinalizerQueue queue, final Finalizer finalizer) {
        this.ref = ref;
        this.queue = queue;
        this.finalizer = finalizer;
    }

    /**
     * The object.
     *
     * @return its ref.
     */
    public long ref() {
        return ref;
    }

    /**
     * The object has moved.
     *
     * @param movedTo its new ref.
     */
    public void ref(final long movedTo) {
        ref = movedTo;
    }

    /**
     * Was it found unreachable by the transaction that registered it?
     *
     * @return true when it was.
     */
    public boolean diedYoung() {
        return diedYoung;
    }

    /** The transaction that registered it cannot reach it any more. */
    public void foundDeadYoung() {
        diedYoung = true;
    }

    /**
     * It is its turn as soon as its transaction has committed.
     *
     * @param committedRevision that a view must have to see the object.
     */
    public void readyAtCommit(final long committedRevision) {
        isReady = true;
        revision = committedRevision;
    }

    boolean isReady() {
        return isReady;
    }

    long revision() {
        return revision;
    }

    Finalizer finalizer() {
        return finalizer;
    }

    FinalizerQueue queue() {
        return queue;
    }

    long sequence() {
        return sequence;
    }

    void sequence(final long number) {
        sequence = number;
    }
}
