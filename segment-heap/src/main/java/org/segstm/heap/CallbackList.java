package org.segstm.heap;

import java.util.ArrayList;
import java.util.List;

/** Callbacks of one kind that a transaction has registered, in order. */
final class CallbackList {
    private final List<Callback> callbacks = new ArrayList<>();
    /** Callbacks that were cancelled since the first savepoint: a rollback makes them due again. */
    private final List<Cancelled> cancelled = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();

    void add(final Object key, final Runnable action) {
        if (action == null) {
            throw new IllegalArgumentException("a callback is needed: action=null");
        }
        callbacks.add(new Callback(key, action));
    }

    int cancel(final Object key) {
        if (key == null) {
            throw new IllegalArgumentException("callbacks are cancelled by their key: key=null");
        }
        int count = 0;
        for (int i = 0; i < callbacks.size(); i++) {
            final Callback callback = callbacks.get(i);
            if (callback != null && key.equals(callback.key)) {
                callbacks.set(i, null);
                if (!levels.isEmpty()) {
                    cancelled.add(new Cancelled(i, callback));
                }
                count++;
            }
        }
        return count;
    }

    boolean isEmpty() {
        return callbacks.isEmpty();
    }

    void savepoint() {
        levels.add(new Level(callbacks.size(), cancelled.size()));
    }

    void mergeSavepoint() {
        levels.remove(levels.size() - 1);
        if (levels.isEmpty()) {
            cancelled.clear();
        }
    }

    /** Forgets what was registered since the newest savepoint, and forgets that. */
    List<Runnable> takeSinceSavepoint() {
        final Level level = levels.remove(levels.size() - 1);
        while (cancelled.size() > level.cancelledCount) {
            final Cancelled last = cancelled.remove(cancelled.size() - 1);
            if (last.index < level.callbackCount) {
                callbacks.set(last.index, last.callback);
            }
        }
        return takeFrom(level.callbackCount);
    }

    /** Forgets all. */
    List<Runnable> takeAll() {
        levels.clear();
        cancelled.clear();
        return takeFrom(0);
    }

    private List<Runnable> takeFrom(final int index) {
        final List<Callback> rest = callbacks.subList(index, callbacks.size());
        final List<Runnable> due = new ArrayList<>(rest.size());
        for (final Callback callback : rest) {
            if (callback != null) {
                due.add(callback.action);
            }
        }
        rest.clear();
        return due;
    }

    /** One callback. */
    private static final class Callback {
        private final Object key;
        private final Runnable action;

        Callback(final Object key, final Runnable action) {
            this.key = key;
            this.action = action;
        }
    }

    /** Where a callback was. */
    private static final class Cancelled {
        private final int index;
        private final Callback callback;

        Cancelled(final int index, final Callback callback) {
            this.index = index;
            this.callback = callback;
        }
    }

    /** What there was at a savepoint. */
    private static final class Level {
        private final int callbackCount;
        private final int cancelledCount;

        Level(final int callbackCount, final int cancelledCount) {
            this.callbackCount = callbackCount;
            this.cancelledCount = cancelledCount;
        }
    }
}
