package org.segstm.heap.finalization;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * All finalizers of a heap: those of running transactions, those of committed objects, and the queues of those whose
 * turn has come. Locks are held for moments only, never while waiting.
 */
public final class FinalizationTable {
    private final Runnable whenReady;
    private final FinalizerQueue automatic = new FinalizerQueue(() -> { });
    private final List<FinalizerQueue> queues = new ArrayList<>();
    private final Set<Registrations> inFlight = new HashSet<>();
    private List<Registration> registered = new ArrayList<>();
    private long nextSequence;

    /**
     * Makes an empty table.
     *
     * @param whenReady called when the turn of some object has come; must be short.
     */
    public FinalizationTable(final Runnable whenReady) {
        this.whenReady = whenReady;
        queues.add(automatic);
    }

    /**
     * The queue of objects whose finalizers the heap runs by itself.
     *
     * @return the queue.
     */
    public FinalizerQueue automatic() {
        return automatic;
    }

    /**
     * Makes a queue.
     *
     * @param trigger to call when objects have come.
     * @return the queue.
     */
    public synchronized FinalizerQueue newQueue(final Runnable trigger) {
        final FinalizerQueue queue = new FinalizerQueue(trigger);
        queues.add(queue);
        return queue;
    }

    /**
     * A transaction registers for the first time.
     *
     * @return where to add what it registers; the objects stay alive until it ends.
     */
    public synchronized Registrations begin() {
        final Registrations registrations = new Registrations();
        inFlight.add(registrations);
        return registrations;
    }

    /**
     * The transaction has committed, its objects are old.
     *
     * @param registrations of the transaction.
     */
    public void committed(final Registrations registrations) {
        boolean any = false;
        synchronized (this) {
            if (inFlight.remove(registrations)) {
                for (final Registration registration : registrations.all()) {
                    if (registration.isReady()) {
                        enqueue(registration);
                        any = true;
                    } else {
                        registered.add(registration);
                    }
                }
            }
            registrations.close();
        }
        if (any) {
            whenReady.run();
        }
    }

    /**
     * The transaction was rolled back.
     *
     * @param registrations of the transaction.
     */
    public synchronized void discarded(final Registrations registrations) {
        inFlight.remove(registrations);
        registrations.close();
    }

    /**
     * Major collector only: objects that live on whether they can be reached or not.
     *
     * @param visitor to call for each.
     */
    public synchronized void visitRoots(final LongConsumer visitor) {
        inFlight.forEach(registrations -> registrations.all().forEach(one -> visitor.accept(one.ref())));
        queues.forEach(queue -> queue.visitRoots(visitor));
    }

    /**
     * Major collector only: finalizers of committed objects, in the order of registration.
     *
     * @return a copy.
     */
    public synchronized List<Registration> registered() {
        return new ArrayList<>(registered);
    }

    /**
     * Major collector only: the turn of some objects has come.
     *
     * @param ready     their registrations, in this order.
     * @param remaining all other registrations of committed objects.
     */
    public void ready(final List<Registration> ready, final List<Registration> remaining) {
        synchronized (this) {
            registered = new ArrayList<>(remaining);
            ready.forEach(this::enqueue);
        }
        if (!ready.isEmpty()) {
            whenReady.run();
        }
    }

    private void enqueue(final Registration registration) {
        registration.sequence(nextSequence++);
        registration.queue().add(registration);
    }

    synchronized List<FinalizerQueue> queues() {
        return new ArrayList<>(queues);
    }

    synchronized boolean owns(final FinalizerQueue queue) {
        return queues.contains(queue);
    }

    /**
     * Checks that a queue is of this heap.
     *
     * @param queue to check.
     */
    public void checkOwns(final FinalizerQueue queue) {
        if (!owns(queue)) {
            throw new IllegalArgumentException("the finalizer queue is of another heap");
        }
    }
}
