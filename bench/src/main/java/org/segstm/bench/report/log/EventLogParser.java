package org.segstm.bench.report.log;

import org.segstm.heap.event.EventFormat;

import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Parses an event log that comes in pieces of any length, see {@link EventFormat}. Kinds of events and of chunks that
 * it does not know are skipped; a damaged chunk is reported and skipped; when the length of a chunk can't be right, or
 * the log ends too soon, what was read before stays.
 */
public final class EventLogParser {
    private static final int CHUNK_HEAD_BYTES = 1 + Integer.BYTES;
    private static final int MOST_HEADER_BYTES = 1 << 20;
    private static final int QUOTED_BYTES = 8;
    /** Some years: a damaged time is most often far larger. */
    private static final long LONGEST_TIME_NS = 1L << 58;
    private static final int FIRST_CAPACITY = 1 << 16;

    private final EventSink sink;
    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;
    /** Offset in the log of the first byte kept. */
    private long offset;
    private LogHeader header;
    private boolean ended;
    private boolean lost;
    private long chunks;
    private long unknownChunks;

    /**
     * Makes a parser at the beginning of a log.
     *
     * @param sink for what it finds.
     */
    public EventLogParser(final EventSink sink) {
        this.sink = sink;
    }

    /**
     * Takes the next piece.
     *
     * @param piece array that holds it.
     * @param start index of its first byte.
     * @param count number of its bytes.
     * @throws EventLogException when this is no event log.
     */
    public void feed(final byte[] piece, final int start, final int count) {
        if (lost) {
            return;
        }
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        System.arraycopy(piece, start, bytes, length, count);
        length += count;
        int used = header == null ? parseHeader() : 0;
        if (header != null) {
            used = parseChunks(used);
        }
        System.arraycopy(bytes, used, bytes, 0, length - used);
        length -= used;
        offset += used;
    }

    /**
     * The log is over.
     *
     * @throws EventLogException when it was over before there was a header.
     */
    public void finish() {
        if (header == null) {
            throw new EventLogException(
                length == 0 ? "the file is empty" : "the event log ends within its header, after " + length + " bytes");
        }
        if (!lost && length != 0) {
            parsePartialChunk();
        } else if (!lost && !ended) {
            sink.problem("the log was not closed: it ends after " + chunks + " chunks, without an end");
        }
        if (unknownChunks != 0) {
            sink.problem(unknownChunks + " chunks of unknown type were skipped: written by a newer version?");
        }
    }

    private int parseHeader() {
        final ByteCursor in = new ByteCursor(bytes, 0, length);
        try {
            final String beginning = in.quote(QUOTED_BYTES);
            if (in.getLong() != EventFormat.MAGIC) {
                throw new EventLogException("not an event log: it begins with '" + beginning + "'");
            }
            final int version = in.getInt();
            if (version != EventFormat.VERSION) {
                throw new EventLogException(
                    "an event log of version " + version + "; this program reads version " + EventFormat.VERSION);
            }
            header = parseHeaderFields(in);
            sink.header(header);
            return in.position();
        } catch (final BufferUnderflowException e) {
            if (length > MOST_HEADER_BYTES) {
                throw new EventLogException("the header of the event log is damaged: it has no end");
            }
            return 0;
        } catch (final ByteCursor.MalformedException e) {
            throw new EventLogException("the header of the event log is damaged: " + e.getMessage());
        }
    }

    private static LogHeader parseHeaderFields(final ByteCursor in) {
        final long startMillis = in.getLong();
        final List<LogHeader.Kind> kinds = new ArrayList<>();
        final List<String> activities = new ArrayList<>();
        final List<String> causes = new ArrayList<>();
        final List<String> decisions = new ArrayList<>();
        repeat(in, fields -> kinds.add(new LogHeader.Kind(fields.getText(), fields.getByte())));
        repeat(in, fields -> activities.add(fields.getText()));
        repeat(in, fields -> causes.add(fields.getText()));
        repeat(in, fields -> decisions.add(fields.getText()));
        return new LogHeader(startMillis, List.copyOf(kinds), List.copyOf(activities), List.copyOf(causes),
            List.copyOf(decisions));
    }

