package org.segstm.bench.report;

import org.segstm.heap.AbortCause;
import org.segstm.heap.Contention;
import org.segstm.heap.event.Activity;
import org.segstm.heap.event.EventFormat;
import org.segstm.heap.event.EventKind;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An event log written byte by byte, at times that the test chooses. */
public final class LogBytes {
    private static final int PAYLOAD_BITS = 7;
    private static final int PAYLOAD_MASK = 0x7F;
    private static final int MORE = 0x80;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public LogBytes() {
        write(bytes, out -> {
            out.writeLong(EventFormat.MAGIC);
            out.writeInt(EventFormat.VERSION);
            out.writeLong(1_700_000_000_000L);
            out.writeByte(EventKind.values().length + 1);
            for (final EventKind kind : EventKind.values()) {
                out.writeUTF(kind.name());
                out.writeByte(kind.arguments());
            }
            // A kind that readers do not know yet.
            out.writeUTF("STRANGE");
            out.writeByte(2);
            out.writeByte(Activity.values().length);
            for (final Activity activity : Activity.values()) {
                out.writeUTF(activity.title());
            }
            out.writeByte(AbortCause.values().length);
            for (final AbortCause cause : AbortCause.values()) {
                out.writeUTF(cause.name());
            }
            out.writeByte(Contention.values().length);
            for (final Contention decision : Contention.values()) {
                out.writeUTF(decision.name());
            }
        });
    }

    public LogBytes chunk(final int type, final Payload payload) {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        write(content, payload);
        write(bytes, out -> {
            out.writeByte(type);
            out.writeInt(content.size());
            content.writeTo(out);
        });
        return this;
    }

    public LogBytes mutator(final int number, final long time, final String name) {
        return chunk(EventFormat.MUTATOR, out -> {
            out.writeInt(number);
            out.writeLong(time);
            out.writeUTF(name);
        });
    }

    public LogBytes name(final int table, final long id, final String text) {
        return chunk(EventFormat.NAME, out -> {
            out.writeByte(table);
            out.writeLong(id);
            out.writeUTF(text);
        });
    }

    public LogBytes conflict(
            final long time, final int victim, final long ref, final long written, final long read, final long lost) {
        return chunk(EventFormat.CONFLICT, out -> {
            out.writeLong(time);
            out.writeInt(victim);
            out.writeInt(1);
            out.writeInt(5);
            out.writeLong(ref);
            out.writeLong(written);
            out.writeLong(read);
            out.writeLong(lost);
            out.writeLong(ref);
            out.writeLong(-1);
            out.writeByte(AbortCause.READ_CONFLICT.ordinal());
        });
    }

    public LogBytes collection(final long begin, final long end, final String kind) {
        return chunk(EventFormat.COLLECTION, out -> {
            out.writeLong(begin);
            out.writeLong(end);
            out.writeUTF(kind);
            out.writeUTF("growth");
        });
    }

    public LogBytes end(final long time) {
        return chunk(EventFormat.END, out -> out.writeLong(time));
    }

    /** Events of a mutator, as a chunk. */
    public Events events(final int number, final long base) {
        return new Events(number, base);
    }

    public LogBytes raw(final byte... more) {
        bytes.writeBytes(more);
        return this;
    }

    public byte[] toBytes() {
        return bytes.toByteArray();
    }

    public Path writeTo(final Path file) throws IOException {
        return Files.write(file, toBytes());
    }

    private static void write(final ByteArrayOutputStream to, final Payload payload) {
        try {
            payload.write(new DataOutputStream(to));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the payload of a chunk. */
    @FunctionalInterface
    public interface Payload {
        void write(DataOutputStream out) throws IOException;
    }

    /** Collects events of one chunk. */
    public final class Events {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private long last;

        private Events(final int number, final long base) {
            last = base;
            write(content, out -> {
                out.writeInt(number);
                out.writeLong(base);
            });
        }

        public Events activity(final long time, final Activity activity) {
            return add(time, EventKind.ACTIVITY.ordinal(), activity.ordinal());
        }

        public Events committed(final long time, final boolean inevitable) {
            return add(time, EventKind.COMMITTED.ordinal(), inevitable ? 1 : 0);
        }

        public Events aborted(final long time, final AbortCause cause) {
            return add(time, EventKind.ABORTED.ordinal(), cause.ordinal());
        }

        public Events inevitable(final long time, final long reason) {
            return add(time, EventKind.INEVITABLE.ordinal(), reason);
        }

        public Events decided(final long time, final Contention decision) {
            return add(time, EventKind.DECISION.ordinal(), decision.ordinal());
        }

        public Events strange(final long time) {
            return add(time, EventKind.values().length, 1_000_000, 2);
        }

        public Events add(final long time, final int kind, final long... arguments) {
            content.write(kind);
            varint(time - last);
            last = time;
            for (final long argument : arguments) {
                varint(argument);
            }
            return this;
        }

        private void varint(final long value) {
            long rest = value;
            while (rest > PAYLOAD_MASK) {
                content.write((int) (rest & PAYLOAD_MASK | MORE));
                rest >>>= PAYLOAD_BITS;
            }
            content.write((int) rest);
        }

        public LogBytes done() {
            return chunk(EventFormat.EVENTS, content::writeTo);
        }
    }
}
