package org.segstm.bridge;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** The refusals, word for word. */
@Timeout(60)
class ReservationRulesTest {
    private static final long PAGE_BYTES = Platform.pageBytes();
    private static final long BYTES = 8 * PAGE_BYTES;
    private static final String PAGE_RULE = "must be a multiple of the page size of " + PAGE_BYTES + " bytes: ";
    private static final String ALIGNMENT_RULE =
            "must be a power of two and at least the page size of " + PAGE_BYTES + " bytes: alignment=";

    private Reservation reservation;

    @BeforeEach
    void open() {
        reservation = Reservation.reserve(BYTES, PAGE_BYTES);
    }

    @AfterEach
    void close() {
        reservation.close();
    }

    @Test
    void shouldRefuseWhenOffsetIsInsideAPage() {
        assertRefusal(PAGE_RULE + "offset=100", () -> reservation.mapAnonymous(100, PAGE_BYTES));
    }

    @Test
    void shouldRefuseWhenBytesAreNoWholePages() {
        assertRefusal(PAGE_RULE + "bytes=" + (PAGE_BYTES + 8), () -> reservation.discard(0, PAGE_BYTES + 8));
    }

    @Test
    void shouldRefuseWhenBytesAreNotPositive() {
        assertRefusal("must be positive: bytes=0", () -> reservation.protectNone(0, 0));
        assertRefusal("must be positive: bytes=" + -PAGE_BYTES, () -> reservation.unmap(0, -PAGE_BYTES));
    }

    @Test
    void shouldRefuseWhenRangeLiesOutside() {
        final String rule = "must lie inside the first " + BYTES + " bytes: offset=";
        assertRefusal(
                rule + 7 * PAGE_BYTES + ", bytes=" + 2 * PAGE_BYTES,
                () -> reservation.mapAnonymous(7 * PAGE_BYTES, 2 * PAGE_BYTES));
        assertRefusal(rule + -PAGE_BYTES + ", bytes=" + PAGE_BYTES, () -> reservation.discard(-PAGE_BYTES, PAGE_BYTES));
        final long huge = Long.MAX_VALUE & -PAGE_BYTES;
        assertRefusal(rule + huge + ", bytes=" + huge, () -> reservation.residentPages(huge, huge, 0));
    }

    @Test
    void shouldRefuseWhenFileRangeDoesNotFit() {
        try (MemoryFile file = MemoryFile.create("small", PAGE_BYTES)) {
            assertRefusal(PAGE_RULE + "fileOffset=8", () -> reservation.mapShared(0, PAGE_BYTES, file, 8));
            assertRefusal(PAGE_RULE + "fileOffset=8", () -> reservation.remapFilePages(0, PAGE_BYTES, 8));
            assertRefusal(
                    "must lie inside the first " + PAGE_BYTES + " bytes: fileOffset=" + PAGE_BYTES
                            + ", bytes=" + PAGE_BYTES,
                    () -> reservation.mapPrivate(0, PAGE_BYTES, file, PAGE_BYTES));
        }
    }

    @Test
    void shouldRefuseWhenSizeOrAlignmentIsWrong() {
        assertRefusal("must be positive: bytes=0", () -> Reservation.reserve(0, PAGE_BYTES));
        assertRefusal(PAGE_RULE + "bytes=1", () -> Reservation.reserve(1, PAGE_BYTES));
        assertRefusal(ALIGNMENT_RULE + 8, () -> Reservation.reserve(PAGE_BYTES, 8));
        assertRefusal(ALIGNMENT_RULE + 3 * PAGE_BYTES, () -> Reservation.reserve(PAGE_BYTES, 3 * PAGE_BYTES));
        assertRefusal(ALIGNMENT_RULE + Long.MIN_VALUE, () -> Reservation.reserve(PAGE_BYTES, Long.MIN_VALUE));
    }

    @Test
    void shouldRefuseWhenNoRoomIsLeftToAlign() {
        final long huge = Long.MAX_VALUE & -PAGE_BYTES;
        assertRefusal(
                "must leave room to align: bytes=" + huge + ", alignment=" + 2 * PAGE_BYTES,
                () -> Reservation.reserve(huge, 2 * PAGE_BYTES));
    }

    @Test
    void shouldRefuseWhenUsedAfterClose() {
        reservation.close();
        final String message = "must not be used after close: reservation at 0x"
                + Long.toHexString(reservation.address());
        assertClosed(message, () -> reservation.mapAnonymous(0, PAGE_BYTES));
        assertClosed(message, () -> reservation.unmap(0, PAGE_BYTES));
        assertClosed(message, () -> reservation.remapFilePages(0, PAGE_BYTES, 0));
        assertClosed(message, () -> reservation.protectNone(0, PAGE_BYTES));
        assertClosed(message, () -> reservation.protectReadWrite(0, PAGE_BYTES));
        assertClosed(message, () -> reservation.discard(0, PAGE_BYTES));
        assertClosed(message, () -> reservation.residentPages(0, PAGE_BYTES, 0));
        try (MemoryFile file = MemoryFile.create("open", PAGE_BYTES)) {
            assertClosed(message, () -> reservation.mapShared(0, PAGE_BYTES, file, 0));
            assertClosed(message, () -> reservation.mapPrivate(0, PAGE_BYTES, file, 0));
        }
    }

    @Test
    void shouldDoNothingWhenClosedAgain() {
        reservation.close();
        assertDoesNotThrow(reservation::close);
    }

    @Test
    void shouldRefuseTheNextCallWhenClosedByAnotherThread() throws InterruptedException {
        final AtomicReference<RuntimeException> refusal = new AtomicReference<>();
        final Thread user = new Thread(() -> {
            try {
                while (true) {
                    reservation.mapAnonymous(0, BYTES);
                    reservation.protectNone(0, BYTES);
                }
            } catch (RuntimeException e) {
                refusal.set(e);
            }
        });
        user.start();
        Thread.sleep(20);
        reservation.close();
        user.join();
        assertEquals(IllegalStateException.class, refusal.get().getClass());
    }

    private static void assertRefusal(final String message, final Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static void assertClosed(final String message, final Executable call) {
        assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
    }
}
