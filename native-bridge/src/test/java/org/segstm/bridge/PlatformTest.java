package org.segstm.bridge;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PlatformTest {
    private static final String NEED = "SegSTM needs a 64-bit JVM on Linux, x86-64 or aarch64, little endian: ";

    @Test
    void shouldPassWhenRunHere() {
        assertDoesNotThrow(() -> Platform.check());
    }

    @ParameterizedTest
    @ValueSource(strings = {"amd64", "x86_64", "aarch64"})
    void shouldPassWhenArchitectureIsSupported(final String architecture) {
        assertDoesNotThrow(() -> Platform.check("Linux", architecture, "64", ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void shouldRefuseWhenSystemIsNotLinux() {
        assertRefusal("os.name=Mac OS X", "Mac OS X", "aarch64", "64", ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldRefuseWhenArchitectureIsUnknown() {
        assertRefusal("os.arch=riscv64", "Linux", "riscv64", "64", ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldRefuseWhenJvmHas32Bits() {
        assertRefusal("sun.arch.data.model=32", "Linux", "amd64", "32", ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void shouldRefuseWhenByteOrderIsBig() {
        assertRefusal("byte order=BIG_ENDIAN", "Linux", "aarch64", "64", ByteOrder.BIG_ENDIAN);
    }

    @Test
    void shouldTellPageSizeAsPowerOfTwo() {
        assertEquals(1, Long.bitCount(Platform.pageBytes()));
        assertTrue(Platform.pageBytes() >= 4096, "pageBytes=" + Platform.pageBytes());
    }

    @Test
    void shouldTellMoreMemoryThanTheJavaHeapWhenAsked() {
        assertTrue(Platform.physicalMemoryBytes() >= Runtime.getRuntime().totalMemory());
        assertTrue(Platform.processors() >= 1);
    }

    @Test
    void shouldCountMoreMappingsWhenReservationIsSplit() {
        final long pageBytes = Platform.pageBytes();
        try (Reservation reservation = Reservation.reserve(400 * pageBytes, pageBytes)) {
            final long before = Platform.mappingCount();
            for (long page = 0; page < 400; page += 2) {
                reservation.mapAnonymous(page * pageBytes, pageBytes);
            }
            final long added = Platform.mappingCount() - before;
            // The JVM maps and unmaps on its own meanwhile.
            assertTrue(added > 300 && added < 500, "added=" + added);
        }
    }

    @Test
    void shouldCountMemoryOfMemoryFilesWhileTheyAreOpen() {
        final long fileBytes = 64 * Platform.pageBytes();
        final long before = Platform.memoryFileBytes();
        try (MemoryFile first = MemoryFile.create("first", fileBytes);
            MemoryFile second = MemoryFile.create("second", fileBytes)) {
            assertEquals(before, Platform.memoryFileBytes());
            first.allocate(0, fileBytes);
            second.allocate(0, Platform.pageBytes());
            assertEquals(before + fileBytes + Platform.pageBytes(), Platform.memoryFileBytes());
        }
        assertEquals(before, Platform.memoryFileBytes());
    }

    @Test
    void shouldTellTheLimitAsTheSystemPrintsItWhenAsked() throws IOException {
        final List<String> lines = Files.readAllLines(Path.of("/proc/sys/vm/max_map_count"));
        assertEquals(Long.parseLong(lines.get(0)), Platform.maxMapCount());
    }

    private static void assertRefusal(
            final String cause, final String os, final String architecture, final String dataModel,
            final ByteOrder order) {
        final UnsupportedPlatformException refusal = assertThrows(
                UnsupportedPlatformException.class, () -> Platform.check(os, architecture, dataModel, order));
        assertEquals(NEED + cause, refusal.getMessage());
    }
}
