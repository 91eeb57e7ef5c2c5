package org.segstm.gc.protocol;

import org.junit.jupiter.api.function.Executable;
import org.segstm.heap.CheckedAccessException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What checked mode says of an access that breaks a rule, word for word. */
final class Refused {
    private Refused() {
    }

    static void with(final String message, final Executable access) {
        assertEquals(message, assertThrows(CheckedAccessException.class, access).getMessage());
    }
}
