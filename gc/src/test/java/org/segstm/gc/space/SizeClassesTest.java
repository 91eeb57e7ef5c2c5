package org.segstm.gc.space;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(10)
class SizeClassesTest {
    private static final int BLOCK_BYTES = 64 << 10;

    @Test
    void shouldGiveSmallestSlotThatFitsWhenAskedForAnySize() {
        for (int bytes = 1; bytes <= SizeClasses.MAXIMUM_SLOT_BYTES; bytes++) {
            final int sizeClass = SizeClasses.classOf(bytes);
            assertTrue(SizeClasses.slotBytes(sizeClass) >= bytes, "bytes=" + bytes);
            assertTrue(sizeClass == 0 || SizeClasses.slotBytes(sizeClass - 1) < bytes, "bytes=" + bytes);
        }
    }

    @Test
    void shouldStepByGranuleWhenSmall() {
        for (int bytes = 16; bytes <= 256; bytes += 16) {
            assertEquals(bytes, SizeClasses.slotBytes(SizeClasses.classOf(bytes)));
        }
    }

    @Test
    void shouldHaveGrowingGranularSlotsWhenListed() {
        assertTrue(SizeClasses.COUNT <= Long.SIZE);
        assertEquals(16, SizeClasses.slotBytes(0));
        assertEquals(SizeClasses.MAXIMUM_SLOT_BYTES, SizeClasses.slotBytes(SizeClasses.COUNT - 1));
        for (int i = 0; i < SizeClasses.COUNT; i++) {
            assertEquals(0, SizeClasses.slotBytes(i) % 16);
            assertTrue(i == 0 || SizeClasses.slotBytes(i) > SizeClasses.slotBytes(i - 1));
        }
    }

    @Test
    void shouldWasteLessThanHalfWhenBlockHoldsSmallestObjectsOfItsClass() {
        for (int i = 1; i < SizeClasses.COUNT; i++) {
            final long smallest = SizeClasses.slotBytes(i - 1) + 16;
            for (final long block : new long[] {HeapPage.pagesFor(SizeClasses.slotBytes(i)) << 12, 8192, BLOCK_BYTES}) {
                final long slots = SizeClasses.slotsIn(i, block);
                assertTrue(slots >= 1 && slots * smallest * 2 >= block, "class=" + i + " block=" + block);
            }
        }
    }

    @Test
    void shouldKeepToPagesWhenObjectsAreUpToAKilobyte() {
        for (int bytes = 16; bytes <= 1024; bytes += 16) {
            final int sizeClass = SizeClasses.classOf(bytes);
            assertTrue(SizeClasses.keepsToPages(sizeClass), "bytes=" + bytes);
            assertEquals(4096 / SizeClasses.slotBytes(sizeClass) * 16, SizeClasses.slotsIn(sizeClass, BLOCK_BYTES));
        }
        assertTrue(SizeClasses.keepsToPages(SizeClasses.classOf(4096)));
    }
}
