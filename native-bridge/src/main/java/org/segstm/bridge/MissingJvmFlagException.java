package org.segstm.bridge;

/** The JVM was started without a flag that SegSTM needs; the message is the line to add. */
public final class MissingJvmFlagException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingJvmFlagException(final String message) {
        super(message);
    }
}
