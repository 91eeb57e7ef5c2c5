package org.segstm.heap.log;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The packing of log records. */
@Timeout(60)
class LogEntryTest {
    private static final int[] KINDS = {LogEntry.KIND_CHECKED, LogEntry.KIND_UNCHECKED, LogEntry.KIND_COUNTER,
        LogEntry.KIND_COUNTER_REST, LogEntry.KIND_NO_CONFLICT, LogEntry.KIND_FRESH};
    private static final long[] REFS = {16, 0x1230, (1L << 42) + 16, (1L << 48) - 16};

    @Test
    void shouldKeepPartsApartWhenPacked() {
        for (final long ref : REFS) {
            for (final int mask : new int[] {0, 1, 0x8000, 0xFFFF}) {
                for (final int kind : KINDS) {
                    final long record = LogEntry.record(ref, mask, kind);
                    assertEquals(ref, LogEntry.refOf(record));
                    assertEquals(mask, LogEntry.maskOf(record));
                    assertEquals(kind, LogEntry.kindOf(record));
                    assertEquals(kind == LogEntry.KIND_CHECKED || kind == LogEntry.KIND_COUNTER,
                        LogEntry.isChecked(record));
                    assertEquals(kind == LogEntry.KIND_COUNTER || kind == LogEntry.KIND_COUNTER_REST,
                        LogEntry.isCounter(record));
                }
            }
        }
    }

    @Test
    void shouldFitTwoOneWordWritesIntoOneLine() {
        assertTrue(LogEntry.RECORDS_OFFSET + 2 * 2 * Long.BYTES <= LogEntry.BYTES_IN_LINE);
    }

    @Test
    void shouldTellClosedFromAddresses() {
        assertNotEquals(0, LogEntry.CLOSED % LogEntry.BYTES_IN_LINE, "entries are aligned");
    }
}
