package org.segstm.heap.world;

import org.segstm.heap.HeapContext;
import org.segstm.heap.OutOfHeapException;

import java.util.concurrent.atomic.AtomicLong;

/**
 * When to collect. What grows tells its size here and sets a flag when that passes a limit; mutators look at the
 * flag, one load, at commits and in the slow path of safepoints. Limits move with each collection: what cannot shrink
 * now must not be tried again at once.
 */
public final class Pressure {
    private static final int RESHARE = 1;
    private static final int MAJOR = 1 << 1;
    private static final int FINALIZATION = 1 << 2;
    private static final int LOG_BUDGET_HEADROOM = 3;

    private final long heapBytes;
    private final long softBytes;
    private final long reshareAtBytes;
    private final long gainBytes;
    private volatile int due;
    private final MajorSchedule schedule;
    private final AtomicLong uncommittedBytes = new AtomicLong();
    private volatile long majorAtSettledBytes;
    private volatile long majorAtUsedBytes;
    private long unavailingBytes;
    private long liveBytes;

    /**
     * Makes the limits of a heap.
     *
     * @param context concluded configuration.
     */
    public Pressure(final HeapContext context) {
        this(context.heapBytes(), context.softHeapBytes(), context.growth(), context.minimumMajorBytes(),
            context.privateBudgetBytes());
    }

    /**
     * Makes the limits of a space that is never collected.
     *
     * @param bytes its size.
     */
    public Pressure(final long bytes) {
        this(bytes, bytes, 1, bytes, Long.MAX_VALUE);
    }

    private Pressure(
        final long heapBytes, final long softBytes, final double growth, final long minimumBytes,
        final long privateBudgetBytes) {
        this.heapBytes = heapBytes;
        this.softBytes = softBytes;
        this.gainBytes = privateBudgetBytes >>> LOG_BUDGET_HEADROOM;
        this.reshareAtBytes = privateBudgetBytes - gainBytes;
        this.schedule = new MajorSchedule(heapBytes, softBytes, growth, minimumBytes);
        takeSchedule();
    }

    /**
     * Is it time for some collection?
     *
     * @return true when a limit was passed.
     */
    public boolean isDue() {
        return due != 0;
    }

    /**
     * Is it time for a major collection?
     *
     * @return true when its limit was passed.
     */
    public boolean isMajorDue() {
        return (due & MAJOR) != 0;
    }

    /**
     * Are there finalizers to run?
     *
     * @return true when there may be.
     */
    public boolean isFinalizationDue() {
        return (due & FINALIZATION) != 0;
    }

    /** The turn of some finalizer has come. */
    public void finalizersAreReady() {
        setDue(FINALIZATION);
    }

    /** Somebody is about to run all finalizers whose turn has come. */
    public synchronized void finalizersAreTaken() {
        due &= ~FINALIZATION;
    }

    /**
     * Is it time for a reshare, and would it help?
     *
     * @param privateBytes private memory now.
     * @param endedBytes   private memory of the segment whose transaction has just ended, which a reshare drops for
     *                     sure; 0 inside a transaction.
     * @return true when it is.
     */
    public synchronized boolean isReshareDue(final long privateBytes, final long endedBytes) {
        return privateBytes >= reshareAtBytes
            && (endedBytes >= gainBytes || privateBytes >= unavailingBytes + gainBytes);
    }

    /**
     * Private memory has grown.
     *
     * @param privateBytes over all segments.
     * @return true when the one who made it grow should come to a safepoint soon.
     */
    public boolean privateMemoryGrew(final long privateBytes) {
        if (privateBytes < reshareAtBytes) {
            return false;
        }
        setDue(RESHARE);
        return true;
    }

    /**
     * Memory handed out in the old space has grown.
     *
     * @param usedBytes bytes.
     */
    public void usedMemoryGrew(final long usedBytes) {
        if (usedBytes - uncommittedBytes.get() > majorAtSettledBytes || usedBytes > majorAtUsedBytes) {
            setDue(MAJOR);
        }
    }

    /**
     * A running transaction has taken memory, which no collection can free, or given some of it back.
     *
     * @param bytes negative when it was given back.
     */
    public void uncommittedMemoryGrew(final long bytes) {
        uncommittedBytes.addAndGet(bytes);
    }

    /**
     * A transaction has committed that had taken memory.
     *
     * @param bytes     that it had taken.
     * @param usedBytes handed out now, over all.
     */
    public void memoryCommitted(final long bytes, final long usedBytes) {
        synchronized (this) {
            schedule.committed(bytes);
            takeSchedule();
            uncommittedBytes.addAndGet(-bytes);
        }
        usedMemoryGrew(usedBytes);
    }

    /**
     * A reshare is done.
     *
     * @param privateBytes that are left.
     */
    public synchronized void reshared(final long privateBytes) {
        unavailingBytes = privateBytes;
        if (privateBytes < reshareAtBytes) {
            due &= ~RESHARE;
        }
    }

    /**
     * A major collection is done.
     *
     * @param usedBeforeBytes handed out before it.
     * @param usedBytes       handed out now.
     * @param newLiveBytes    of which are objects.
     */
    public synchronized void collected(
        final long usedBeforeBytes, final long usedBytes, final long newLiveBytes) {
        liveBytes = newLiveBytes;
        schedule.collected(usedBeforeBytes, usedBytes, uncommittedBytes.get(), newLiveBytes);
        takeSchedule();
        due &= ~MAJOR;
    }

    private void takeSchedule() {
        majorAtSettledBytes = schedule.dueAtSettledBytes();
        majorAtUsedBytes = schedule.dueAtUsedBytes();
    }

    /**
     * Memory of objects that lived on in the last major collection.
     *
     * @return bytes, 0 before the first one.
     */
    public synchronized long liveBytes() {
        return liveBytes;
    }

    /**
     * Is the soft limit passed?
     *
     * @param usedBytes handed out now.
     * @return true when it is.
     */
    public boolean isNearExhaustion(final long usedBytes) {
        return usedBytes > softBytes;
    }

    /**
     * There is no room for an object.
     *
     * @param requestedBytes its size, or that of the slot for it.
     * @param usedBytes      handed out now.
     * @param freeRunBytes   longest free stretch.
     * @return the exception to throw, with the figures.
     */
    public OutOfHeapException outOfHeap(final long requestedBytes, final long usedBytes, final long freeRunBytes) {
        if (requestedBytes <= heapBytes) {
            setDue(MAJOR);
        }
        return new OutOfHeapException(requestedBytes, usedBytes, liveBytes(), softBytes, heapBytes, freeRunBytes);
    }

    private synchronized void setDue(final int what) {
        due |= what;
    }
}
