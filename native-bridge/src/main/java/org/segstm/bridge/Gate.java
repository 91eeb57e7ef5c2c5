package org.segstm.bridge;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets any number of threads use a resource and one close it, once: closing waits for calls under
 * way, and calls after it are refused. Without it a call could reach an address range or a
 * descriptor that the system has meanwhile given to somebody else.
 */
final class Gate {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final String resource;
    private volatile boolean open = true;

    /** The resource's name is what a refusal calls it. */
    Gate(final String resource) {
        this.resource = resource;
    }

    /** Each return is to be followed by {@link #leave()}. */
    void enter() {
        lock.readLock().lock();
        if (!open) {
            lock.readLock().unlock();
            throw new IllegalStateException("must not be used after close: " + resource);
        }
    }

    void leave() {
        lock.readLock().unlock();
    }

    boolean isOpen() {
        return open;
    }

    /** True for the one caller that is to release the resource. */
    boolean close() {
        lock.writeLock().lock();
        try {
            final boolean wasOpen = open;
            open = false;
            return wasOpen;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
