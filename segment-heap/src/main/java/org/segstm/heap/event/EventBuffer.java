package org.segstm.heap.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Events of one mutator that are not yet on their way to the file. One thread at a time drives the mutator and writes
 * here; what others add waits until it comes by. Who closes the log takes what there is at any time: the bytes of a
 * block are only appended to, and its length is published by a release store after them, matched by an acquire load in
 * {@link Block#take}.
 */
public final class EventBuffer {
    private static final int BYTES = 1 << 15;
    private static final int LONGEST_EVENT = 32;
    private static final int PAYLOAD_MASK = 0x7F;
    private static final int MORE = 0x80;
    private static final int PAYLOAD_BITS = 7;
    private static final long LONGEST_STAY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final EventKind[] KINDS = EventKind.values();
    private static final VarHandle LENGTH;

    static {
        try {
            LENGTH = MethodHandles.lookup().findVarHandle(Block.class, "length", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final EventLog log;
    private final int number;
    /** Null when there is nothing to send off. */
    private volatile Block block;
    private byte[] bytes;
    private int position;
    private long base;
    private long last;
    private final Object monitor = new Object();
    /** Kind and argument in turn, of events that others have added; guarded by the monitor. */
    private int[] foreign = new int[2];
    private volatile int foreignLength;

    EventBuffer(final EventLog log, final int number) {
        this.log = log;
        this.number = number;
    }

    /**
     * The log that this belongs to.
     *
     * @return the log.
     */
    public EventLog log() {
        return log;
    }

    /** The mutator is closed. */
    public void close() {
        if (foreignLength != 0) {
            addForeign(System.nanoTime());
        }
        flush();
        log.detach(this);
    }

    /**
     * Adds an event. By the thread that drives the mutator.
     *
     * @param kind     of the event.
     * @param nanoTime when it was, by {@link System#nanoTime()}.
     * @param argument its argument; ignored when it has none.
     */
    public void add(final EventKind kind, final long nanoTime, final int argument) {
        if (foreignLength != 0) {
            addForeign(nanoTime);
        }
        append(kind, nanoTime, argument);
    }

    private void append(final EventKind kind, final long nanoTime, final int argument) {
        if (position > BYTES - LONGEST_EVENT || position != 0 && nanoTime - base > LONGEST_STAY_NS) {
            flush();
        }
        if (position == 0) {
            startBlock(nanoTime);
        }
        bytes[position++] = (byte) kind.ordinal();
        varint(Math.max(0, nanoTime - last));
        last = Math.max(last, nanoTime);
        if (kind.arguments() != 0) {
            varint(argument);
        }
        LENGTH.setRelease(block, position);
    }

    /**
     * Adds an event by a thread that does not drive the mutator. It gets the time of the next event of the mutator.
     *
     * @param kind     of the event.
     * @param argument its argument.
     */
    public void addFromAnother(final EventKind kind, final int argument) {
        synchronized (monitor) {
            final int length = foreignLength;
            if (length == foreign.length) {
                foreign = Arrays.copyOf(foreign, 2 * length);
            }
            foreign[length] = kind.ordinal();
            foreign[length + 1] = argument;
            foreignLength = length + 2;
        }
    }

    private void addForeign(final long nanoTime) {
        final int[] events;
        synchronized (monitor) {
            events = Arrays.copyOf(foreign, foreignLength);
            foreignLength = 0;
        }
        for (int i = 0; i < events.length; i += 2) {
            append(KINDS[events[i]], nanoTime, events[i + 1]);
        }
    }

    private void startBlock(final long nanoTime) {
        bytes = new byte[BYTES];
        base = Math.max(last, nanoTime);
        last = base;
        position = EventLog.EVENTS_HEAD_BYTES;
        block = new Block(bytes, base);
    }

    private void varint(final long value) {
        long rest = value;
        while (rest > PAYLOAD_MASK) {
            bytes[position++] = (byte) (rest & PAYLOAD_MASK | MORE);
            rest >>>= PAYLOAD_BITS;
        }
        bytes[position++] = (byte) rest;
    }

    private void flush() {
        final Block full = block;
        block = null;
        position = 0;
        if (full != null) {
            full.take(log, number);
        }
    }

    /** Sends off what there is, by any thread. What the mutator adds to the same block from now on is lost. */
    void flushForClose() {
        final Block current = block;
        if (current != null) {
            current.take(log, number);
        }
    }

    /** Bytes of events, with room for the head of a chunk before them. */
    private static final class Block {
        private final byte[] bytes;
        private final long base;
        private final AtomicBoolean taken = new AtomicBoolean();
        /** Accessed through its handle. */
        @SuppressWarnings("unused")
        private int length;

        Block(final byte[] bytes, final long base) {
            this.bytes = bytes;
            this.base = base;
        }

        void take(final EventLog log, final int number) {
            final int end = (int) LENGTH.getAcquire(this);
            if (end != 0 && taken.compareAndSet(false, true)) {
                log.events(number, base, bytes, end);
            }
        }
    }
}
