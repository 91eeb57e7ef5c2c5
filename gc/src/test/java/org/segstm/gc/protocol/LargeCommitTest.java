package org.segstm.gc.protocol;

import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A large object that is committed takes its memory once, without a reshare. */
class LargeCommitTest {
    private static final int BYTES = 3 << 20;
    private static final int PAGE_BYTES = 4096;

    private static Stage stage(final PageSharing sharing, final long unitBytes) {
        final Stage t = new Stage(Stage.context(sharing).heapBytes(64 << 20).unitBytes(unitBytes));
        t.attach(t.a, t.b);
        return t;
    }

    private static long allocateAndFill(final Stage t, final Mutator m) {
        final long blob = m.allocate(t.blob, BYTES);
        m.push(blob);
        for (int i = 0; i < BYTES; i += PAGE_BYTES) {
            m.putByteAt(blob, i, (byte) (i / PAGE_BYTES));
        }
        m.putByteAt(blob, BYTES - 1, (byte) 77);
        return blob;
    }

    private static void check(final Stage t, final Mutator m, final long blob, final int written, final int value) {
        t.begin(m);
        for (int i = 0; i < BYTES; i += PAGE_BYTES) {
            assertEquals((byte) (i == written ? value : i / PAGE_BYTES), m.getByteAt(blob, i));
        }
        assertEquals(77, m.getByteAt(blob, BYTES - 1));
        t.commit(m);
    }

    @EachSharing
    void shouldShareItsPagesWhenCommitted(final PageSharing sharing) {
        for (long unitBytes = PAGE_BYTES; unitBytes <= 1 << 20; unitBytes <<= 4) {
            try (Stage t = stage(sharing, unitBytes)) {
                t.begin(t.a);
                final long blob = allocateAndFill(t, t.a);
                t.commit(t.a);
                final long privateBytes = t.heap.statistics().privateBytes();
                assertTrue(privateBytes <= 2 * unitBytes, "privateBytes=" + privateBytes);
                check(t, t.b, blob, 0, 0);
                check(t, t.a, blob, 0, 0);
                t.begin(t.b);
                t.b.putByteAt(blob, 100 * PAGE_BYTES, (byte) 55);
                t.commit(t.b);
                check(t, t.a, blob, 100 * PAGE_BYTES, 55);
                t.begin(t.a);
                t.a.putByteAt(blob, 100 * PAGE_BYTES, (byte) 56);
                t.abort(t.a);
                t.parkActing();
                HeapVerifier.verify(t.heap);
                t.reshare();
                assertEquals(0, t.heap.statistics().privateBytes());
                assertEquals(0, t.heap.privateRuns());
                check(t, t.a, blob, 100 * PAGE_BYTES, 55);
                check(t, t.b, blob, 100 * PAGE_BYTES, 55);
                t.a.pop();
                t.parkActing();
                t.heap.collectMajor();
                assertEquals(0, t.heap.statistics().liveBytes());
            }
        }
    }

    @EachSharing
    void shouldShareItsPagesWhenOtherPagesStayPrivate(final PageSharing sharing) {
        try (Stage t = stage(sharing, PAGE_BYTES)) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            final long first = allocateAndFill(t, t.a);
            t.commit(t.a);
            t.begin(t.b);
            t.b.putByteAt(first, 7 * PAGE_BYTES, (byte) 9);
            t.begin(t.a);
            t.put(t.a, x, 2);
            final long second = allocateAndFill(t, t.a);
            final long third = allocateAndFill(t, t.a);
            t.a.collectNursery();
            t.a.putByteAt(second, 3 * PAGE_BYTES, (byte) 8);
            t.commit(t.a);
            final long privatePages = t.heap.statistics().privateBytes() / PAGE_BYTES;
            assertTrue(privatePages > 0 && privatePages < 20, "privatePages=" + privatePages);
            t.commit(t.b);
            check(t, t.a, first, 7 * PAGE_BYTES, 9);
            check(t, t.b, second, 3 * PAGE_BYTES, 8);
            check(t, t.b, third, 0, 0);
            assertEquals(2, t.committedValue(t.b, x));
            t.parkActing();
            HeapVerifier.verify(t.heap);
        }
    }

    @EachSharing
    void shouldFreeItWhenCommitConflicts(final PageSharing sharing) {
        try (Stage t = stage(sharing, PAGE_BYTES)) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            t.put(t.a, x, t.get(t.a, x) + 1);
            allocateAndFill(t, t.a);
            t.begin(t.b);
            t.put(t.b, x, 5);
            t.commit(t.b);
            assertEquals(false, t.tryCommit(t.a));
            t.begin(t.a);
            final long blob = t.a.allocate(t.blob, BYTES);
            t.a.push(blob);
            for (int i = 0; i < BYTES; i += PAGE_BYTES) {
                assertEquals(0, t.a.getByteAt(blob, i));
            }
            t.commit(t.a);
            t.begin(t.b);
            assertEquals(0, t.b.getByteAt(blob, BYTES - 1));
            t.commit(t.b);
            t.parkActing();
            HeapVerifier.verify(t.heap);
        }
    }

    @EachSharing
    void shouldGoOnWithItWhenCommitIsRefused(final PageSharing sharing) {
        try (Stage t = stage(sharing, PAGE_BYTES)) {
            final long x = t.committedCell(1);
            t.on(t.b).beginInevitable("test");
            assertEquals(1, t.get(t.b, x));
            t.begin(t.a);
            t.put(t.a, x, 2);
            final long blob = allocateAndFill(t, t.a);
            assertThrows(HeapException.class, () -> t.tryCommit(t.a));
            t.a.putByteAt(blob, 5 * PAGE_BYTES, (byte) 99);
            t.commit(t.b);
            t.commit(t.a);
            check(t, t.b, blob, 5 * PAGE_BYTES, 99);
            assertEquals(2, t.committedValue(t.b, x));
        }
    }
}
