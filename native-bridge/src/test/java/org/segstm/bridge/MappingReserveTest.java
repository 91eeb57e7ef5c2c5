package org.segstm.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MappingReserveTest {
    /** The JVM maps and unmaps on its own meanwhile. */
    private static final long TOLERANCE = 100;
    private static final int MANY = 1000;

    @Test
    void shouldHoldMappingsUntilReleased() {
        final long before = Platform.mappingCount();
        try (MappingReserve reserve = MappingReserve.hold(2000)) {
            assertEquals(2001, reserve.mappings());
            final long added = Platform.mappingCount() - before;
            assertTrue(Math.abs(added - 2001) < TOLERANCE, "added=" + added);
            assertTrue(reserve.release());
            final long left = Platform.mappingCount() - before;
            assertTrue(Math.abs(left) < TOLERANCE, "left=" + left);
            assertFalse(reserve.release());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldHoldAndReleaseWhenThereAreFew(final long mappings) {
        final MappingReserve reserve = MappingReserve.hold(mappings);
        assertEquals(mappings | 1, reserve.mappings());
        assertTrue(reserve.release());
        assertFalse(reserve.release());
    }

    /** What is mapped while a reserve is being released may lie where it was. */
    @Test
    void shouldLeaveMappingsOfOthersWhenReleased() throws InterruptedException {
        // Just what becomes free between the ends of a reserve: the kernel takes the next place that is large enough.
        final long bytes = (MANY - 1) * Platform.pageBytes();
        final AtomicBoolean done = new AtomicBoolean();
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        try (Reservation residency = Reservation.reserve(Platform.pageBytes(), Platform.pageBytes())) {
            residency.mapAnonymous(0, Platform.pageBytes());
            final Thread other = new Thread(() -> {
                while (!done.get() && failure.get() == null) {
                    mapAndLook(bytes, residency.address());
                }
            });
            other.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
            other.start();
            for (int i = 0; i < 250 && failure.get() == null; i++) {
                MappingReserve.hold(MANY).release();
            }
            done.set(true);
            other.join();
        }
        assertNull(failure.get());
    }

    /** The kernel refuses to tell what is resident of pages that are not mapped. */
    private static void mapAndLook(final long bytes, final long vector) {
        final long address = SystemCalls.map(
            0, bytes, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS, -1, 0);
        for (int look = 0; look < 3; look++) {
            SystemCalls.residentPages(address, bytes, vector);
        }
        SystemCalls.unmap(address, bytes);
    }

    @Test
    void shouldRefuseWhenNoneAreAskedFor() {
        final IllegalArgumentException refusal =
            assertThrows(IllegalArgumentException.class, () -> MappingReserve.hold(0));
        assertEquals("must be at least 1: mappings=0", refusal.getMessage());
    }
}
