package org.segstm.heap;

import java.util.ArrayList;
import java.util.List;

/** What a VM has asked to be done when a mutator's transactions begin and end. See {@link EffectAccess}. */
final class TransactionHooks {
    private final List<TransactionState> states = new ArrayList<>();
    private final CallbackList commitCallbacks = new CallbackList();
    private final CallbackList abortCallbacks = new CallbackList();
    private int level;

    CallbackList commitCallbacks() {
        return commitCallbacks;
    }

    CallbackList abortCallbacks() {
        return abortCallbacks;
    }

    void addState(final TransactionState state, final boolean inTransaction) {
        if (inTransaction) {
            for (int i = 0; i <= level; i++) {
                state.save(i);
            }
        }
        states.add(state);
    }

    boolean removeState(final TransactionState state) {
        return states.remove(state);
    }

    boolean hasStates() {
        return !states.isEmpty();
    }

    void begun() {
        for (int i = 0; i < states.size(); i++) {
            states.get(i).save(0);
        }
    }

    /** A savepoint begins; the others end in the reverse order of their begins. */
    void savepoint() {
        level++;
        commitCallbacks.savepoint();
        abortCallbacks.savepoint();
        for (int i = 0; i < states.size(); i++) {
            states.get(i).save(level);
        }
    }

    /** The newest savepoint ends well: what was registered since belongs to the one around it. */
    void mergeSavepoint() {
        level--;
        commitCallbacks.mergeSavepoint();
        abortCallbacks.mergeSavepoint();
    }

    /**
     * What was done since the newest savepoint was rolled back.
     *
     * @return what to throw when the rollback is complete, or null.
     */
    TransactionCallbackException rolledBackToSavepoint() {
        final Failures failures = restoreStates(level--);
        commitCallbacks.takeSinceSavepoint();
        run(abortCallbacks.takeSinceSavepoint(), failures);
        return failures.exception(false);
    }

    /**
     * The transaction has committed.
     *
     * @return what to throw when nothing else is left to do, or null.
     */
    TransactionCallbackException committed() {
        level = 0;
        if (!abortCallbacks.isEmpty()) {
            abortCallbacks.takeAll();
        }
        return commitCallbacks.isEmpty() ? null : runAll(commitCallbacks);
    }

    private static TransactionCallbackException runAll(final CallbackList callbacks) {
        final Failures failures = new Failures();
        run(callbacks.takeAll(), failures);
        return failures.exception(true);
    }

    /**
     * The transaction was rolled back.
     *
     * @return what to throw when nothing else is left to do, or null.
     */
    TransactionCallbackException aborted() {
        level = 0;
        final Failures failures = restoreStates(0);
        commitCallbacks.takeAll();
        run(abortCallbacks.takeAll(), failures);
        return failures.exception(false);
    }

    private Failures restoreStates(final int toLevel) {
        final Failures failures = new Failures();
        for (int i = states.size() - 1; i >= 0; i--) {
            try {
                states.get(i).restore(toLevel);
            } catch (final RuntimeException | Error e) {
                failures.add(e);
            }
        }
        return failures;
    }

    private static void run(final List<Runnable> due, final Failures failures) {
        for (final Runnable action : due) {
            try {
                action.run();
            } catch (final RuntimeException | Error e) {
                failures.add(e);
            }
        }
    }

    /** What callbacks have thrown. */
    private static final class Failures {
        private Throwable first;

        void add(final Throwable thrown) {
            if (first == null) {
                first = thrown;
            } else if (first != thrown) {
                first.addSuppressed(thrown);
            }
        }

        TransactionCallbackException exception(final boolean committed) {
            return first == null ? null : new TransactionCallbackException(committed, first);
        }
    }
}
