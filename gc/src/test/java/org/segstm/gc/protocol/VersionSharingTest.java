package org.segstm.gc.protocol;

import org.segstm.heap.Inspector;
import org.segstm.heap.PageSharing;
import org.segstm.heap.event.HeapReports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Transactions share read versions while none conflicts: marks are never fewer than what was read. */
class VersionSharingTest {
    private static final int CALM = 1024;

    /** Returns how many transactions in a row have the version of the first. */
    private static int sharers(final Stage t) {
        final Inspector inspector = t.b.inspect();
        t.begin(t.b).commit();
        int version = inspector.readVersion();
        while (inspector.readVersion() == version) {
            t.begin(t.b).commit();
        }
        version = inspector.readVersion();
        int count = 0;
        while (inspector.readVersion() == version) {
            t.begin(t.b).commit();
            count++;
        }
        return count;
    }

    private static void calmDown(final Stage t, final int doublings) {
        for (int i = 0; i < doublings * CALM + CALM; i++) {
            t.begin(t.b).commit();
        }
    }

    @EachSharing
    void shouldShareMoreWhileNothingConflicts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            assertEquals(1, sharers(t));
            calmDown(t, 3);
            final int some = sharers(t);
            assertTrue(some >= 8, "sharers=" + some);
            calmDown(t, 10);
            assertEquals(64, sharers(t), "and no more");
        }
    }

    @EachSharing
    void shouldFindConflictWhenVersionIsShared(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            calmDown(t, 6);
            for (int i = 2; i < 100; i++) {
                t.begin(t.b).commit();
                t.begin(t.b);
                t.put(t.b, y, 1000 + i + t.get(t.b, x));
                t.write(t.a, x, i);
                assertFalse(t.tryCommit(t.b));
                t.begin(t.b);
                assertFalse(t.b.inspect().isRead(x), "a version of its own after a conflict");
                t.abort(t.b);
            }
        }
    }

    @EachSharing
    void shouldHalveWhenTransactionConflicts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            calmDown(t, 10);
            t.begin(t.b);
            t.get(t.b, x);
            t.write(t.a, x, 2);
            assertFalse(t.on(t.b).validate());
            assertEquals(32, sharers(t));
        }
    }

    @EachSharing
    void shouldShareNothingWhenConflictsAreReported(final PageSharing sharing) {
        try (Stage t = new Stage(Stage.context(sharing).reports(new HeapReports().conflicts(true)))) {
            calmDown(t, 4);
            assertEquals(1, sharers(t));
        }
    }
}
