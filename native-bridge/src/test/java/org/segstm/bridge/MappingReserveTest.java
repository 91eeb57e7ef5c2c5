package org.segstm.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MappingReserveTest {
    /** The JVM maps and unmaps on its own meanwhile. */
    private static final long TOLERANCE = 100;

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

    @Test
    void shouldRefuseWhenNoneAreAskedFor() {
        final IllegalArgumentException refusal =
            assertThrows(IllegalArgumentException.class, () -> MappingReserve.hold(0));
        assertEquals("must be at least 1: mappings=0", refusal.getMessage());
    }
}
