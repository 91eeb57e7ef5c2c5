package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A long transaction learns in its middle that it could not commit any more. */
class EarlyAbortTest {
    @EachSharing
    void shouldBeginAgainInTheMiddleWhenWhatWasReadHasChanged(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final List<Long> seen = new ArrayList<>();
            final List<String> ends = new ArrayList<>();
            final long result = t.on(t.a).atomically(m -> {
                seen.add(m.getLong(x, t.value));
                if (seen.size() == 1) {
                    t.write(t.b, x, 2);
                    t.on(t.a);
                }
                m.validateOrAbort();
                ends.add("reached");
                return m.getLong(x, t.value);
            });
            assertEquals(2, result);
            assertEquals(List.of(1L, 2L), seen);
            assertEquals(List.of("reached"), ends);
            assertEquals(1, t.a.statistics().aborted(AbortCause.READ_CONFLICT));
        }
    }

    @EachSharing
    void shouldGoOnWithTheNewestStateWhenWhatWasReadIsTheSame(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.on(t.a).begin();
            assertEquals(1, t.a.getLong(x, t.value));
            t.write(t.b, y, 2);
            t.on(t.a).validateOrAbort();
            assertEquals(2, t.a.getLong(y, t.value));
            t.a.commit();
        }
    }

    @EachSharing
    void shouldThrowItsOwnSignalWhenTheTransactionWasBegunByHand(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.on(t.a).begin();
            assertEquals(1, t.a.getLong(x, t.value));
            t.write(t.b, x, 2);
            final TransactionAbortedException e =
                assertThrows(TransactionAbortedException.class, () -> t.on(t.a).validateOrAbort());
            assertSame(t.a, e.mutator());
            assertFalse(t.a.inTransaction());
        }
    }
}
