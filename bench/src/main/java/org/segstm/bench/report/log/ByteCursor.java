package org.segstm.bench.report.log;

import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;

/** Reads numbers and texts from a part of an array; {@link BufferUnderflowException} when there is too little. */
final class ByteCursor {
    private static final int PAYLOAD_MASK = 0x7F;
    private static final int PAYLOAD_BITS = 7;
    private static final int BYTE_MASK = 0xFF;

    private final byte[] bytes;
    private final int end;
    private int position;

    ByteCursor(final byte[] bytes, final int position, final int end) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    int getByte() {
        if (position >= end) {
            throw new BufferUnderflowException();
        }
        return bytes[position++] & BYTE_MASK;
    }

    int getInt() {
        return (int) getNumber(Integer.BYTES);
    }

    long getLong() {
        return getNumber(Long.BYTES);
    }

    private long getNumber(final int length) {
        if (remaining() < length) {
            throw new BufferUnderflowException();
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            number = number << Byte.SIZE | bytes[position++] & BYTE_MASK;
        }
        return number;
    }

    long getVarint() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += PAYLOAD_BITS) {
            final int next = getByte();
            number |= (long) (next & PAYLOAD_MASK) << shift;
            if (next <= PAYLOAD_MASK) {
                return number;
            }
        }
        throw new MalformedException("a number goes on for more than ten bytes");
    }

    /** Text as {@link java.io.DataOutput#writeUTF} has it: the length in two bytes, then modified UTF-8. */
    String getText() {
        final int length = (int) getNumber(Short.BYTES);
        if (remaining() < length) {
            throw new BufferUnderflowException();
        }
        final StringBuilder text = new StringBuilder(length);
        final int textEnd = position + length;
        while (position < textEnd) {
            text.append(getChar(textEnd));
        }
        return text.toString();
    }

    private char getChar(final int textEnd) {
        final int first = getByte();
        if (first < 0x80) {
            return (char) first;
        }
        final int following = first >>> 5 == 0b110 ? 1 : first >>> 4 == 0b1110 ? 2 : 0;
        if (following == 0 || position + following > textEnd) {
            throw new MalformedException("text is not UTF-8");
        }
        int code = first & (following == 1 ? 0x1F : 0x0F);
        for (int i = 0; i < following; i++) {
            final int next = getByte();
            if (next >>> 6 != 0b10) {
                throw new MalformedException("text is not UTF-8");
            }
            code = code << 6 | next & 0x3F;
        }
        return (char) code;
    }

    /** What stands here as text, for error messages. */
    String quote(final int most) {
        final String text = new String(bytes, position, Math.min(most, remaining()), StandardCharsets.ISO_8859_1);
        return text.replaceAll("[^ -~]", "?");
    }

    /** What stands here can't have been written by a log. */
    static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedException(final String message) {
            super(message);
        }
    }
}
