package org.segstm.gc.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.bridge.Memory;
import org.segstm.gc.HeapMode;
import org.segstm.gc.space.AllocationBitmap;
import org.segstm.gc.space.OldSpace;
import org.segstm.heap.layout.ConflictRule;
import org.segstm.heap.segment.Segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.segstm.gc.verify.BrokenHeap.hex;

/** Views that disagree, pages that are not what the page table says, and the collector's own tables. */
@Timeout(60)
class BrokenViewTest {
    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldFindViewsThatDisagree(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.attachOther();
            b.t.mutator.atomicallyDo(m -> m.putLong(b.second, b.t.value, 11));
            HeapVerifier.verify(b.t.heap);
            b.attachOther();
            HeapVerifier.verify(b.t.heap);
            Memory.putLong(b.t.other.segmentBase() + b.second + b.t.value.offset(), 12);
            b.assertBroken("root stack of mutator first[0] -> pair#1.next" + hex(b.second)
                + ": views disagree: pair#1.value is 0xb in segment 1 and 0xc in segment 2");
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldFindBaseThatDiffersFromViewWithUncommittedWrites(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.attachOther();
            b.t.mutator.begin();
            b.t.mutator.putLong(b.second, b.t.value, 11);
            b.t.mutator.park();
            b.t.heap.reshare();
            HeapVerifier.verify(b.t.heap);
            b.putWord(b.second, b.t.value.offset(), 3);
            b.assertBroken("root stack of mutator first at its begin[0] -> pair#1.next" + hex(b.second)
                + ": views disagree: pair#1.value is 0x1 in segment 1 and 0x3 in segment 2");
            b.putWord(b.second, b.t.value.offset(), 1);
            b.t.mutator.unpark();
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldFindWrittenObjectWithoutReadMarkOrOfAnotherConflictRule(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.t.mutator.begin();
            b.t.mutator.putLong(b.second, b.t.value, 11);
            b.t.mutator.putRefAt(b.array, 50, 0);
            b.t.mutator.park();
            final Segment segment = b.segment(b.t.mutator.inspect().segmentIndex());
            HeapVerifier.verify(b.t.heap);
            final long marker = segment.base() + (b.second >>> 4);
            final byte version = Memory.getByte(marker);
            Memory.putByte(marker, (byte) 0);
            b.assertBroken("root stack of mutator first at its begin[0] -> pair#1.next" + hex(b.second)
                + ": in the write set, but not marked as read (in " + segment + ')');
            Memory.putByte(marker, version);
            HeapVerifier.verify(b.t.heap);
            segment.writeSet().truncate(1, segment.writeSet().savedWordCount() - 16);
            segment.writeSet().saveCard(segment.base(), b.array + 384, 128, false, ConflictRule.COUNTER);
            b.assertBroken("root stack of mutator first at its begin[1]" + hex(b.array)
                + ": card at 384 is in the write set by the rule COUNTER, but its layout has NORMAL (in " + segment
                + ')');
            b.t.mutator.unpark();
            b.t.mutator.abort();
        }
    }

    @Test
    void shouldFindReadMarkerOfVersionToCome() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.MMAP_FIXED)) {
            final Segment segment = b.segment(1);
            final int version = segment.markers().version();
            segment.markers().startFrom(version + 7);
            segment.markers().mark(b.second);
            segment.markers().startFrom(version);
            b.assertBroken("segment 1 has a read marker of a version after its own, " + version + ": ref=0x"
                + Long.toHexString(b.second));
        }
    }

    @Test
    void shouldFindStoreIntoSharedPage() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            Memory.putLong(b.t.mutator.segmentBase() + b.second + b.t.value.offset(), 99);
            final long pageRef = b.second & -4096L;
            assertTrue(assertThrows(HeapVerificationException.class, () -> HeapVerifier.verify(b.t.heap)).getMessage()
                .startsWith("segment 1 does not hold a page privately, but shows something else than the base: ref=0x"
                    + Long.toHexString(b.second + b.t.value.offset())), "page " + pageRef);
        }
    }

    @Test
    void shouldFindPageTableBitThatNobodyLists() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.MMAP_FIXED)) {
            final Segment segment = b.segment(2);
            final long unit = segment.pages().unitOf(b.head);
            segment.pages().announce(unit, segment.bit());
            b.assertBroken("private units: segments list 0, the page table has 1");
            segment.pages().withdraw(unit, segment.bit());
        }
    }

    @Test
    void shouldFindPrivateUnitWithoutItsBit() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.MMAP_FIXED)) {
            b.t.mutator.atomicallyDo(m -> m.putLong(b.head, b.t.value, 8));
            final Segment segment = b.segment(1);
            final long unit = segment.pages().unitOf(b.head);
            segment.pages().withdraw(unit, segment.bit());
            b.assertBroken("segment 1 lists a private unit twice or without its bit in the page table: ref=0x"
                + Long.toHexString(segment.pages().refOf(unit)));
            segment.pages().announce(unit, segment.bit());
        }
    }

    @Test
    void shouldFindObjectWhereNoSlotStarts() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            final AllocationBitmap bitmap = b.oldSpace().bitmap();
            bitmap.set(b.head + 16);
            assertTrue(assertThrows(HeapVerificationException.class, () -> HeapVerifier.verify(b.t.heap)).getMessage()
                .contains("an object starts where no slot of 32 bytes does: ref=0x"
                    + Long.toHexString(b.head + 16)));
            bitmap.clear(b.head + 16);
        }
    }

    @Test
    void shouldFindObjectInFreePages() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            b.t.mutator.atomicallyDo(m -> {
                m.push(m.allocate(b.t.blob, 100_000));
                m.push(m.allocate(b.t.blob, 100_000));
            });
            final OldSpace space = b.oldSpace();
            final long blob = b.t.mutator.root(2);
            final long lower = Math.min(blob, b.t.mutator.root(3));
            b.t.mutator.atomicallyDo(m -> {
                m.setRoot(lower == blob ? 2 : 3, 0);
            });
            b.t.heap.collectMajor();
            HeapVerifier.verify(b.t.heap);
            space.bitmap().set(lower + 4096);
            assertTrue(assertThrows(HeapVerificationException.class, () -> HeapVerifier.verify(b.t.heap)).getMessage()
                .contains(": an object starts in a free run of pages"));
            space.bitmap().clear(lower + 4096);
        }
    }

    @Test
    void shouldFindCommittedObjectThatTheBitmapHasLost() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.REMAP_FILE_PAGES)) {
            b.oldSpace().bitmap().clear(b.second);
            b.assertBroken("root stack of mutator first[0] -> pair#1.next" + hex(b.second)
                + ": no object starts there");
            b.oldSpace().bitmap().set(b.second);
        }
    }

    @Test
    void shouldNameTheRuleWhenLargeObjectHasLostItsBit() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            b.t.mutator.atomicallyDo(m -> m.push(m.allocate(b.t.blob, 100_000)));
            final long blob = b.t.mutator.root(2);
            b.oldSpace().bitmap().clear(blob);
            final String message =
                assertThrows(HeapVerificationException.class, () -> HeapVerifier.verify(b.t.heap)).getMessage();
            assertEquals("a large run must have one object, at its start",
                message.substring(message.indexOf(": ") + 2, message.indexOf(" (descriptor")));
            b.oldSpace().bitmap().set(blob);
        }
    }
}
