package org.segstm.gc.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.bridge.Memory;
import org.segstm.gc.HeapMode;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;

import static org.segstm.gc.verify.BrokenHeap.hex;

/** The first broken ref is explained by its path. */
@Timeout(60)
class BrokenRefTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldTellPathWhenRefDanglesInCommittedList(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            if (mode.isSerial()) {
                b.t.mutator.atomicallyDo(Mutator::collectNursery);
            }
            final long head = b.t.mutator.root(0);
            final long second = mode.isSerial() ? Memory.getLong(b.base + head + b.t.next.offset()) : b.second;
            final long wild = head + (8 << 10);
            b.putWord(second, b.t.next.offset(), wild);
            b.assertBroken("root stack of mutator first[0] -> pair#1.next -> pair#1.next" + hex(wild)
                + ": no object starts there");
        }
    }

    @Test
    void shouldTellIndexWhenRefInArrayIsNotAligned() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            b.putWord(b.array, b.t.array.variableOffset() + 17 * 8, b.head + 8);
            b.assertBroken("root stack of mutator first[1] -> array#2[17]" + hex(b.head + 8) + ": not aligned");
        }
    }

    @Test
    void shouldTellFieldWhenRefLeavesHeap() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.MMAP_FIXED)) {
            b.putWord(b.array, b.t.owner.offset(), 0x40);
            b.assertBroken("root stack of mutator first[1] -> array#2.owner[0x40]: outside nursery and used old space");
        }
    }

    @Test
    void shouldTellRootWhenItIsBrokenItself() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            final GlobalRoot root = b.t.heap.newGlobalRoot("everything");
            root.set(b.head + 16);
            b.assertBroken("global root everything" + hex(b.head + 16) + ": no object starts there");
        }
    }

    @Test
    void shouldTellAboutRootsOfBeginWhenTransactionDroppedThem() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.PRIVATE_COW)) {
            b.t.mutator.begin();
            b.t.mutator.setRoot(0, 0);
            b.t.mutator.park();
            b.putWord(b.third, b.t.next.offset(), 0x50);
            b.assertBroken("root stack of mutator first at its begin[0] -> pair#1.next -> pair#1.next -> pair#1.next"
                + "[0x50]: outside nursery and used old space");
            b.t.mutator.unpark();
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldRefuseCommittedRefToYoungObject(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.t.mutator.begin();
            final long young = b.t.newPair(b.t.mutator, 1, 0);
            b.t.mutator.park();
            b.putWord(b.head, b.t.next.offset(), young);
            b.assertBroken("root stack of mutator first at its begin[0] -> pair#1.next" + hex(young)
                + ": a committed object or root refers to a young object");
            b.t.mutator.unpark();
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldRefuseCommittedRefToUncommittedObject(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.t.mutator.begin();
            b.t.mutator.push(b.t.newPair(b.t.mutator, 1, 0));
            b.t.mutator.collectNursery();
            final long promoted = b.t.mutator.root(2);
            b.t.mutator.park();
            b.putWord(b.head, b.t.next.offset(), promoted);
            b.assertBroken("root stack of mutator first at its begin[0] -> pair#1.next" + hex(promoted)
                + ": a committed object or root refers to an uncommitted object of segment 1");
            b.t.mutator.unpark();
        }
    }

    @Test
    void shouldRefuseRefToUncommittedObjectOfOtherTransaction() {
        try (BrokenHeap b = new BrokenHeap(HeapMode.MMAP_FIXED)) {
            b.attachOther();
            b.t.mutator.begin();
            b.t.mutator.push(b.t.newPair(b.t.mutator, 1, 0));
            b.t.mutator.collectNursery();
            final long promoted = b.t.mutator.root(2);
            b.t.mutator.park();
            b.t.other.begin();
            b.t.other.push(promoted);
            b.t.other.park();
            b.assertBroken("root stack of mutator second[0]" + hex(promoted)
                + ": a transaction of segment 2 refers to an uncommitted object of segment 1");
            b.t.other.unpark();
            b.t.mutator.unpark();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldTellYoungObjectWhenItsRefIsBroken(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.t.mutator.begin();
            final long young = b.t.newPair(b.t.mutator, 1, 0);
            b.t.mutator.push(b.t.newPair(b.t.mutator, 1, young));
            final long address = b.t.mutator.segmentBase() + young + b.t.next.offset();
            Memory.putLong(address, young + 16);
            b.t.mutator.park();
            b.assertBroken("root stack of mutator first[2] -> pair#1.next -> pair#1.next" + hex(young + 16)
                + ": no object starts there");
            Memory.putLong(address, 0);
            b.t.mutator.unpark();
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldFindYoungRefStoredWithoutBarrier(final HeapMode mode) {
        try (BrokenHeap b = new BrokenHeap(mode)) {
            b.t.mutator.begin();
            b.t.mutator.collectNursery();
            final long head = b.t.mutator.root(0);
            final long young = b.t.newPair(b.t.mutator, 1, 0);
            b.t.mutator.push(young);
            b.t.mutator.writeBarrier(head);
            b.t.mutator.collectNursery();
            final long younger = b.t.newPair(b.t.mutator, 2, 0);
            Memory.putLong(b.t.mutator.segmentBase() + head + b.t.next.offset(), younger);
            b.t.mutator.park();
            b.assertBroken("root stack of mutator first[0] -> pair#1.next" + hex(younger)
                + ": a young object is stored without the write barrier (in segment 1)");
            b.t.mutator.unpark();
        }
    }
}