    private static void repeat(final ByteCursor in, final Consumer<ByteCursor> entry) {
        final int count = in.getByte();
        for (int i = 0; i < count; i++) {
            entry.accept(in);
        }
    }

    private int parseChunks(final int from) {
        int position = from;
        while (!lost && length - position >= CHUNK_HEAD_BYTES) {
            final ByteCursor head = new ByteCursor(bytes, position, length);
            final int type = head.getByte();
            final int payload = head.getInt();
            if (ended || payload < 0 || payload > EventFormat.MAXIMUM_CHUNK_BYTES) {
                lost = true;
                sink.problem(ended ? "something follows the end of the log, at byte " + (offset + position)
                    : "damaged at byte " + (offset + position) + ": a chunk of " + payload
                        + " bytes; nothing after it can be read");
            } else if (head.remaining() < payload) {
                return position;
            } else {
                parseChunk(type, new ByteCursor(bytes, head.position(), head.position() + payload), offset + position);
                position = head.position() + payload;
            }
        }
        return lost ? length : position;
    }

    private void parseChunk(final int type, final ByteCursor in, final long chunkOffset) {
        chunks++;
        try {
            parsePayload(type, in, chunkOffset);
        } catch (final BufferUnderflowException | ByteCursor.MalformedException e) {
            final String why = e instanceof BufferUnderflowException ? "it is too short" : e.getMessage();
            sink.problem("the chunk at byte " + chunkOffset + " (type " + type + ") is damaged: " + why);
        }
    }

    private void parsePartialChunk() {
        sink.problem("truncated: the log ends in the middle of a chunk, after " + (offset + length) + " bytes");
        if (length > CHUNK_HEAD_BYTES && bytes[0] == EventFormat.EVENTS) {
            try {
                parseEvents(new ByteCursor(bytes, CHUNK_HEAD_BYTES, length));
            } catch (final BufferUnderflowException | ByteCursor.MalformedException e) {
                sink.problem("its last event is incomplete");
            }
        }
    }

    private void parsePayload(final int type, final ByteCursor in, final long chunkOffset) {
        switch (type) {
            case EventFormat.MUTATOR -> sink.mutator(in.getInt(), time(in), in.getText());
            case EventFormat.EVENTS -> parseEvents(in);
            case EventFormat.NAME -> sink.name(in.getByte(), in.getLong(), in.getText());
            case EventFormat.CONFLICT -> parseConflict(in);
            case EventFormat.COLLECTION -> sink.collection(time(in), time(in), in.getText(), in.getText());
            case EventFormat.HEAP -> sink.heap(in.getText());
            case EventFormat.END -> {
                sink.end(time(in));
                ended = true;
            }
            default -> unknownChunks++;
        }
    }

    private void parseConflict(final ByteCursor in) {
        final long time = time(in);
        final int victim = in.getInt();
        final int writer = in.getInt();
        final int layout = in.getInt();
        final long cardRef = in.getLong();
        final long writerLocation = in.getLong();
        final long victimLocation = in.getLong();
        final long lostNanos = time(in);
        final long objectRef = in.getLong();
        sink.conflict(new LoggedConflict(time, victim, writer, layout, cardRef, writerLocation, victimLocation,
            lostNanos, objectRef, in.getLong(), in.getByte()));
    }

    private static long time(final ByteCursor in) {
        return checkTime(in.getLong());
    }

    private static long checkTime(final long time) {
        if (time < 0 || time > LONGEST_TIME_NS) {
            throw new ByteCursor.MalformedException("a time of " + time + " ns");
        }
        return time;
    }

    private void parseEvents(final ByteCursor in) {
        final int number = in.getInt();
        long lastTime = time(in);
        try {
            while (in.remaining() != 0) {
                final int kind = in.getByte();
                if (kind >= header.kinds().size()) {
                    throw new ByteCursor.MalformedException("there is no kind of event " + kind);
                }
                final long time = checkTime(lastTime + in.getVarint());
                long first = 0;
                for (int i = 0; i < header.kinds().get(kind).arguments(); i++) {
                    final long argument = in.getVarint();
                    first = i == 0 ? argument : first;
                }
                sink.event(number, time, kind, first);
                lastTime = time;
            }
        } catch (final BufferUnderflowException | ByteCursor.MalformedException e) {
            sink.gap(number, lastTime);
            throw e;
        }
    }
}
