package org.segstm.heap.layout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The packing of header words. */
@Timeout(60)
class ObjectHeaderTest {
    @Test
    void shouldKeepPartsApartWhenPacked() {
        final long header = ObjectHeader.header(0x7EDCBA98, 0x1234, 0x7F & ~ObjectHeader.FORWARDED);
        assertEquals(0x7EDCBA98, ObjectHeader.layoutId(header));
        assertEquals(0x1234, (int) (header >>> 16) & 0xFFFF);
        assertEquals(0x77, (int) header & 0xFF);
        assertFalse(ObjectHeader.isForwarded(header));
    }

    @Test
    void shouldFindCopyWhenForwarded() {
        final long ref = 0x0123_4567_89A0L;
        final long word = ObjectHeader.forwardingTo(ref);
        assertTrue(ObjectHeader.isForwarded(word));
        assertEquals(ref, ObjectHeader.forwardedRef(word));
    }

    @Test
    void shouldTellRefsFromNullAndImmediates() {
        assertTrue(ObjectHeader.isObjectRef(0x1230));
        assertFalse(ObjectHeader.isObjectRef(0));
        assertFalse(ObjectHeader.isObjectRef(1));
        assertFalse(ObjectHeader.isObjectRef(-1));
    }

    @Test
    void shouldRoundUpToGranules() {
        assertEquals(0, ObjectHeader.alignToGranule(0));
        assertEquals(16, ObjectHeader.alignToGranule(1));
        assertEquals(16, ObjectHeader.alignToGranule(16));
        assertEquals(32, ObjectHeader.alignToGranule(17));
    }

    @Test
    void shouldHaveDistinctFlags() {
        final int[] flags = {ObjectHeader.WRITE_BARRIER, ObjectHeader.IN_WRITE_SET, ObjectHeader.OVERFLOW,
            ObjectHeader.FORWARDED, ObjectHeader.YOUNG_OUTSIDE, ObjectHeader.REACHED, ObjectHeader.MULTI_CARD};
        int all = 0;
        for (final int flag : flags) {
            assertEquals(1, Integer.bitCount(flag));
            assertEquals(0, all & flag);
            all |= flag;
        }
        assertTrue(all < 1 << Byte.SIZE);
        assertTrue(ObjectHeader.FORWARDED < ObjectHeader.BYTES_IN_GRANULE, "forwarding words hold a ref besides");
    }
}
