package org.segstm.heap.event;

import java.util.Arrays;

/** Events of one mutator that are not yet on their way to the file. Thread safe; mostly used by one thread. */
public final class EventBuffer {
    private static final int BYTES = 1 << 15;
    private static final int LONGEST_EVENT = 32;
    private static final int PAYLOAD_MASK = 0x7F;
    private static final int MORE = 0x80;
    private static final int PAYLOAD_BITS = 7;

    private final EventLog log;
    private final int number;
    private final byte[] bytes = new byte[BYTES];
    private int position;
    private long base;
    private long last;

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
        log.detach(this);
    }

    /**
     * Adds an event.
     *
     * @param kind     of the event.
     * @param nanoTime when it was, by {@link System#nanoTime()}.
     * @param argument its argument; ignored when it has none.
     */
    public synchronized void add(final EventKind kind, final long nanoTime, final int argument) {
        if (position > BYTES - LONGEST_EVENT) {
            flush();
        }
        if (position == 0) {
            base = nanoTime;
            last = nanoTime;
        }
        bytes[position++] = (byte) kind.ordinal();
        varint(Math.max(0, nanoTime - last));
        last = Math.max(last, nanoTime);
        if (kind.arguments() != 0) {
            varint(argument);
        }
    }

    private void varint(final long value) {
        long rest = value;
        while (rest > PAYLOAD_MASK) {
            bytes[position++] = (byte) (rest & PAYLOAD_MASK | MORE);
            rest >>>= PAYLOAD_BITS;
        }
        bytes[position++] = (byte) rest;
    }

    /** Sends off what there is. */
    public synchronized void flush() {
        if (position != 0) {
            log.events(number, base, Arrays.copyOf(bytes, position));
            position = 0;
        }
    }
}
