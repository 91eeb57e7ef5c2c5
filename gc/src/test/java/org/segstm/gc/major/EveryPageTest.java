package org.segstm.gc.major;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.segstm.gc.protocol.EachSharing;
import org.segstm.gc.protocol.Stage;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two mutators that write every page of a gibibyte, one page after the next but one, so that no two runs meet. */
@Tag("slow")
@Timeout(300)
class EveryPageTest {
    private static final long HEAP = 1L << 30;
    private static final int BLOB_BYTES = 1 << 20;
    private static final int PAGE_BYTES = 4096;

    @EachSharing
    void shouldShareAllPagesAgainWhenTwoMutatorsHaveWrittenEachOfThem(final PageSharing sharing) {
        try (Stage t = new Stage(
            Stage.context(sharing).heapBytes(HEAP).privateBudgetBytes(4 * HEAP).nurseryBytes(4 << 20))) {
            final int blobs = (int) (HEAP / BLOB_BYTES) - 16;
            fill(t, blobs);
            t.b.push(t.a.root(0));
            writeEachPage(t, t.a, blobs, 0, (byte) 1);
            writeEachPage(t, t.b, blobs, 1, (byte) 2);
            t.reshare();
            assertEquals(0, t.heap.statistics().privateBytes());
            assertEquals(0, t.heap.privateRuns());
            t.begin(t.c);
            for (int i = 0; i < blobs; i++) {
                final long blob = t.c.getRefAt(t.a.root(0), i);
                for (int k = 0; k < BLOB_BYTES; k += PAGE_BYTES) {
                    assertEquals(1, t.c.getByteAt(blob, k));
                    assertEquals(2, t.c.getByteAt(blob, k + 1));
                }
            }
            t.commit(t.c);
            t.a.pop();
            t.b.pop();
            t.parkActing();
            t.heap.collectMajor();
            assertTrue(t.heap.statistics().fileBytes() < 1 << 20);
        }
    }

    private static void fill(final Stage t, final int blobs) {
        t.begin(t.a);
        t.a.push(t.a.allocate(t.array, blobs));
        t.a.commit();
        for (int i = 0; i < blobs; i++) {
            t.begin(t.a);
            t.a.putRefAt(t.a.root(0), i, t.a.allocate(t.blob, BLOB_BYTES));
            t.a.commit();
        }
        t.reshare();
    }

    private static void writeEachPage(
        final Stage t, final Mutator m, final int blobs, final int offset, final byte value) {
        for (int odd = 0; odd < 2; odd++) {
            for (int i = 0; i < blobs; i++) {
                t.begin(m);
                final long blob = m.getRefAt(m.root(0), i);
                for (int k = odd * PAGE_BYTES; k < BLOB_BYTES; k += 2 * PAGE_BYTES) {
                    m.putByteAt(blob, k + offset, value);
                }
                m.commit();
            }
        }
    }
}
