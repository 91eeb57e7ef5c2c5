package org.segstm.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MemoryFileTest {
    private static final long PAGE_BYTES = Platform.pageBytes();
    private static final long FILE_BYTES = 64 * PAGE_BYTES;

    @Test
    void shouldTakeNoMemoryWhenCreated() {
        try (MemoryFile file = MemoryFile.create("empty", FILE_BYTES)) {
            assertEquals(FILE_BYTES, file.bytes());
            assertEquals(0, file.allocatedBytes());
            assertTrue(file.isOpen());
        }
    }

    @Test
    void shouldShowItsNameWhenSystemIsAsked() throws IOException {
        try (MemoryFile file = MemoryFile.create("segstm-heap", PAGE_BYTES)) {
            final Path link = Path.of("/proc/self/fd/" + file.descriptor());
            assertEquals("/memfd:segstm-heap (deleted)", Files.readSymbolicLink(link).toString());
        }
    }

    @Test
    void shouldTakeMemoryWhenAllocated() {
        try (MemoryFile file = MemoryFile.create("allocated", FILE_BYTES)) {
            file.allocate(PAGE_BYTES, 3 * PAGE_BYTES);
            assertEquals(3 * PAGE_BYTES, file.allocatedBytes());
        }
    }

    @Test
    void shouldGiveMemoryBackWhenHoleIsPunched() {
        try (MemoryFile file = MemoryFile.create("holes", FILE_BYTES);
                Reservation view = Reservation.reserve(FILE_BYTES, PAGE_BYTES)) {
            view.mapShared(0, FILE_BYTES, file, 0);
            Memory.set(view.address(), FILE_BYTES, (byte) 1);
            assertEquals(FILE_BYTES, file.allocatedBytes());
            file.punchHole(PAGE_BYTES, 10 * PAGE_BYTES);
            assertEquals(FILE_BYTES - 10 * PAGE_BYTES, file.allocatedBytes());
            assertEquals(FILE_BYTES, file.bytes());
            assertEquals(1, Memory.getByte(view.address() + PAGE_BYTES - 1));
            assertEquals(0, Memory.getByte(view.address() + PAGE_BYTES));
            assertEquals(1, Memory.getByte(view.address() + 11 * PAGE_BYTES));
        }
    }

    @Test
    void shouldKeepMappingsWhenClosed() {
        try (Reservation view = Reservation.reserve(PAGE_BYTES, PAGE_BYTES)) {
            final MemoryFile file = MemoryFile.create("closed", PAGE_BYTES);
            view.mapShared(0, PAGE_BYTES, file, 0);
            Memory.putLong(view.address(), 9);
            file.close();
            assertEquals(9, Memory.getLong(view.address()));
        }
    }

    @Test
    void shouldDoNothingWhenClosedAgain() {
        final MemoryFile file = MemoryFile.create("twice", PAGE_BYTES);
        file.close();
        assertFalse(file.isOpen());
        // Had it closed the number again, this one, which got it, would be gone.
        try (MemoryFile next = MemoryFile.create("next", PAGE_BYTES)) {
            file.close();
            assertEquals(0, next.allocatedBytes());
        }
    }

    @Test
    void shouldRefuseWhenUsedAfterClose() {
        final MemoryFile file = MemoryFile.create("gone", PAGE_BYTES);
        file.close();
        final String message = "must not be used after close: memory file gone";
        assertEquals(message, assertThrows(IllegalStateException.class, file::allocatedBytes).getMessage());
        assertEquals(
                message,
                assertThrows(IllegalStateException.class, () -> file.punchHole(0, PAGE_BYTES)).getMessage());
        try (Reservation view = Reservation.reserve(PAGE_BYTES, PAGE_BYTES)) {
            assertEquals(
                    message,
                    assertThrows(IllegalStateException.class, () -> view.mapShared(0, PAGE_BYTES, file, 0))
                            .getMessage());
        }
    }

    @Test
    void shouldRefuseWhenSizeIsNoMultipleOfPage() {
        assertEquals(
                "must be a multiple of the page size of " + PAGE_BYTES + " bytes: bytes=" + (PAGE_BYTES + 1),
                assertThrows(IllegalArgumentException.class, () -> MemoryFile.create("odd", PAGE_BYTES + 1))
                        .getMessage());
    }

    @Test
    void shouldRefuseWhenSizeIsNotPositive() {
        assertEquals(
                "must be positive: bytes=0",
                assertThrows(IllegalArgumentException.class, () -> MemoryFile.create("none", 0)).getMessage());
    }

    @Test
    void shouldRefuseWhenNameIsTooLong() {
        final String name = "n".repeat(250);
        assertEquals(
                "must have at most 249 bytes, none of them zero: name=" + name,
                assertThrows(IllegalArgumentException.class, () -> MemoryFile.create(name, PAGE_BYTES)).getMessage());
    }

    @Test
    void shouldRefuseWhenHoleLiesOutside() {
        try (MemoryFile file = MemoryFile.create("outside", FILE_BYTES)) {
            assertEquals(
                    "must lie inside the first " + FILE_BYTES + " bytes: offset=" + FILE_BYTES
                            + ", bytes=" + PAGE_BYTES,
                    assertThrows(IllegalArgumentException.class, () -> file.punchHole(FILE_BYTES, PAGE_BYTES))
                            .getMessage());
        }
    }

    @Test
    void shouldTellWhatItIsWhenPrinted() {
        try (MemoryFile file = MemoryFile.create("printed", PAGE_BYTES)) {
            assertEquals("MemoryFile{name=printed, bytes=" + PAGE_BYTES + ", open=true}", file.toString());
        }
    }
}
