package org.segstm.duhton.value;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.segstm.heap.TransactionState;

/**
 * What a transaction has printed so far; what is rolled back has not been printed. Text is one byte per character, as
 * it was read, so that it comes out byte by byte as it went in, whatever its encoding.
 */
public final class OutputText implements TransactionState {
    private static final int INITIAL_LENGTH = 256;
    /** A buffer that grew beyond this is given back after the transaction. */
    private static final int KEPT_LENGTH = 1 << 16;

    private byte[] bytes = new byte[INITIAL_LENGTH];
    private int[] savedLengths = new int[1];
    private int length;

    /**
     * Appends text.
     *
     * @param text of characters below 256.
     * @return this.
     */
    public OutputText append(final String text) {
        final byte[] encoded = text.getBytes(StandardCharsets.ISO_8859_1);
        ensureRoom(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
    }

    /**
     * Appends a character.
     *
     * @param character below 256.
     * @return this.
     */
    public OutputText append(final char character) {
        ensureRoom(1);
        bytes[length++] = (byte) character;
        return this;
    }

    /**
     * Nothing printed?
     *
     * @return true when empty.
     */
    public boolean isEmpty() {
        return length == 0;
    }

    /** Drops the text. */
    public void clear() {
        length = 0;
        if (bytes.length > KEPT_LENGTH) {
            bytes = new byte[INITIAL_LENGTH];
        }
    }

    /**
     * Copies the text.
     *
     * @return its bytes.
     */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * Writes the text, all at once.
     *
     * @param stream to write to.
     * @throws IOException when the stream fails.
     */
    public void writeTo(final OutputStream stream) throws IOException {
        stream.write(bytes, 0, length);
    }

    @Override
    public void save(final int level) {
        if (level >= savedLengths.length) {
            savedLengths = Arrays.copyOf(savedLengths, level + 1);
        }
        savedLengths[level] = length;
    }

    @Override
    public void restore(final int level) {
        length = Math.min(length, savedLengths[level]);
    }

    private void ensureRoom(final int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }
}
