package org.segstm.gc.protocol;

import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.segment.Segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Revisions go on where they no longer fit in 31, 32 or 53 bits: a heap that has run for weeks. */
class RevisionEdgeTest {
    private static final long[] EDGES = {1L << 31, 1L << 32, 1L << 53, Long.MAX_VALUE - (1 << 20)};
    private static final int COMMITS = 20;
    private static final long LOG_BYTES = 64 << 10;

    /** All views equal the base after a reshare: any revision will do. */
    private static void continueFrom(final Stage t, final long revision) {
        t.reshare();
        t.heap.whileStopped(heap -> {
            final CommitLog log = heap.log();
            log.restart(revision, false);
            for (final Segment segment : heap.segments()) {
                if (log.isAttached(segment)) {
                    segment.lastEntry(log.anchor());
                    segment.viewRevision(revision);
                    log.publishViewRevision(segment.index(), revision);
                }
            }
        });
    }

    @EachSharing
    void shouldSeeSnapshotAndConflictWhenRevisionsPassAnEdge(final PageSharing sharing) {
        for (final long edge : EDGES) {
            try (Stage t = new Stage(sharing)) {
                final long x = t.committedCell(0);
                final long y = t.committedCell(0);
                t.attach(t.a, t.b, t.c);
                continueFrom(t, edge - COMMITS / 2);
                t.begin(t.b);
                assertEquals(0, t.get(t.b, x));
                for (int i = 1; i <= COMMITS; i++) {
                    t.write(t.a, x, i);
                    assertEquals(i, t.committedValue(t.c, x));
                }
                assertEquals(0, t.get(t.b, x), "the snapshot stays");
                t.put(t.b, y, 1);
                assertFalse(t.tryCommit(t.b));
                assertEquals(COMMITS, t.committedValue(t.b, x));
                assertEquals(edge + COMMITS / 2, t.heap.statistics().revision());
                t.write(t.c, y, 2);
                t.heap.collectMajor();
                HeapVerifier.verify(t.heap);
                t.write(t.b, x, 3);
                assertEquals(2, t.committedValue(t.a, y));
                assertEquals(3, t.committedValue(t.c, x));
            }
        }
    }

    @EachSharing
    void shouldReuseLogMemoryWhenRevisionsPassAnEdge(final PageSharing sharing) {
        for (final long edge : EDGES) {
            try (Stage t = new Stage(Stage.context(sharing).logBytes(LOG_BYTES))) {
                final long x = t.committedCell(0);
                final Mutator[] all = {t.a, t.b, t.c};
                t.attach(all);
                continueFrom(t, edge - 5000);
                for (int i = 1; i <= 10_000; i++) {
                    t.write(all[i % 3], x, i);
                }
                final long logBytes = t.heap.statistics().logBytes();
                assertTrue(logBytes <= 4 * LOG_BYTES, () -> "logBytes=" + logBytes + " edge=" + edge);
                assertEquals(edge + 5000, t.heap.statistics().revision());
            }
        }
    }
}
