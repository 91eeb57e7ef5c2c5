package org.segstm.heap.world;

import java.util.ArrayDeque;

/**
 * The right to make the world stand still: one thread's at a time, which may take it again and again; first come, first
 * served. That of a dead thread lapses.
 */
final class StopRight {
    private static final long LOOK_FOR_DEAD_THREADS_MS = 50;
    private final ArrayDeque<Thread> queue = new ArrayDeque<>();
    private volatile Thread holder;
    private int depth;

    /** Waits for it. Says whether it was taken over from a dead thread. */
    synchronized boolean acquire() {
        final Thread me = Thread.currentThread();
        boolean lapsed = false;
        boolean interrupted = false;
        if (holder != me) {
            queue.add(me);
            while (holder != null || queue.peek() != me) {
                if (isAbandoned()) {
                    lapse();
                    lapsed = true;
                    continue;
                }
                queue.removeIf(thread -> !thread.isAlive());
                try {
                    wait(LOOK_FOR_DEAD_THREADS_MS);
                } catch (final InterruptedException e) {
                    interrupted = true;
                }
            }
            queue.remove();
            holder = me;
        }
        depth++;
        if (interrupted) {
            me.interrupt();
        }
        return lapsed;
    }

    /** Takes it when nobody else has it, or wants it first. */
    synchronized boolean tryAcquire() {
        final Thread me = Thread.currentThread();
        if (holder != me) {
            if (holder != null || !queue.isEmpty()) {
                return false;
            }
            holder = me;
        }
        depth++;
        return true;
    }

    synchronized void release() {
        if (--depth == 0) {
            holder = null;
            notifyAll();
        }
    }

    /** How often the calling thread has taken it. */
    synchronized int depth() {
        return isMine() ? depth : 0;
    }

    boolean isMine() {
        return holder == Thread.currentThread();
    }

    /** Has it been left by a dead thread? */
    boolean isAbandoned() {
        final Thread current = holder;
        return current != null && !current.isAlive();
    }

    private void lapse() {
        holder = null;
        depth = 0;
        notifyAll();
    }
}
