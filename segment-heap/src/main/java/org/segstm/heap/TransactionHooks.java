package org.segstm.heap;

import java.util.ArrayList;
import java.util.List;

/** What a VM has asked to be done when a mutator's transactions begin and end. */
final class TransactionHooks {
    private final List<TransactionState> states = new ArrayList<>();
    private final List<Runnable> commitCallbacks = new ArrayList<>();
    private final List<Runnable> abortCallbacks = new ArrayList<>();
    private final List<Savepoint> savepoints = new ArrayList<>();

    void addState(final TransactionState state) {
        states.add(state);
    }

    void onCommit(final Runnable action) {
        commitCallbacks.add(action);
    }

    void onAbort(final Runnable action) {
        abortCallbacks.add(action);
    }

    void begun() {
        for (int i = 0; i < states.size(); i++) {
            states.get(i).save();
        }
    }

    /** A nested block begins. */
    void savepoint() {
        final Object[] saved = new Object[states.size()];
        for (int i = 0; i < saved.length; i++) {
            saved[i] = states.get(i).saveNested();
        }
        savepoints.add(new Savepoint(saved, commitCallbacks.size(), abortCallbacks.size()));
    }

    /** A nested block has ended well: what it asked for is asked for by what is around it. */
    void mergeSavepoint() {
        savepoints.remove(savepoints.size() - 1);
    }

    /** A nested block was undone. */
    void rolledBackToSavepoint() {
        final Savepoint savepoint = savepoints.remove(savepoints.size() - 1);
        for (int i = savepoint.states.length - 1; i >= 0; i--) {
            states.get(i).restoreNested(savepoint.states[i]);
        }
        commitCallbacks.subList(savepoint.commitCallbacks, commitCallbacks.size()).clear();
        final List<Runnable> since = abortCallbacks.subList(savepoint.abortCallbacks, abortCallbacks.size());
        final List<Runnable> due = new ArrayList<>(since);
        since.clear();
        due.forEach(Runnable::run);
    }

    void committed() {
        run(commitCallbacks, abortCallbacks);
    }

    void aborted() {
        if (!savepoints.isEmpty()) {
            savepoints.clear();
        }
        for (int i = states.size() - 1; i >= 0; i--) {
            states.get(i).restore();
        }
        run(abortCallbacks, commitCallbacks);
    }

    private static void run(final List<Runnable> run, final List<Runnable> forget) {
        if (!forget.isEmpty()) {
            forget.clear();
        }
        if (!run.isEmpty()) {
            final List<Runnable> due = new ArrayList<>(run);
            run.clear();
            due.forEach(Runnable::run);
        }
    }

    /** What there was when a nested block began. */
    private static final class Savepoint {
        private final Object[] states;
        private final int commitCallbacks;
        private final int abortCallbacks;

        Savepoint(final Object[] states, final int commitCallbacks, final int abortCallbacks) {
            this.states = states;
            this.commitCallbacks = commitCallbacks;
            this.abortCallbacks = abortCallbacks;
        }
    }
}
