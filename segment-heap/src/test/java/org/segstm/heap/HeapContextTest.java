package org.segstm.heap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.Platform;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Settings: their defaults, properties and refusals, word for word. */
@Timeout(60)
class HeapContextTest {
    private static void assertRefused(final String message, final HeapContext context) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }

    private static void assertRefusedWithProperty(final String message, final String property, final String value) {
        withProperty(property, value, () ->
            assertEquals(message, assertThrows(IllegalArgumentException.class, HeapContext::new).getMessage()));
    }

    private static void withProperty(final String property, final String value, final Runnable check) {
        System.setProperty(property, value);
        try {
            check.run();
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void shouldHaveDefaultsWhenNothingIsSet() {
        final HeapContext context = new HeapContext();
        context.conclude();
        assertEquals(Math.min(64, Platform.processors()), context.segments());
        assertEquals(1L << 30, context.heapBytes());
        assertEquals(4L << 20, context.nurseryBytes());
        assertEquals(Platform.pageBytes(), context.unitBytes());
        assertEquals(PageSharing.PRIVATE_COW, context.pageSharing());
        assertEquals(MarkerReset.MEMSET, context.markerReset());
        assertEquals(Platform.maxMapCount() / 4, context.maximumMappings());
    }

    @Test
    void shouldRefuseSegmentsWhenOutOfRange() {
        assertEquals("segments must be from 1 to 64: segments=0",
            assertThrows(IllegalArgumentException.class, () -> new HeapContext().segments(0)).getMessage());
        assertEquals("segments must be from 1 to 64: segments=65",
            assertThrows(IllegalArgumentException.class, () -> new HeapContext().segments(65)).getMessage());
        assertDoesNotThrow(() -> new HeapContext().segments(64));
    }

    @Test
    void shouldRefuseSizesWhenOutOfRange() {
        assertRefused("heap size must be from 1m to 4t: heapBytes=1048575", new HeapContext().heapBytes((1 << 20) - 1));
        assertRefused("heap size must be from 1m to 4t: heapBytes=4398046511105",
            new HeapContext().heapBytes((1L << 42) + 1));
        assertRefused("nursery size must be from 64k to 4g: nurseryBytes=65535", new HeapContext().nurseryBytes(65535));
        assertRefused("nursery size must be from 64k to 4g: nurseryBytes=4294967297",
            new HeapContext().nurseryBytes((1L << 32) + 1));
        assertRefused("commit log memory must be at least 16k: logBytes=16383", new HeapContext().logBytes(16383));
    }

    @Test
    void shouldRefuseUnitWhenNoPowerOfTwoInRange() {
        final String rule = "privatization unit must be a power of two from the page size (" + Platform.pageBytes()
            + ") to 2m: unitBytes=";
        assertRefused(rule + 12288, new HeapContext().unitBytes(12288));
        assertRefused(rule + 2048, new HeapContext().unitBytes(2048));
        assertRefused(rule + (4 << 20), new HeapContext().unitBytes(4 << 20));
        assertRefused(rule + -4096, new HeapContext().unitBytes(-4096));
        assertDoesNotThrow(new HeapContext().unitBytes(2 << 20)::conclude);
    }

    @Test
    void shouldRefuseCountsWhenTooSmall() {
        assertRefused("mappings must be at least 64: maximumMappings=63", new HeapContext().maximumMappings(63));
        assertRefused("roots must be at least 64: maximumRoots=63", new HeapContext().maximumRoots(63));
    }

    @Test
    void shouldRefuseLimitsOfCollectionsWhenOutOfRange() {
        assertRefused("collector threads must be from 1 to 256: collectorThreads=-1",
            new HeapContext().collectorThreads(-1));
        assertRefused("growth must be above 1 and at most 100: growth=1.0", new HeapContext().growth(1));
        assertRefused("growth must be above 1 and at most 100: growth=NaN", new HeapContext().growth(Double.NaN));
        assertRefused("the least use for a major collection must not be negative: minimumMajorBytes=-1",
            new HeapContext().minimumMajorBytes(-1));
        assertRefused("soft limit must be from 64k to the heap size: softHeapBytes=2097152",
            new HeapContext().heapBytes(1 << 20).softHeapBytes(2 << 20));
        assertRefused("budget of private memory must be at least 64k: privateBudgetBytes=1",
            new HeapContext().privateBudgetBytes(1));
    }

    @Test
    void shouldDeriveLimitsOfCollectionsFromHeapSize() {
        final HeapContext context = new HeapContext().heapBytes(100 << 20);
        context.conclude();
        assertEquals(85 << 20, context.softHeapBytes());
        assertEquals(25 << 20, context.privateBudgetBytes());
        assertEquals(Platform.processors(), context.collectorThreads());
    }

    @Test
    void shouldRefuseNullWhenSet() {
        assertRefused("settings must not be null: pageSharing=null markerReset=MEMSET "
                + "lengthBounds=8..8k polls, 16k..256k bytes",
            new HeapContext().pageSharing(null));
        assertRefused("settings must not be null: pageSharing=PRIVATE_COW markerReset=null "
                + "lengthBounds=8..8k polls, 16k..256k bytes",
            new HeapContext().markerReset(null));
    }

    @Test
    void shouldRefuseChangeWhenConcluded() {
        final HeapContext context = new HeapContext();
        context.conclude();
        final String message = "a context serves one heap and cannot be changed once the heap is open";
        assertEquals(message, assertThrows(IllegalStateException.class, () -> context.heapBytes(1 << 20)).getMessage());
        assertEquals(message, assertThrows(IllegalStateException.class, context::conclude).getMessage());
    }

    @Test
    void shouldHaveOneSegmentWhenSerial() {
        final HeapContext context = new HeapContext().segments(8).serial(true);
        context.conclude();
        assertEquals(1, context.segments());
    }

    @Test
    void shouldReadPropertiesWhenSet() {
        withProperty(HeapContext.HEAP_PROPERTY, "48m", () -> assertEquals(48L << 20, new HeapContext().heapBytes()));
        withProperty(HeapContext.PAGE_SHARING_PROPERTY, "mmap-fixed",
            () -> assertEquals(PageSharing.MMAP_FIXED, new HeapContext().pageSharing()));
        withProperty(HeapContext.SEGMENTS_PROPERTY, "7", () -> assertEquals(7, new HeapContext().segments()));
        withProperty(HeapContext.HEAP_PROPERTY, "48m",
            () -> assertEquals(2L << 20, new HeapContext().heapBytes(2 << 20).heapBytes(), "a call wins"));
    }

    @Test
    void shouldRefusePropertiesWhenTheyMakeNoSense() {
        assertRefusedWithProperty("not a size (digits and an optional k, m, g or t): segstm.heap=lots",
            HeapContext.HEAP_PROPERTY, "lots");
        assertRefusedWithProperty("unknown PageSharing (one of [PRIVATE_COW, MMAP_FIXED, REMAP_FILE_PAGES]): "
            + "segstm.page.sharing=cow", HeapContext.PAGE_SHARING_PROPERTY, "cow");
        assertRefusedWithProperty("not a size (digits and an optional k, m, g or t): segstm.segments=eight",
            HeapContext.SEGMENTS_PROPERTY, "eight");
        assertRefusedWithProperty("neither true nor false: segstm.serial=yes", HeapContext.SERIAL_PROPERTY, "yes");
        assertRefusedWithProperty("unknown MarkerReset (one of [MEMSET, MADVISE]): segstm.marker.reset=never",
            HeapContext.MARKER_RESET_PROPERTY, "never");
    }

    @Test
    void shouldPrintAllSettings() {
        final HeapContext context = new HeapContext().segments(3).heapBytes(64 << 20).nurseryBytes(128 << 10)
            .pageSharing(PageSharing.MMAP_FIXED).unitBytes(16 << 10).logBytes(32 << 10).maximumMappings(1000)
            .maximumRoots(5000).markerReset(MarkerReset.MADVISE).collectorThreads(2).growth(1.5)
            .minimumMajorBytes(8 << 20).softHeapBytes(48 << 20).privateBudgetBytes(4 << 20)
            .lengthBounds(new LengthBounds(1, 2 << 10, 4, 1 << 20));
        assertEquals("HeapContext{segments=3, heapBytes=64m, nurseryBytes=128k, pageSharing=MMAP_FIXED, "
            + "unitBytes=16k, markerReset=MADVISE, markerBytes=16, markerShare=64, logBytes=32k, maximumMappings=1000, "
            + "maximumRoots=5000, collectorThreads=2, growth=1.5, minimumMajorBytes=8m, softHeapBytes=48m, "
            + "privateBudgetBytes=4m, "
            + "collectionLog=false, serial=false, timing=false, verify=false, lengthBounds=1..2k polls, 4..1m bytes, "
            + "stressBytes=0, checked=true}",
            context.toString());
    }
}
