package org.segstm.heap.finalization;

import java.util.ArrayList;
import java.util.List;

/** What a transaction has registered. */
public final class Registrations {
    private final List<Registration> all = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Adds one.
     *
     * @param registration of the running transaction.
     */
    public void add(final Registration registration) {
        all.add(registration);
    }

    /**
     * What was registered.
     *
     * @return in the order of registration.
     */
    public List<Registration> all() {
        return all;
    }

    /**
     * Forgets what was registered last: the transaction was rolled back in part.
     *
     * @param count how many remain.
     */
    public void truncate(final int count) {
        all.subList(count, all.size()).clear();
    }

    /**
     * Has the transaction ended?
     *
     * @return true when what was registered is no longer its business.
     */
    public boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }
}
