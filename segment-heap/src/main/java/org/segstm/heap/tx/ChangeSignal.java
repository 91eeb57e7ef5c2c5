package org.segstm.heap.tx;

/**
 * Where those sleep who wait for a commit. A committer looks at one flag, after its entry is in the log; who waits sets
 * the flag, then looks at the log, then sleeps: the two fences in between are those of the compare-and-set and of the
 * volatile store. The flag is taken back with the first commit, so that the following ones pay nothing until somebody
 * is about to sleep again.
 */
public final class ChangeSignal {
    private final Object monitor = new Object();
    private volatile boolean armed;
    private volatile int sleeping;
    private long generation;

    /**
     * Announces that the caller will sleep unless it finds that something has changed already.
     *
     * @return ticket for {@link #await}.
     */
    public long arm() {
        synchronized (monitor) {
            armed = true;
            return generation;
        }
    }

    /** Something has been committed. */
    public void changed() {
        if (armed) {
            wake();
        }
    }

    private void wake() {
        synchronized (monitor) {
            armed = false;
            generation++;
            monitor.notifyAll();
        }
    }

    /**
     * Sleeps until something was committed after the ticket was drawn.
     *
     * @param ticket       of {@link #arm()}.
     * @param milliseconds after which to return anyhow, 0 for never.
     * @throws InterruptedException when the thread is interrupted.
     */
    public void await(final long ticket, final long milliseconds) throws InterruptedException {
        synchronized (monitor) {
            sleeping++;
            try {
                if (milliseconds != 0 && generation == ticket) {
                    monitor.wait(milliseconds);
                }
                while (milliseconds == 0 && generation == ticket) {
                    monitor.wait();
                }
            } finally {
                sleeping--;
            }
        }
    }

    /**
     * How many sleep now.
     *
     * @return number of threads.
     */
    public int sleeping() {
        return sleeping;
    }
}
