package org.segstm.heap.finalization;

import org.segstm.heap.Mutator;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Objects that were registered with this queue and cannot be reached any more, in the order in which their turn came.
 * They stay alive until a transaction that has taken them ends. Made by
 * {@link org.segstm.heap.SegmentHeap#newFinalizerQueue}; thread safe.
 */
public final class FinalizerQueue {
    private final Runnable trigger;
    private final TreeMap<Long, Registration> ready = new TreeMap<>();
    private final Set<Registration> taken = new HashSet<>();
    private boolean triggerIsDue;

    FinalizerQueue(final Runnable trigger) {
        this.trigger = trigger;
    }

    /**
     * Takes an object, for good when the running transaction commits. When it aborts, the object is in its place again.
     * Does not make the transaction inevitable, and cannot conflict.
     *
     * @param mutator that runs a transaction.
     * @return ref of an object, or 0 when there is none that this transaction can see: objects that another one has
     *     left behind since it began come to later transactions.
     */
    public long next(final Mutator mutator) {
        final Registration registration = take(mutator);
        return registration == null ? 0 : registration.ref();
    }

    /**
     * Number of objects to take.
     *
     * @return the number.
     */
    public synchronized int size() {
        return ready.size();
    }

    Registration take(final Mutator mutator) {
        final long revision = mutator.inspect().viewRevision();
        final Registration registration = takeVisible(revision);
        if (registration != null) {
            try {
                mutator.onCommit(() -> drop(registration));
                mutator.onAbort(() -> putBack(registration));
            } catch (final IllegalStateException e) {
                putBack(registration);
                throw e;
            }
        }
        return registration;
    }

    private synchronized Registration takeVisible(final long revision) {
        for (final Iterator<Registration> i = ready.values().iterator(); i.hasNext();) {
            final Registration registration = i.next();
            if (registration.revision() <= revision) {
                i.remove();
                taken.add(registration);
                return registration;
            }
        }
        return null;
    }

    private synchronized void putBack(final Registration registration) {
        if (taken.remove(registration)) {
            ready.put(registration.sequence(), registration);
        }
    }

    synchronized void drop(final Registration registration) {
        taken.remove(registration);
        ready.remove(registration.sequence(), registration);
    }

    synchronized void add(final Registration registration) {
        ready.put(registration.sequence(), registration);
        triggerIsDue = true;
    }

    synchronized void visitRoots(final LongConsumer visitor) {
        ready.values().forEach(registration -> visitor.accept(registration.ref()));
        taken.forEach(registration -> visitor.accept(registration.ref()));
    }

    /** Calls the trigger when something was added since the last time. */
    void runTrigger() {
        synchronized (this) {
            if (!triggerIsDue) {
                return;
            }
            triggerIsDue = false;
        }
        trigger.run();
    }
}
