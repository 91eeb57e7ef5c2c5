package org.segstm.heap.event;

import org.segstm.heap.AbortCause;
import org.segstm.heap.Contention;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An event log of one heap, see {@link EventFormat}. A thread of its own writes; mutators hand it full buffers, and
 * wait only when it is far behind. A file that cannot be written to any more is an error when the log is closed, not
 * before: the program goes on. Close the heap first: what comes after the log was closed is lost.
 */
public final class EventLog implements AutoCloseable {
    static final int EVENTS_HEAD_BYTES = 1 + Integer.BYTES + Integer.BYTES + Long.BYTES;
    private static final int CHUNK_HEAD_BYTES = 1 + Integer.BYTES;
    private static final int MOST_PIECES_WAITING = 1024;
    private static final int FILE_BUFFER_BYTES = 1 << 18;
    private static final long FLUSH_MS = 1000;
    private static final int LONGEST_TEXT = 1 << 14;

    private final DataOutputStream file;
    private final long start = System.nanoTime();
    private final BlockingQueue<Piece> queue = new LinkedBlockingQueue<>(MOST_PIECES_WAITING);
    private final Set<EventBuffer> buffers = ConcurrentHashMap.newKeySet();
    private final Set<Long> namedLocations = new HashSet<>();
    private final Set<Long> namedLayouts = new HashSet<>();
    private final Map<String, Integer> reasons = new HashMap<>();
    private final Thread thread = new Thread(this::writeFile, "segstm-event-log");
    private IOException failure;
    private boolean taken;
    /** The end: nothing is written after it. */
    private volatile Piece last;

