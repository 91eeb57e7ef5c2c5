package org.segstm.jit.constants;

import org.segstm.heap.Mutator;
import org.segstm.jit.compile.Assumption;

/**
 * A ref that compiled code contains. It is <em>published</em> once its object is committed and in the old space: from
 * then on the ref never changes and any thread may use it. Until then it is <em>pending</em>: the mutator that made
 * the object may use it, which sees where the object is, and when its transaction aborts it is <em>lost</em>.
 */
public final class CodeConstant {
    private final CodeConstants table;
    private final Assumption assumption;
    private volatile long published;
    private volatile PendingConstants pending;
    private volatile String gone;
    private final int index;

    CodeConstant(final CodeConstants table, final String name, final long published, final PendingConstants pending,
        final int index) {
        this.table = table;
        this.assumption = new Assumption("constant " + name);
        this.published = published;
        this.pending = pending;
        this.index = index;
    }

    /**
     * May all threads use it, and is its ref final?
     *
     * @return true once it is.
     */
    public boolean isPublished() {
        return pending == null && gone == null;
    }

    /**
     * What code with this constant relies on: wrong when it is lost or released.
     *
     * @return an assumption for {@link org.segstm.jit.compile.CompiledCode}.
     */
    public Assumption assumption() {
        return assumption;
    }

    /**
     * The final ref.
     *
     * @return ref, null or immediate.
     * @throws IllegalStateException when it is not published.
     */
    public long ref() {
        if (!isPublished()) {
            throw new IllegalStateException(assumption + (gone == null ? " is not committed yet" : " was " + gone));
        }
        return published;
    }

    /**
     * The ref now: what code calls that was made before the constant was published.
     *
     * @param mutator that runs a transaction.
     * @return ref, null or immediate; good until the next safepoint.
     * @throws IllegalStateException when it is pending and another mutator has made the object, or it is lost.
     */
    public long ref(final Mutator mutator) {
        final PendingConstants own = pending;
        return own == null || gone != null ? ref() : own.ref(this, mutator);
    }

    int index() {
        return index;
    }

    CodeConstants table() {
        return table;
    }

    void publish(final long ref) {
        published = ref;
        pending = null;
    }

    void gone(final String how) {
        gone = how;
        assumption.invalidate("it was " + how);
    }

    @Override
    public String toString() {
        return assumption + (gone != null ? ", " + gone : pending != null ? ", pending"
            : " = 0x" + Long.toHexString(published));
    }
}
