package org.segstm.bridge;

/** The machine, operating system or JVM is one that SegSTM does not run on; the message says which it needs. */
public final class UnsupportedPlatformException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedPlatformException(final String message) {
        super(message);
    }
}
