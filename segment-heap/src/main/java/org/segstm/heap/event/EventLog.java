package org.segstm.heap.event;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongFunction;

import org.segstm.heap.AbortCause;

/**
 * An event log, see {@link EventFormat}. A thread of its own writes the file; mutators hand it full buffers, and wait
 * only when it is far behind. A file that cannot be written to any more is an error when the log is closed, not before.
 */
public final class EventLog implements AutoCloseable {
    private static final int MOST_CHUNKS_WAITING = 1024;
    private static final byte[] LAST = new byte[0];

    private final DataOutputStream file;
    private final boolean conflicts;
    private final LongFunction<String> locationText;
    private final long start = System.nanoTime();
    private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>(MOST_CHUNKS_WAITING);
    private final List<EventBuffer> buffers = new ArrayList<>();
    private final Set<Long> namedLocations = new HashSet<>();
    private final Set<Long> namedLayouts = new HashSet<>();
    private final WriterRing writers = new WriterRing();
    private final Thread thread = new Thread(this::writeFile, "segstm-event-log");
    private IOException failure;
    private boolean closed;

    private EventLog(final OutputStream out, final boolean conflicts, final LongFunction<String> locationText)
            throws IOException {
        this.file = new DataOutputStream(new BufferedOutputStream(out, EventFormat.MAXIMUM_CHUNK_BYTES));
        this.conflicts = conflicts;
        this.locationText = locationText;
        writeHeader();
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Creates a log of what mutators do, without locations of reads and writes.
     *
     * @param path of the file; overwritten.
     * @return the log, to be closed after its heap.
     * @throws IOException when the file cannot be written.
     */
    public static EventLog create(final Path path) throws IOException {
        return new EventLog(Files.newOutputStream(path), false, Long::toString);
    }

    /**
     * Creates a log that also tells where both sides of each conflict were. Mutators then note the location of each
     * first read and write of an object: expect transactions to take twice as long.
     *
     * @param path         of the file; overwritten.
     * @param locationText expands a location number; called when the location is met in a conflict first.
     * @return the log, to be closed after its heap.
     * @throws IOException when the file cannot be written.
     */
    public static EventLog createWithLocations(final Path path, final LongFunction<String> locationText)
            throws IOException {
        return new EventLog(Files.newOutputStream(path), true, locationText);
    }

    /**
     * Do mutators note locations?
     *
     * @return true when they do.
     */
    public boolean hasLocations() {
        return conflicts;
    }

    /**
     * Who wrote what, lately.
     *
     * @return the ring.
     */
    public WriterRing writers() {
        return writers;
    }

    /**
     * Adds a mutator.
     *
     * @param name of it.
     * @return its buffer.
     */
    public EventBuffer attach(final String name) {
        final EventBuffer buffer;
        synchronized (buffers) {
            buffer = new EventBuffer(this, buffers.size() + 1);
            buffers.add(buffer);
        }
        chunk(EventFormat.MUTATOR, out -> {
            out.writeInt(buffer.number());
            out.writeLong(System.nanoTime() - start);
            out.writeUTF(name);
        });
        return buffer;
    }

    void events(final int number, final long base, final byte[] bytes) {
        chunk(EventFormat.EVENTS, out -> {
            out.writeInt(number);
            out.writeLong(base - start);
            out.write(bytes);
        });
    }

    /**
     * Adds a conflict.
     *
     * @param victim         number of the mutator that was rolled back.
     * @param writer         number of the one that committed, 0 when unknown.
     * @param layoutId       of the object.
     * @param layoutName     of the object.
     * @param cardRef        of the object, or of the card of it.
     * @param writerLocation where it was written, 0 when unknown.
     * @param victimLocation where it was read or written, 0 when unknown.
     * @param lostNanos      time run in vain.
     */
    public void conflict(
            final int victim, final int writer, final int layoutId, final String layoutName, final long cardRef,
            final long writerLocation, final long victimLocation, final long lostNanos) {
        synchronized (namedLocations) {
            nameLocation(writerLocation);
            nameLocation(victimLocation);
            if (namedLayouts.add((long) layoutId)) {
                name(EventFormat.LAYOUTS, layoutId, layoutName);
            }
        }
        chunk(EventFormat.CONFLICT, out -> {
            out.writeLong(System.nanoTime() - start);
            out.writeInt(victim);
            out.writeInt(writer);
            out.writeInt(layoutId);
            out.writeLong(cardRef);
            out.writeLong(writerLocation);
            out.writeLong(victimLocation);
            out.writeLong(lostNanos);
        });
    }

    private void nameLocation(final long location) {
        if (location != 0 && namedLocations.add(location)) {
            name(EventFormat.LOCATIONS, location, locationText.apply(location));
        }
    }

    private void name(final int table, final long id, final String text) {
        chunk(EventFormat.NAME, out -> {
            out.writeByte(table);
            out.writeLong(id);
            out.writeUTF(text);
        });
    }

    /**
     * Adds a reshare or major collection.
     *
     * @param startNanos when it began, by {@link System#nanoTime()}.
     * @param pauseNanos how long it took.
     * @param kind       of collection.
     * @param cause      of it.
     */
    public void collection(final long startNanos, final long pauseNanos, final String kind, final String cause) {
        chunk(EventFormat.COLLECTION, out -> {
            out.writeLong(startNanos - start);
            out.writeLong(startNanos - start + pauseNanos);
            out.writeUTF(kind);
            out.writeUTF(cause);
        });
    }

    /**
     * Writes what is left and closes the file. The mutators must be idle.
     *
     * @throws UncheckedIOException when the file could not be written as a whole.
     */
    @Override
    public void close() {
        synchronized (buffers) {
            if (closed) {
                return;
            }
            closed = true;
            buffers.forEach(EventBuffer::flush);
        }
        chunk(EventFormat.END, out -> out.writeLong(System.nanoTime() - start));
        put(LAST);
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new UncheckedIOException(failure);
        }
    }

