package org.segstm.gc.protocol;

import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a running transaction sees: one committed state and its own writes, nothing else. */
class IsolationTest {
    @EachSharing
    void shouldNotSeeDirtyWriteWhenWriterIsRunning(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            t.put(t.a, x, 2);
            assertEquals(1, t.committedValue(t.b, x));
            assertEquals(2, t.get(t.a, x));
        }
    }

    @EachSharing
    void shouldNotSeeDirtyWriteWhenReaderBeganFirst(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.b);
            t.begin(t.a);
            t.put(t.a, x, 2);
            assertEquals(1, t.get(t.b, x));
        }
    }

    @EachSharing
    void shouldSeeWriteWhenBegunAfterItsCommit(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.b, t.c);
            t.write(t.a, x, 2);
            assertEquals(2, t.committedValue(t.b, x));
            t.write(t.b, x, 3);
            assertEquals(3, t.committedValue(t.a, x));
            assertEquals(3, t.committedValue(t.c, x));
        }
    }

    @EachSharing
    void shouldKeepSnapshotWhenOthersCommit(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.begin(t.b);
            assertEquals(1, t.get(t.b, x));
            for (int i = 2; i < 10; i++) {
                t.begin(t.a);
                t.put(t.a, x, i);
                t.put(t.a, y, i);
                t.commit(t.a);
            }
            assertEquals(1, t.get(t.b, x), "non-repeatable read");
            assertEquals(1, t.get(t.b, y), "zombie read: x and y are always equal");
            assertTrue(t.tryCommit(t.b), "serialized at its snapshot");
        }
    }

    @EachSharing
    void shouldSeeOldStateWhenFirstReadFollowsForeignCommit(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.write(t.a, x, 2);
            assertEquals(1, t.get(t.b, x), "the view is that of the begin");
            assertTrue(t.tryCommit(t.b));
        }
    }

    @EachSharing
    void shouldNotReadZombieStateWhenUpdateIsDoomedToFail(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(5);
            final long y = t.committedCell(5);
            final long z = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.b);
            final long first = t.get(t.b, x);
            t.begin(t.a);
            t.put(t.a, x, 6);
            t.put(t.a, y, 6);
            t.commit(t.a);
            assertEquals(first, t.get(t.b, y), "a mixed state would break the invariant x = y");
            t.put(t.b, z, 1);
            assertFalse(t.tryCommit(t.b));
        }
    }

    @EachSharing
    void shouldReadOwnWritesWhenSnapshotIsOld(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, x, 10);
            t.write(t.a, y, 2);
            assertEquals(10, t.get(t.b, x));
            assertEquals(1, t.get(t.b, y));
            t.abort(t.b);
            assertEquals(1, t.committedValue(t.b, x));
            assertEquals(2, t.committedValue(t.b, y));
        }
    }

    @EachSharing
    void shouldSeeRefsAndTheirObjectsWhenStructureIsCommitted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(0);
            t.attach(t.b);
            t.begin(t.a);
            long list = 0;
            for (int i = 100; i > 0; i--) {
                list = t.newCell(t.a, i, list);
            }
            t.a.putRef(head, t.next, list);
            t.commit(t.a);
            t.begin(t.b);
            long ref = t.b.getRef(head, t.next);
            for (int i = 1; i <= 100; i++) {
                assertEquals(i, t.get(t.b, ref));
                ref = t.b.getRef(ref, t.next);
            }
            assertEquals(0, ref);
        }
    }
}
