package org.segstm.gc.major;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.segstm.gc.protocol.EachSharing;
import org.segstm.gc.protocol.Stage;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Arrays of gigabytes: nothing counts in 32 bits, conflicts are per card, and their memory comes back. */
@Tag("slow")
@Timeout(300)
class LargeArrayTest {
    private static final long HEAP = 5L << 30;
    private static final long BLOB_BYTES = (2L << 30) + (3 << 20);
    /** Under copy-on-write a new object's pages are copied at once, as its mutator stores through its own view. */
    private static final long COPIED_BLOB_BYTES = 300L << 20;

    @EachSharing
    void shouldReadAndWriteFarCardsWhenBlobExceedsTwoGibibytes(final PageSharing sharing) {
        final long bytes = sharing == PageSharing.PRIVATE_COW ? COPIED_BLOB_BYTES : BLOB_BYTES;
        try (Stage t = new Stage(Stage.context(sharing).heapBytes(HEAP).privateBudgetBytes(HEAP))) {
            t.begin(t.a);
            t.a.push(t.a.allocate(t.blob, bytes));
            t.a.putByteAt(t.a.root(0), bytes - 1, (byte) 1);
            t.a.commit();
            final long blob = t.a.root(0);
            t.b.push(blob);
            t.begin(t.b).putByteAt(blob, bytes - 1, (byte) 2);
            t.begin(t.a).putByteAt(blob, bytes - 1 - 128, (byte) 3);
            t.parkActing();
            t.heap.collectMajor();
            t.commit(t.b);
            t.commit(t.a);
            t.begin(t.b).putByteAt(blob, bytes / 2, (byte) 4);
            t.begin(t.a).putByteAt(blob, bytes / 2, (byte) 5);
            t.commit(t.b);
            assertFalse(t.tryCommit(t.a), "the same card");
            t.begin(t.a).putByteAt(blob, bytes - 1, (byte) 6);
            t.abort(t.a);
            t.begin(t.c);
            assertEquals(2, t.c.getByteAt(blob, bytes - 1));
            assertEquals(3, t.c.getByteAt(blob, bytes - 1 - 128));
            assertEquals(4, t.c.getByteAt(blob, bytes / 2));
            assertEquals(0, t.c.getByteAt(blob, bytes / 2 + 1));
            t.commit(t.c);
            t.a.pop();
            t.b.pop();
            t.parkActing();
            t.heap.collectMajor();
            assertEquals(0, t.heap.statistics().usedBytes());
            assertTrue(t.heap.statistics().fileBytes() < 1 << 20);
        }
    }

    @EachSharing
    void shouldKeepWhatFarElementsReferToWhenArrayIsLarge(final PageSharing sharing) {
        final long length = (sharing == PageSharing.MMAP_FIXED ? BLOB_BYTES : COPIED_BLOB_BYTES) / 8;
        try (Stage t = new Stage(Stage.context(sharing).heapBytes(HEAP).privateBudgetBytes(HEAP))) {
            t.begin(t.a);
            t.a.push(t.a.allocate(t.array, length));
            t.a.putRefAt(t.a.root(0), length - 1, t.newCell(t.a, 1, 0));
            t.a.putRefAt(t.a.root(0), length / 2, t.newCell(t.a, 2, 0));
            t.a.commit();
            t.parkActing();
            t.heap.collectMajor();
            t.begin(t.a).putRefAt(t.a.root(0), length / 3, t.newCell(t.a, 3, 0));
            t.parkActing();
            t.heap.collectMajor();
            t.commit(t.a);
            t.heap.collectMajor();
            t.begin(t.b);
            assertEquals(1, t.get(t.b, t.b.getRefAt(t.a.root(0), length - 1)));
            assertEquals(2, t.get(t.b, t.b.getRefAt(t.a.root(0), length / 2)));
            assertEquals(3, t.get(t.b, t.b.getRefAt(t.a.root(0), length / 3)));
            t.commit(t.b);
        }
    }
}
