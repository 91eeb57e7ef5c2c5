package org.segstm.gc.verify;

import org.segstm.heap.HeapException;

/** The verifier found something broken: the message says where, by the path from a root, and what. */
public final class HeapVerificationException extends HeapException {
    private static final long serialVersionUID = 1L;

    HeapVerificationException(final String message) {
        super(message);
    }
}
