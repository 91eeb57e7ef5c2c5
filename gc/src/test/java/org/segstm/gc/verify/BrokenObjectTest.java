package org.segstm.gc.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.bridge.Memory;
import org.segstm.gc.HeapMode;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentMap;

import static org.segstm.gc.verify.BrokenHeap.hex;
import static org.segstm.heap.layout.ObjectHeader.WRITE_BARRIER;

/** Headers, lengths, flags and card marks. */
@Timeout(60)
class BrokenObjectTest {
    private static final String HEAD = "root stack of mutator first[0]";

    @Test
    void shouldFindUnknownLayout() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            Memory.putInt(b.base + b.second + ObjectHeader.LAYOUT_ID_OFFSET, 77);
            b.assertBroken(HEAD + " -> pair#1.next" + hex(b.second)
                + ": header without a registered layout: layoutId=77 (in segment 1)");
        }
    }

    @Test
    void shouldFindHeaderThatDoesNotFitItsLayout() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            Memory.putShort(b.base + b.second + ObjectHeader.VARIABLE_OFFSET_OFFSET, (short) 24);
            b.assertBroken(HEAD + " -> pair#1.next" + hex(b.second)
                + ": header does not fit its layout: header=0x100180001 (in segment 1)");
        }
    }

    @Test
    void shouldFindImpossibleLength() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.MMAP_FIXED)) {
            b.putWord(b.array, ObjectHeader.VARIABLE_LENGTH_OFFSET, -1);
            b.assertBroken("root stack of mutator first[1]" + hex(b.array)
                + ": array#2 has an impossible length: length=-1 (in segment 1)");
        }
    }

    @Test
    void shouldFindLengthBeyondPlace() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            b.putWord(b.array, ObjectHeader.VARIABLE_LENGTH_OFFSET, 200);
            b.assertBroken("root stack of mutator first[1]" + hex(b.array)
                + ": array#2 is larger than its place: bytes=1632 place=1024 (in segment 1)");
        }
    }

    @ParameterizedTest
    @CsvSource({"OVERFLOW,5", "FORWARDED,9", "YOUNG_OUTSIDE,17", "REACHED,33", "IN_WRITE_SET,3"})
    void shouldFindFlagThatNoCommittedObjectHas(final String name, final int flags) {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            b.setFlags(b.third, flags);
            b.assertBroken(HEAD + " -> pair#1.next -> pair#1.next" + hex(b.third)
                + ": a committed object has the flag " + name + " (in segment 1)");
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldFindMissingBarrierFlagWhenObjectIsNotInWriteSet(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.setFlags(b.head, 0);
            b.assertBroken(HEAD + hex(b.head) + ": no write barrier flag, but not in the write set (in segment 1)");
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldFindWriteSetFlagThatGotLost(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.t.mutator.begin();
            b.t.mutator.putLong(b.head, b.t.value, 5);
            final long address = b.t.mutator.segmentBase() + b.head;
            final byte flags = Memory.getByte(address);
            b.t.mutator.park();
            HeapVerifier.verify(b.t.heap);
            Memory.putByte(address, (byte) WRITE_BARRIER);
            b.assertBroken("root stack of mutator first at its begin[0]" + hex(b.head)
                + ": in the write set without its flag (in segment 1)");
            Memory.putByte(address, flags);
            b.t.mutator.unpark();
        }
    }

    @Test
    void shouldFindFlagOfCardsThatDoesNotFitTheSize() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            b.setFlags(b.array, WRITE_BARRIER);
            b.assertBroken("root stack of mutator first[1]" + hex(b.array)
                + ": has several cards, but not the flag (in segment 1)");
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldFindCardMarkWithoutWrite(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            final Segment segment = b.segment(1);
            final long mark = segment.base() + (b.array + 128 >>> SegmentMap.LOG_MARKER_SCALE)
                + segment.cardMarkDistance();
            Memory.putByte(mark, Segment.CARD_REMEMBERED);
            b.assertBroken("root stack of mutator first[1]" + hex(b.array)
                + ": card at 128 has the write mark 2, but is not in the write set (in segment 1)");
            Memory.putByte(mark, Segment.CARD_CLEAN);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFindFlagOnYoungObject(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.t.mutator.begin();
            final long young = b.t.newPair(b.t.mutator, 1, 0);
            b.t.mutator.push(young);
            final long address = b.t.mutator.segmentBase() + young;
            Memory.putByte(address, (byte) WRITE_BARRIER);
            b.t.mutator.park();
            b.assertBroken("root stack of mutator first[2]" + hex(young)
                + ": a young object has the flags 0x1, not 0x0 (in segment 1)");
            Memory.putByte(address, (byte) 0);
            b.t.mutator.unpark();
        }
    }

    @Test
    void shouldFindYoungObjectThatEndsNowhere() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            b.t.mutator.begin();
            final long young = b.t.mutator.allocate(b.t.blob, 10);
            final long address = b.t.mutator.segmentBase() + young + ObjectHeader.VARIABLE_LENGTH_OFFSET;
            Memory.putLong(address, 1 << 30);
            b.t.mutator.park();
            b.assertBroken("young objects of segment 1" + hex(young)
                + ": blob#3 ends outside the nursery: bytes=1073741840");
            Memory.putLong(address, 10);
            b.t.mutator.unpark();
        }
    }
}
