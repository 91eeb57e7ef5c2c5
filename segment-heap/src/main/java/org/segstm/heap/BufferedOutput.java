package org.segstm.heap;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Output of transactions: kept until the transaction that has written it commits, dropped when that is rolled back, so
 * that it comes out once, and only when it is true. To be wrapped in a {@link java.io.PrintStream}; to be used by the
 * mutator's thread alone. Outside of transactions it goes through at once.
 *
 * <p>The output of a transaction comes out as a whole. Outputs of several mutators that share a target come out in the
 * order in which they get there after their commits, which for transactions that overlap may be another one than that
 * of the commits.
 */
public final class BufferedOutput extends OutputStream {
    private static final int INITIAL_LENGTH = 256;
    /** A buffer that grew beyond this is given back after the transaction. */
    private static final int KEPT_LENGTH = 1 << 16;
    private final Mutator mutator;
    private final OutputStream target;
    private final TransactionState state = new Length();
    private byte[] bytes = new byte[INITIAL_LENGTH];
    private int length;

    /**
     * Makes the output of a mutator.
     *
     * @param mutator whose transactions write.
     * @param target  to write to when they commit; locked while it is written to.
     */
    public BufferedOutput(final Mutator mutator, final OutputStream target) {
        this.mutator = mutator;
        this.target = target;
        mutator.registerState(state);
    }

    @Override
    public void write(final int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(final byte[] source, final int offset, final int count) throws IOException {
        if (!mutator.inTransaction()) {
            synchronized (target) {
                target.write(source, offset, count);
            }
            return;
        }
        if (length == 0 && count != 0) {
            mutator.onCommit(this::emit);
        }
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Outside of transactions only: inside nothing may come out yet. */
    @Override
    public void flush() throws IOException {
        if (!mutator.inTransaction()) {
            synchronized (target) {
                target.flush();
            }
        }
    }

    /**
     * Follows the mutator no longer; the target stays open.
     *
     * @throws IllegalStateException when a transaction is running, which could still be rolled back.
     */
    @Override
    public void close() {
        if (mutator.inTransaction()) {
            throw new IllegalStateException("end the transaction before its output is closed: " + mutator.name());
        }
        mutator.unregisterState(state);
    }

    private void emit() {
        final int count = length;
        length = 0;
        try {
            synchronized (target) {
                target.write(bytes, 0, count);
                target.flush();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write what a transaction has put out: bytes=" + count, e);
        } finally {
            if (bytes.length > KEPT_LENGTH) {
                bytes = new byte[INITIAL_LENGTH];
            }
        }
    }

    /** How much had been written at the begin and at each savepoint. */
    private final class Length implements TransactionState {
        private int[] saved = new int[1];

        @Override
        public void save(final int level) {
            if (level >= saved.length) {
                saved = Arrays.copyOf(saved, level + 1);
            }
            saved[level] = length;
        }

        @Override
        public void restore(final int level) {
            length = saved[level];
        }
    }
}
