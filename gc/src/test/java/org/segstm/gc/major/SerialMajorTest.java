package org.segstm.gc.major;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** No-STM mode: committed objects may be young, and what was written is remembered beyond its transaction. */
@Timeout(60)
class SerialMajorTest {
    private static final int LENGTH = 5000;

    @Test
    void shouldKeepYoungObjectsAndWhatTheyReferToWhenTheyAreCommitted() {
        try (TestHeap t = new TestHeap(HeapMode.SERIAL)) {
            ReachabilityTest.promote(t, m -> t.pushList(m, 1000));
            t.mutator.begin();
            t.mutator.push(t.newPair(t.mutator, 1000, t.mutator.pop()));
            t.mutator.push(t.mutator.allocate(t.array, LENGTH));
            t.mutator.putRefAt(t.mutator.root(1), LENGTH - 1, t.mutator.root(0));
            t.mutator.commit();
            t.heap.collectMajor();
            t.mutator.begin();
            assertEquals(1001, t.checkedLength(t.mutator, t.mutator.root(0)));
            assertEquals(t.mutator.root(0), t.mutator.getRefAt(t.mutator.root(1), LENGTH - 1));
            t.mutator.collectNursery();
            assertEquals(1001, t.checkedLength(t.mutator, t.mutator.root(0)));
            t.mutator.commit();
        }
    }

    @Test
    void shouldKeepYoungObjectWhenOnlyAnOldObjectRefersToIt() {
        try (TestHeap t = new TestHeap(HeapMode.SERIAL)) {
            ReachabilityTest.promote(t, m -> m.push(m.allocate(t.array, LENGTH)));
            t.mutator.atomicallyDo(m -> m.putRefAt(m.root(0), 3000, t.newPair(m, 5, 0)));
            t.heap.collectMajor();
            t.mutator.begin();
            t.mutator.collectNursery();
            assertEquals(5, t.mutator.getLong(t.mutator.getRefAt(t.mutator.root(0), 3000), t.value));
            t.mutator.commit();
        }
    }

    @Test
    void shouldRememberStoresIntoNewArrayWhenOneThatDiedWithOpenCardsLayThere() {
        try (TestHeap t = new TestHeap(HeapMode.SERIAL)) {
            ReachabilityTest.promote(t, m -> m.push(m.allocate(t.array, LENGTH)));
            final long dead = t.mutator.root(0);
            t.mutator.atomicallyDo(m -> {
                m.putRefAt(m.root(0), 3000, t.newPair(m, 5, 0));
                m.putRef(m.root(0), t.owner, t.newPair(m, 6, 0));
            });
            t.mutator.pop();
            t.heap.collectMajor();
            ReachabilityTest.promote(t, m -> m.push(m.allocate(t.array, LENGTH)));
            assertEquals(dead, t.mutator.root(0));
            t.mutator.begin();
            t.mutator.putRefAt(t.mutator.root(0), 3000, t.newPair(t.mutator, 7, 0));
            t.mutator.collectNursery();
            assertEquals(7, t.mutator.getLong(t.mutator.getRefAt(t.mutator.root(0), 3000), t.value));
            t.mutator.commit();
        }
    }

    @Test
    void shouldForgetRememberedObjectWhenItDies() {
        try (TestHeap t = new TestHeap(HeapMode.SERIAL)) {
            ReachabilityTest.promote(t, m -> m.push(t.newPair(m, 1, 0)));
            t.mutator.atomicallyDo(m -> m.putRef(m.root(0), t.next, t.newPair(m, 2, 0)));
            t.mutator.pop();
            t.heap.collectMajor();
            t.mutator.begin();
            t.mutator.collectNursery();
            t.mutator.commit();
            assertEquals(0, t.usedBytes());
        }
    }
}
