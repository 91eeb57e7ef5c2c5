package org.segstm.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each kind of mapping does. The refusals are in {@link ReservationRulesTest}. */
@Timeout(60)
class ReservationTest {
    private static final long PAGE_BYTES = Platform.pageBytes();
    private static final int FILE_PAGES = 8;
    private static final long FILE_BYTES = FILE_PAGES * PAGE_BYTES;
    /** Two views of the file, one after the other. */
    private static final long SECOND_VIEW = FILE_BYTES;

    private MemoryFile file;
    private Reservation reservation;
    private long address;

    @BeforeEach
    void open() {
        file = MemoryFile.create("reservation-test", FILE_BYTES);
        reservation = Reservation.reserve(2 * FILE_BYTES, PAGE_BYTES);
        address = reservation.address();
    }

    @AfterEach
    void close() {
        reservation.close();
        file.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 18})
    void shouldAlignItsAddressWhenAsked(final int shift) {
        final long alignment = PAGE_BYTES << shift;
        try (Reservation aligned = Reservation.reserve(3 * PAGE_BYTES, alignment)) {
            assertEquals(0, aligned.address() & (alignment - 1));
            assertEquals(3 * PAGE_BYTES, aligned.bytes());
            assertEquals("---p", Mappings.permissions(aligned.address()));
            assertEquals("---p", Mappings.permissions(aligned.address() + 2 * PAGE_BYTES));
        }
    }

    @Test
    void shouldTakeNoMemoryWhenTerabytesAreReserved() {
        try (Reservation large = Reservation.reserve(4L << 40, 1L << 30)) {
            large.mapAnonymous(0, 1L << 40);
            Memory.putLong(large.address() + (1L << 40) - Long.BYTES, 3);
            assertEquals(3, Memory.getLong(large.address() + (1L << 40) - Long.BYTES));
        }
    }

    @Test
    void shouldReadZeroWhenMappedAnonymous() {
        reservation.mapAnonymous(0, FILE_BYTES);
        assertEquals("rw-p", Mappings.permissions(address));
        assertEquals(0, Memory.getLong(address));
        Memory.putLong(address + FILE_BYTES - Long.BYTES, 5);
        assertEquals(5, Memory.getLong(address + FILE_BYTES - Long.BYTES));
        assertEquals("---p", Mappings.permissions(address + FILE_BYTES));
    }

    @Test
    void shouldReadZeroWhenAnonymousIsDiscarded() {
        reservation.mapAnonymous(0, 2 * PAGE_BYTES);
        Memory.putLong(address, 5);
        Memory.putLong(address + PAGE_BYTES, 6);
        reservation.discard(0, PAGE_BYTES);
        assertEquals(0, Memory.getLong(address));
        assertEquals(6, Memory.getLong(address + PAGE_BYTES));
    }

    @Test
    void shouldShowOneContentWhenTwoViewsAreShared() {
        mapBothShared();
        Memory.putLong(address + PAGE_BYTES, 11);
        assertEquals(11, Memory.getLong(address + SECOND_VIEW + PAGE_BYTES));
        Memory.putLong(address + SECOND_VIEW + PAGE_BYTES, 12);
        assertEquals(12, Memory.getLong(address + PAGE_BYTES));
        assertEquals("rw-s", Mappings.permissions(address));
    }

    @Test
    void shouldExchangeOneWordWhenTwoViewsCompareAndSet() {
        mapBothShared();
        assertTrue(Memory.compareAndSetLong(address, 0, 1));
        assertFalse(Memory.compareAndSetLong(address + SECOND_VIEW, 0, 2));
        assertTrue(Memory.compareAndSetLong(address + SECOND_VIEW, 1, 3));
        assertEquals(3, Memory.getLong(address));
    }

    @Test
    void shouldKeepContentWhenSharedIsDiscarded() {
        mapBothShared();
        Memory.putLong(address, 7);
        reservation.discard(0, PAGE_BYTES);
        assertEquals(7, Memory.getLong(address));
    }

    @Test
    void shouldCopyOnWriteWhenMappedPrivate() {
        reservation.mapShared(0, FILE_BYTES, file, 0);
        reservation.mapPrivate(SECOND_VIEW, FILE_BYTES, file, 0);
        Memory.putLong(address, 1);
        assertEquals(1, Memory.getLong(address + SECOND_VIEW));
        Memory.putLong(address + SECOND_VIEW, 2);
        assertEquals(1, Memory.getLong(address));
        Memory.putLong(address, 3);
        assertEquals(2, Memory.getLong(address + SECOND_VIEW));
        Memory.putLong(address + PAGE_BYTES, 4);
        assertEquals(4, Memory.getLong(address + SECOND_VIEW + PAGE_BYTES));
    }

    @Test
    void shouldReturnToTheFileWhenPrivateIsDiscarded() {
        reservation.mapShared(0, FILE_BYTES, file, 0);
        reservation.mapPrivate(SECOND_VIEW, FILE_BYTES, file, 0);
        Memory.putLong(address + SECOND_VIEW, 2);
        Memory.putLong(address, 3);
        reservation.discard(SECOND_VIEW, FILE_BYTES);
        assertEquals(3, Memory.getLong(address + SECOND_VIEW));
    }

    @Test
    void shouldShowTheOtherPageWhenMappedOver() {
        numberFilePages();
        reservation.mapShared(SECOND_VIEW, FILE_BYTES, file, 0);
        reservation.mapShared(SECOND_VIEW + PAGE_BYTES, PAGE_BYTES, file, 5 * PAGE_BYTES);
        assertEquals(0, Memory.getLong(address + SECOND_VIEW));
        assertEquals(5, Memory.getLong(address + SECOND_VIEW + PAGE_BYTES));
        assertEquals(2, Memory.getLong(address + SECOND_VIEW + 2 * PAGE_BYTES));
    }

    @Test
    void shouldShowTheOtherPagesWhenFilePagesAreRemapped() {
        numberFilePages();
        reservation.mapShared(SECOND_VIEW, FILE_BYTES, file, 0);
        reservation.remapFilePages(SECOND_VIEW + PAGE_BYTES, 2 * PAGE_BYTES, 6 * PAGE_BYTES);
        assertEquals(0, Memory.getLong(address + SECOND_VIEW));
        assertEquals(6, Memory.getLong(address + SECOND_VIEW + PAGE_BYTES));
        assertEquals(7, Memory.getLong(address + SECOND_VIEW + 2 * PAGE_BYTES));
        assertEquals(3, Memory.getLong(address + SECOND_VIEW + 3 * PAGE_BYTES));
        reservation.remapFilePages(SECOND_VIEW + PAGE_BYTES, 2 * PAGE_BYTES, PAGE_BYTES);
        assertEquals(1, Memory.getLong(address + SECOND_VIEW + PAGE_BYTES));
    }

    @Test
    void shouldRemapAcrossPagesWhenSomeWereRemappedBefore() {
        numberFilePages();
        reservation.mapShared(SECOND_VIEW, FILE_BYTES, file, 0);
        reservation.remapFilePages(SECOND_VIEW + PAGE_BYTES, PAGE_BYTES, 6 * PAGE_BYTES);
        reservation.remapFilePages(SECOND_VIEW + PAGE_BYTES, PAGE_BYTES, PAGE_BYTES);
        reservation.remapFilePages(SECOND_VIEW, 4 * PAGE_BYTES, 4 * PAGE_BYTES);
        for (int page = 0; page < 4; page++) {
            assertEquals(4 + page, Memory.getLong(address + SECOND_VIEW + page * PAGE_BYTES));
        }
    }

    @Test
    void shouldTakeNoMemoryWhenFilePagesAreRemapped() {
        reservation.mapShared(0, FILE_BYTES, file, 0);
        reservation.remapFilePages(0, 4 * PAGE_BYTES, 4 * PAGE_BYTES);
        assertEquals(0, file.allocatedBytes());
    }

    @Test
    void shouldKeepContentWhenProtectedForAWhile() {
        reservation.mapAnonymous(0, PAGE_BYTES);
        Memory.putLong(address, 8);
        reservation.protectNone(0, PAGE_BYTES);
        assertEquals("---p", Mappings.permissions(address));
        reservation.protectReadWrite(0, PAGE_BYTES);
        assertEquals("rw-p", Mappings.permissions(address));
        assertEquals(8, Memory.getLong(address));
    }

    @Test
    void shouldLoseContentWhenUnmapped() {
        reservation.mapAnonymous(0, PAGE_BYTES);
        Memory.putLong(address, 8);
        reservation.unmap(0, PAGE_BYTES);
        assertEquals("---p", Mappings.permissions(address));
        reservation.protectReadWrite(0, PAGE_BYTES);
        assertEquals(0, Memory.getLong(address));
    }

    @Test
    void shouldTellTouchedPagesWhenAskedForResidentOnes() {
        final long vectorAddress = Memory.allocate(FILE_PAGES);
        reservation.mapAnonymous(0, FILE_BYTES);
        Memory.putByte(address + 2 * PAGE_BYTES, (byte) 1);
        reservation.residentPages(0, FILE_BYTES, vectorAddress);
        for (int page = 0; page < FILE_PAGES; page++) {
            assertEquals(page == 2 ? 1 : 0, Memory.getByte(vectorAddress + page) & 1, "page=" + page);
        }
        Memory.free(vectorAddress);
    }

    @Test
    void shouldTellPagesOfTheFileWhenAskedForResidentOnes() {
        final long vectorAddress = Memory.allocate(FILE_PAGES);
        mapBothShared();
        Memory.putByte(address + 2 * PAGE_BYTES, (byte) 1);
        reservation.residentPages(SECOND_VIEW, FILE_BYTES, vectorAddress);
        for (int page = 0; page < FILE_PAGES; page++) {
            assertEquals(page == 2 ? 1 : 0, Memory.getByte(vectorAddress + page) & 1, "page=" + page);
        }
        Memory.free(vectorAddress);
    }

    @Test
    void shouldUnmapEverythingWhenClosed() {
        reservation.mapAnonymous(0, PAGE_BYTES);
        assertTrue(reservation.isOpen());
        reservation.close();
        assertFalse(reservation.isOpen());
        assertNotEquals("rw-p", Mappings.permissions(address));
    }

    @Test
    void shouldTellWhatItIsWhenPrinted() {
        assertEquals(
                "Reservation{address=0x" + Long.toHexString(address) + ", bytes=" + 2 * FILE_BYTES + ", open=true}",
                reservation.toString());
    }

    private void mapBothShared() {
        reservation.mapShared(0, FILE_BYTES, file, 0);
        reservation.mapShared(SECOND_VIEW, FILE_BYTES, file, 0);
    }

    private void numberFilePages() {
        reservation.mapShared(0, FILE_BYTES, file, 0);
        for (int page = 0; page < FILE_PAGES; page++) {
            Memory.putLong(address + page * PAGE_BYTES, page);
        }
    }
}
