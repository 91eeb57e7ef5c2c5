package org.segstm.gc.reports;

import org.segstm.heap.event.EventFormat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An event log as the description of its format tells to read it, for tests. */
public final class RecordedLog {
    /** Kind, nanoseconds since the start, arguments as text. */
    static final class Event {
        final String kind;
        final long time;
        final String argument;

        Event(final String kind, final long time, final String argument) {
            this.kind = kind;
            this.time = time;
            this.argument = argument;
        }

        @Override
        public String toString() {
            return argument.isEmpty() ? kind : kind + " " + argument;
        }
    }

    final Map<Integer, String> mutators = new LinkedHashMap<>();
    final Map<Integer, Long> attached = new HashMap<>();
    final Map<String, List<Event>> events = new LinkedHashMap<>();
    public final List<String> conflicts = new ArrayList<>();
    final List<String> collections = new ArrayList<>();
    String heap;
    public long end = -1;
    private final Map<String, String> names = new HashMap<>();
    private final List<String> kinds = new ArrayList<>();
    private final List<Integer> arguments = new ArrayList<>();
    private List<String> activities;
    private List<String> causes;
    private List<String> decisions;

    public RecordedLog(final byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            readHeader(in);
            while (in.available() != 0) {
                final int type = in.readUnsignedByte();
                final byte[] payload = new byte[in.readInt()];
                in.readFully(payload);
                readChunk(type, new DataInputStream(new ByteArrayInputStream(payload)));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nanoseconds of a mutator by activity; what was run is under "committed" or the cause of the abort. */
    public Map<String, Long> nanos(final String mutator) {
        final Map<String, Long> sums = new HashMap<>();
        String activity = "outside transactions";
        long since = 0;
        long run = 0;
        for (final Event event : events.get(mutator)) {
            if (event.kind.equals("ACTIVITY") || event.kind.equals("COMMITTED") || event.kind.equals("ABORTED")) {
                if (event.time < since) {
                    throw new IllegalStateException("time goes back: " + event);
                }
                if (activity.equals("run")) {
                    run += event.time - since;
                } else {
                    sums.merge(activity, event.time - since, Long::sum);
                }
                since = event.time;
            }
            if (event.kind.equals("ACTIVITY")) {
                activity = event.argument;
            } else if (event.kind.equals("COMMITTED") || event.kind.equals("ABORTED")) {
                sums.merge(event.kind.equals("ABORTED") ? event.argument : "committed", run, Long::sum);
                run = 0;
            }
        }
        if (run != 0 || !activity.equals("outside transactions")) {
            throw new IllegalStateException("a transaction has no end: " + activity + " run=" + run);
        }
        sums.merge(activity, end - since, Long::sum);
        return sums;
    }

    /** How often a mutator has committed, under "COMMITTED", and how often it was rolled back, by cause. */
    public Map<String, Long> outcomes(final String mutator) {
        final Map<String, Long> counts = new HashMap<>();
        for (final Event event : events.get(mutator)) {
            if (event.kind.equals("COMMITTED")) {
                counts.merge(event.kind, 1L, Long::sum);
            } else if (event.kind.equals("ABORTED")) {
                counts.merge(event.argument, 1L, Long::sum);
            }
        }
        return counts;
    }

    /** Kinds and arguments of a mutator's events, in order; of activities the title alone. */
    List<String> texts(final String mutator) {
        final List<String> texts = new ArrayList<>();
        events.get(mutator).forEach(event -> texts.add(event.kind.equals("ACTIVITY")
            ? event.argument.replace("outside transactions", "outside") : event.toString()));
        return texts;
    }

    private void readHeader(final DataInputStream in) throws IOException {
        if (in.readLong() != EventFormat.MAGIC || in.readInt() != EventFormat.VERSION) {
            throw new IOException("no event log");
        }
        in.readLong();
        final int count = in.readUnsignedByte();
        for (int i = 0; i < count; i++) {
            kinds.add(in.readUTF());
            arguments.add(in.readUnsignedByte());
        }
        activities = texts(in);
        causes = texts(in);
        decisions = texts(in);
    }

    private static List<String> texts(final DataInputStream in) throws IOException {
        final List<String> texts = new ArrayList<>();
        final int count = in.readUnsignedByte();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private void readChunk(final int type, final DataInputStream in) throws IOException {
        switch (type) {
            case EventFormat.MUTATOR:
                final int number = in.readInt();
                attached.put(number, in.readLong());
                mutators.put(number, in.readUTF());
                events.put(mutators.get(number), new ArrayList<>());
                break;
            case EventFormat.EVENTS:
                readEvents(events.get(mutators.get(in.readInt())), in.readLong(), in);
                break;
            case EventFormat.NAME:
                names.put(in.readUnsignedByte() + ":" + in.readLong(), in.readUTF());
                break;
            case EventFormat.CONFLICT:
                readConflict(in);
                break;
            case EventFormat.COLLECTION:
                final long begin = in.readLong();
                final long over = in.readLong();
                if (begin > over) {
                    throw new IOException("ends before it begins");
                }
                collections.add(in.readUTF() + " " + in.readUTF());
                break;
            case EventFormat.HEAP:
                heap = in.readUTF();
                break;
            case EventFormat.END:
                end = in.readLong();
                break;
            default:
                throw new IOException("unknown chunk: type=" + type);
        }
    }

    private void readEvents(final List<Event> list, final long base, final DataInputStream in) throws IOException {
        long time = base;
        while (in.available() != 0) {
            final int kind = in.readUnsignedByte();
            time += varint(in);
            final String name = kinds.get(kind);
            final String argument = arguments.get(kind) == 0 ? "" : text(name, (int) varint(in));
            list.add(new Event(name, time, argument));
        }
    }

    private String text(final String kind, final int argument) {
        switch (kind) {
            case "ACTIVITY":
                return activities.get(argument);
            case "ABORTED":
                return causes.get(argument);
            case "DECISION":
                return decisions.get(argument);
            case "INEVITABLE":
                return names.get(EventFormat.REASONS + ":" + argument);
            default:
                return Integer.toString(argument);
        }
    }

    private static long varint(final DataInputStream in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            final int bits = in.readUnsignedByte();
            value |= (long) (bits & 0x7F) << shift;
            if (bits < 0x80) {
                return value;
            }
        }
        throw new EOFException("a number without end");
    }

    private void readConflict(final DataInputStream in) throws IOException {
        in.readLong();
        final String victim = mutators.get(in.readInt());
        final String writer = mutators.get(in.readInt());
        final String layout = names.get(EventFormat.LAYOUTS + ":" + in.readInt());
        in.readLong();
        final String written = names.get(EventFormat.LOCATIONS + ":" + in.readLong());
        final String read = names.get(EventFormat.LOCATIONS + ":" + in.readLong());
        final long lost = in.readLong();
        in.readLong();
        final long card = in.readLong();
        conflicts.add(victim + " at " + read + " lost to " + writer + " at " + written + ": " + layout
            + (card < 0 ? "" : " card " + card) + ", " + causes.get(in.readUnsignedByte())
            + (lost > 0 ? "" : " nothing"));
    }
}
