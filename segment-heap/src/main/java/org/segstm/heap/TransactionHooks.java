package org.segstm.heap;

import java.util.ArrayList;
import java.util.List;

/** What a VM has asked to be done when a mutator's transactions begin and end. */
final class TransactionHooks {
    private final List<TransactionState> states = new ArrayList<>();
    private final List<Runnable> commitCallbacks = new ArrayList<>();
    private final List<Runnable> abortCallbacks = new ArrayList<>();

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

    void committed() {
        run(commitCallbacks, abortCallbacks);
    }

    void aborted() {
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
}
