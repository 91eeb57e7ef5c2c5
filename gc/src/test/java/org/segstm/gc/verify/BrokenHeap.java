package org.segstm.gc.verify;

import org.segstm.bridge.Memory;
import org.segstm.gc.GenerationalCollector;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.gc.space.OldSpace;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.segment.Segment;

import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A heap with a committed list of three pairs and an array that is not small, to be broken on purpose. */
final class BrokenHeap implements AutoCloseable {
    static final int LENGTH = 100;
    final TestHeap t;
    final long head;
    final long second;
    final long third;
    final long array;
    final long base;

    BrokenHeap(final HeapMode mode) {
        t = new TestHeap(mode);
        t.mutator.atomicallyDo(m -> {
            t.pushList(m, 3);
            m.push(m.allocate(t.array, LENGTH));
        });
        head = t.mutator.root(0);
        array = t.mutator.root(1);
        t.mutator.begin();
        second = t.mutator.getRef(head, t.next);
        third = t.mutator.getRef(second, t.next);
        t.mutator.commit();
        final AtomicReference<Long> address = new AtomicReference<>();
        t.heap.whileStopped(stopped -> address.set(stopped.space().baseAddress()));
        base = address.get();
        HeapVerifier.verify(t.heap);
    }

    /** Attaches the second mutator's segment: then both follow the log. */
    void attachOther() {
        t.other.atomicallyDo(m -> m.getLong(head, t.value));
    }

    Segment segment(final int index) {
        final AtomicReference<Segment> found = new AtomicReference<>();
        t.heap.whileStopped(stopped -> found.set(stopped.segments().get(index - 1)));
        return found.get();
    }

    OldSpace oldSpace() {
        final AtomicReference<OldSpace> space = new AtomicReference<>();
        t.heap.whileStopped(stopped -> space.set(((GenerationalCollector) stopped.collector()).oldSpace()));
        return space.get();
    }

    /** Stores a word where all views that share the page see it. */
    void putWord(final long ref, final long offset, final long word) {
        Memory.putLong(base + ref + offset, word);
    }

    void setFlags(final long ref, final int flags) {
        Memory.putByte(base + ref + ObjectHeader.FLAGS_OFFSET, (byte) flags);
    }

    void assertBroken(final String expected) {
        final HeapVerificationException e =
            assertThrows(HeapVerificationException.class, () -> HeapVerifier.verify(t.heap));
        assertEquals(expected, e.getMessage());
    }

    static String hex(final long value) {
        return "[0x" + Long.toHexString(value) + "]";
    }

    @Override
    public void close() {
        t.close();
    }
}