    private EventLog(final OutputStream out) throws IOException {
        this.file = new DataOutputStream(new BufferedOutputStream(out, FILE_BUFFER_BYTES));
        writeHeader();
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Creates a log in a file.
     *
     * @param path of the file; overwritten.
     * @return the log, to be closed after its heap.
     * @throws IOException when the file cannot be written.
     */
    public static EventLog create(final Path path) throws IOException {
        return create(Files.newOutputStream(path));
    }

    /**
     * Creates a log.
     *
     * @param out to write to; closed with the log.
     * @return the log, to be closed after its heap.
     * @throws IOException when it cannot be written to.
     */
    public static EventLog create(final OutputStream out) throws IOException {
        try {
            return new EventLog(out);
        } catch (final IOException e) {
            try {
                out.close();
            } catch (final IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    /**
     * A heap begins to write here.
     *
     * @param settings of the heap, for a person to read.
     * @throws IllegalArgumentException when another heap does already.
     */
    public synchronized void heapOpened(final String settings) {
        if (taken) {
            throw new IllegalArgumentException("an event log serves one heap: make another one for the next");
        }
        taken = true;
        chunk(EventFormat.HEAP, out -> out.writeUTF(shortened(settings)));
    }

    /**
     * Adds a mutator.
     *
     * @param number of the mutator, that no other has.
     * @param name   of it.
     * @return its buffer.
     */
    public EventBuffer attach(final int number, final String name) {
        final EventBuffer buffer = new EventBuffer(this, number);
        buffers.add(buffer);
        chunk(EventFormat.MUTATOR, out -> {
            out.writeInt(number);
            out.writeLong(System.nanoTime() - start);
            out.writeUTF(shortened(name));
        });
        return buffer;
    }

    /** The mutator is closed. */
    void detach(final EventBuffer buffer) {
        buffers.remove(buffer);
    }

    /** Takes over the array, which has room for the head of the chunk. */
    void events(final int number, final long base, final byte[] bytes, final int length) {
        if (last == null) {
            ByteBuffer.wrap(bytes).put((byte) EventFormat.EVENTS).putInt(length - CHUNK_HEAD_BYTES)
                .putInt(number).putLong(base - start);
            enqueue(new Piece(bytes, length));
        }
    }

    /**
     * Number of a reason to be inevitable.
     *
     * @param reason any text.
     * @return from 1.
     */
    public int reason(final String reason) {
        synchronized (reasons) {
            final Integer known = reasons.get(reason);
            if (known != null) {
                return known;
            }
            final int number = reasons.size() + 1;
            reasons.put(reason, number);
            name(EventFormat.REASONS, number, reason);
            return number;
        }
    }

    /**
     * Adds a conflict.
     *
     * @param conflict to add.
     */
    public void conflict(final Conflict conflict) {
        final ConflictObject object = conflict.object();
        synchronized (namedLocations) {
            nameLocation(conflict.writer().location());
            nameLocation(conflict.victim().location());
            if (namedLayouts.add((long) object.layoutId())) {
                name(EventFormat.LAYOUTS, object.layoutId(), object.layout());
            }
        }
        chunk(EventFormat.CONFLICT, out -> {
            out.writeLong(conflict.nanoTime() - start);
            out.writeInt(conflict.victim().number());
            out.writeInt(conflict.writer().number());
            out.writeInt(object.layoutId());
            out.writeLong(object.cardRef());
            out.writeLong(idOf(conflict.writer().location()));
            out.writeLong(idOf(conflict.victim().location()));
            out.writeLong(conflict.lostNanos());
            out.writeLong(object.ref());
            out.writeLong(object.card());
            out.writeByte(conflict.cause().ordinal());
        });
    }

    private static long idOf(final Location location) {
        return location == null ? 0 : location.id();
    }

    private void nameLocation(final Location location) {
        if (location != null && namedLocations.add((long) location.id())) {
            name(EventFormat.LOCATIONS, location.id(), location.text());
        }
    }

    private void name(final int table, final long id, final String text) {
        chunk(EventFormat.NAME, out -> {
            out.writeByte(table);
            out.writeLong(id);
            out.writeUTF(shortened(text));
        });
    }

    private static String shortened(final String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
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
     * Writes what is left and closes the file.
     *
     * @throws UncheckedIOException when the file could not be written as a whole.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (last != null) {
                return;
            }
            buffers.forEach(EventBuffer::flushForClose);
            last = piece(EventFormat.END, out -> out.writeLong(System.nanoTime() - start));
            enqueue(last);
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw new UncheckedIOException("the event log is not complete: " + failure.getMessage(), failure);
        }
    }

    private void chunk(final int type, final Payload payload) {
        if (last == null) {
            enqueue(piece(type, payload));
        }
    }

    private static Piece piece(final int type, final Payload payload) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(type);
            out.writeInt(0);
            payload.write(out);
        } catch (final IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        final byte[] chunk = bytes.toByteArray();
        ByteBuffer.wrap(chunk).putInt(1, chunk.length - CHUNK_HEAD_BYTES);
        return new Piece(chunk, chunk.length);
    }

    /** Waits for room. After the end nobody takes anything out any more. */
    private void enqueue(final Piece piece) {
        boolean interrupted = false;
        boolean done = false;
        while (!done && thread.isAlive()) {
            try {
                done = queue.offer(piece, FLUSH_MS, TimeUnit.MILLISECONDS);
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on taking pieces after a failure, so that nobody waits for room in the queue. */
    private void writeFile() {
        boolean more = true;
        while (more) {
            try {
                final Piece piece = queue.poll(FLUSH_MS, TimeUnit.MILLISECONDS);
                more = piece == null || piece != last;
                writeUnlessFailed(piece);
            } catch (final InterruptedException e) {
                // Nobody has a reason to; it goes on until the log is closed.
                failed(new IOException("the writer of the event log was interrupted", e));
            }
        }
        try {
            file.close();
        } catch (final IOException e) {
            failed(e);
        }
    }

    private void writeUnlessFailed(final Piece piece) {
        if (failure == null) {
            try {
                if (piece == null) {
                    file.flush();
                } else {
                    file.write(piece.bytes, 0, piece.length);
                }
            } catch (final IOException e) {
                failed(e);
            }
        }
    }

    private void failed(final IOException e) {
        if (failure == null) {
            failure = e;
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
        file.writeByte(Contention.values().length);
        for (final Contention decision : Contention.values()) {
            file.writeUTF(decision.name());
        }
        file.flush();
    }

    /** Bytes on their way to the file. */
    private static final class Piece {
        private final byte[] bytes;
        private final int length;

        Piece(final byte[] bytes, final int length) {
            this.bytes = bytes;
            this.length = length;
        }
    }

    /** Writes the payload of a chunk. */
    private interface Payload {
        void write(DataOutputStream out) throws IOException;
    }
}