    private void chunk(final int type, final Payload payload) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        try {
            payload.write(out);
            final ByteArrayOutputStream whole = new ByteArrayOutputStream(bytes.size() + Integer.BYTES + 1);
            final DataOutputStream head = new DataOutputStream(whole);
            head.writeByte(type);
            head.writeInt(bytes.size());
            bytes.writeTo(whole);
            put(whole.toByteArray());
        } catch (final IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
    }

    private void put(final byte[] bytes) {
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            try {
                queue.put(bytes);
                done = true;
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on taking chunks after a failure, so that nobody waits for room in the queue. */
    private void writeFile() {
        try {
            for (byte[] chunk = queue.take(); chunk != LAST; chunk = queue.take()) {
                writeUnlessFailed(chunk);
            }
            file.close();
        } catch (final IOException e) {
            failure = failure == null ? e : failure;
        } catch (final InterruptedException e) {
            failure = new IOException("the writer of the event log was interrupted", e);
        }
    }

    private void writeUnlessFailed(final byte[] chunk) {
        if (failure == null) {
            try {
                file.write(chunk);
            } catch (final IOException e) {
                failure = e;
            }
        }
    }

    private void writeHeader() throws IOException {
        file.writeLong(EventFormat.MAGIC);
        file.writeInt(EventFormat.VERSION);
        file.writeLong(System.currentTimeMillis());
        file.writeByte(EventKind.values().length);
        for (final EventKind kind : EventKind.values()) {
            file.writeUTF(kind.name());
            file.writeByte(kind.arguments());
        }
        file.writeByte(Activity.values().length);
        for (final Activity activity : Activity.values()) {
            file.writeUTF(activity.title());
        }
        file.writeByte(AbortCause.values().length);
        for (final AbortCause cause : AbortCause.values()) {
            file.writeUTF(cause.name());
        }
    }

    /** Writes the payload of a chunk. */
    private interface Payload {
        void write(DataOutputStream out) throws IOException;
    }
}
