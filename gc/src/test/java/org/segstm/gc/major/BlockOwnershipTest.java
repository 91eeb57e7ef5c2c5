package org.segstm.gc.major;

import org.junit.jupiter.api.Timeout;
import org.segstm.gc.protocol.EachSharing;
import org.segstm.gc.protocol.Stage;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Who may use the free slots of a block that a major collection swept while a transaction had objects in it. */
@Timeout(60)
class BlockOwnershipTest {
    private static final int BLOB_BYTES = 14_000;
    private static final int CELLS = 400;

    @EachSharing
    void shouldNotUseSlotsOfBlockWhenItWasGivenBackByAnAbort(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.attach(t.a, t.b);
            overflowCell(t);
            major(t);
            t.abort(t.a);
            final long blob = pushBlob(t, t.b);
            pushCells(t, t.a);
            checkBlob(t, blob);
        }
    }

    @EachSharing
    void shouldLeaveBlockToItsSegmentWhenThatMayStillFreeIt(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.attach(t.a, t.b, t.c);
            overflowCell(t);
            major(t);
            t.begin(t.b);
            t.b.push(t.newCell(t.b, 1, 0));
            t.b.collectNursery();
            t.abort(t.b);
            t.abort(t.a);
            final long blob = pushBlob(t, t.c);
            pushCells(t, t.b);
            checkBlob(t, blob);
        }
    }

    @EachSharing
    void shouldHandOutEachSlotOnceWhenTransactionsAbortAroundMajors(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.attach(t.a, t.b);
            for (int round = 0; round < 20; round++) {
                t.begin(t.a);
                cells(t, t.a);
                t.begin(t.b);
                cells(t, t.b);
                major(t);
                cells(t, t.on(t.a));
                t.abort(t.a);
                pushCells(t, t.a);
                cells(t, t.on(t.b));
                major(t);
                if (round % 2 == 0) {
                    t.abort(t.b);
                } else {
                    t.commit(t.b);
                }
                check(t, t.a);
                check(t, t.b);
                t.a.truncateRoots(0);
                t.b.truncateRoots(t.b.rootDepth() / 2);
            }
        }
    }

    private static void overflowCell(final Stage t) {
        t.begin(t.a);
        t.a.push(t.newCell(t.a, 1, 0));
        t.a.collectNursery();
    }

    private static void major(final Stage t) {
        t.parkActing();
        t.heap.collectMajor();
    }

    private static void pushCells(final Stage t, final Mutator m) {
        t.begin(m);
        cells(t, m);
        m.commit();
    }

    private static void cells(final Stage t, final Mutator m) {
        for (int i = 0; i < CELLS; i++) {
            m.push(t.newCell(m, m.rootDepth(), 0));
        }
        m.collectNursery();
    }

    private static void check(final Stage t, final Mutator m) {
        t.begin(m);
        for (int i = 0; i < m.rootDepth(); i++) {
            assertEquals(i, t.get(m, m.root(i)));
        }
        m.commit();
    }

    private static long pushBlob(final Stage t, final Mutator m) {
        t.begin(m);
        m.push(m.allocate(t.blob, BLOB_BYTES));
        m.commit();
        return m.root(m.rootDepth() - 1);
    }

    private static void checkBlob(final Stage t, final long blob) {
        t.begin(t.b);
        assertEquals(BLOB_BYTES, t.b.length(blob));
        for (int i = 0; i < BLOB_BYTES; i++) {
            assertEquals(0, t.b.getByteAt(blob, i));
        }
        t.b.commit();
    }
}
