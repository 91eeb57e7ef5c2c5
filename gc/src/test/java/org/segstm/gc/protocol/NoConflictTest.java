package org.segstm.gc.protocol;

import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Objects without conflicts: nobody aborts for them, the last to commit wins, and all views agree. */
class NoConflictTest {
    private static void assertSeenByAll(final Mergeables s, final long ref, final Field field, final long number) {
        for (final Mutator m : new Mutator[] {s.t.c, s.t.b, s.t.a}) {
            assertEquals(number, s.committedField(m, ref, field));
        }
        s.verify();
    }

    @EachSharing
    void shouldLetLastCommitWinWhenTwoWrite(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.put(s.t.a, x, s.first, 1);
            s.t.begin(s.t.b);
            s.put(s.t.b, x, s.first, 2);
            s.put(s.t.b, x, s.second, 2);
            assertTrue(s.t.tryCommit(s.t.b));
            s.verify();
            assertTrue(s.t.tryCommit(s.t.a));
            assertSeenByAll(s, x, s.first, 1);
            assertSeenByAll(s, x, s.second, 2);
        }
    }

    @EachSharing
    void shouldAbortNobodyWhenReadObjectChanged(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            final long y = s.t.committedCell(0);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.t.put(s.t.a, y, s.get(s.t.a, x, s.first) + 10);
            s.putAlone(s.t.b, x, s.first, 2);
            assertTrue(s.t.tryCommit(s.t.a));
            assertEquals(10, s.t.committedValue(s.t.c, y));
        }
    }

    @EachSharing
    void shouldLeaveNoMarksWhenReadAndWritten(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            final long array = s.committed(s.hints, 100);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.get(s.t.a, x, s.first);
            assertFalse(s.t.a.inspect().isRead(x));
            s.t.a.checkRawLoad(x, 8);
            s.put(s.t.a, x, s.first, 1);
            s.t.a.putRefAt(array, 50, x);
            assertTrue(s.t.a.inspect().isWritten(x));
            assertFalse(s.t.a.inspect().isRead(x));
            assertFalse(s.t.a.inspect().isRead(array + 384));
            s.t.a.checkRawLoad(array, 384);
        }
    }

    @EachSharing
    void shouldTakeInOthersWordsWhenViewMoves(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.put(s.t.a, x, s.first, 1);
            s.t.begin(s.t.b);
            s.put(s.t.b, x, s.first, 2);
            s.put(s.t.b, x, s.second, 3);
            s.t.commit(s.t.b);
            assertTrue(s.t.on(s.t.a).validate());
            assertEquals(1, s.get(s.t.a, x, s.first), "its own word stays");
            assertEquals(3, s.get(s.t.a, x, s.second), "the other one is taken in");
            s.verify();
            s.t.commit(s.t.a);
            assertSeenByAll(s, x, s.first, 1);
        }
    }

    @EachSharing
    void shouldRestoreOthersWordsWhenAborting(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.put(s.t.a, x, s.first, 1);
            s.putAlone(s.t.b, x, s.first, 2);
            assertTrue(s.t.on(s.t.a).validate());
            s.t.abort(s.t.a);
            assertSeenByAll(s, x, s.first, 2);
        }
    }

    /** The entry is built when the view still differs; what is imported before it is published makes them equal. */
    @EachSharing
    void shouldAgreeInAllViewsWhenOthersWroteTheSameAndThenAnotherWord(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.put(s.t.a, x, s.first, 1);
            s.putAlone(s.t.b, x, s.first, 1);
            s.putAlone(s.t.b, x, s.first, 7);
            s.t.commit(s.t.a);
            assertSeenByAll(s, x, s.first, 1);
            s.putAlone(s.t.b, x, s.first, 8);
            assertSeenByAll(s, x, s.first, 8);
        }
    }

    @EachSharing
    void shouldMergeEachSliceWhenObjectIsWide(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.wideHint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.t.begin(s.t.b);
            for (int i = 0; i < Mergeables.WIDE_FIELDS; i++) {
                if (i % 2 == 0) {
                    s.put(s.t.a, x, s.wideNumber[i], i + 1);
                } else {
                    s.put(s.t.b, x, s.wideNumber[i], -i);
                }
            }
            s.t.commit(s.t.b);
            s.t.commit(s.t.a);
            for (int i = 0; i < Mergeables.WIDE_FIELDS; i++) {
                assertEquals(i % 2 == 0 ? i + 1 : -i, s.committedField(s.t.c, x, s.wideNumber[i]));
            }
            assertSeenByAll(s, x, s.wideNumber[0], 1);
        }
    }

    /** The first slice has no mark that a record for the last one could conflict with. */
    @EachSharing
    void shouldAbortNobodyWhenOnlyLastSliceOfReadObjectChanged(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.wideHint);
            final long y = s.t.committedCell(0);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a).readBarrier(x);
            s.t.put(s.t.a, y, 1);
            s.putAlone(s.t.b, x, s.wideNumber[Mergeables.WIDE_FIELDS - 1], 5);
            assertTrue(s.t.tryCommit(s.t.a), "a read barrier that was not needed does no harm");
        }
    }

    @EachSharing
    void shouldMergeCardsWhenArrayIsLarge(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long array = s.committed(s.hints, 1000);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.t.begin(s.t.b);
            for (int i = 0; i < 1000; i += 7) {
                s.t.on(s.t.a).putRefAt(array, i, 2L * i + 1);
                s.t.on(s.t.b).putRefAt(array, i + 1 - i % 2, -2L * i + 1);
            }
            s.t.commit(s.t.b);
            s.t.commit(s.t.a);
            s.verify();
            for (final Mutator m : new Mutator[] {s.t.c, s.t.b, s.t.a}) {
                s.t.begin(m);
                for (int i = 0; i < 1000; i += 7) {
                    assertEquals(2L * i + 1, m.getRefAt(array, i));
                    if (i % 2 == 0) {
                        assertEquals(-2L * i + 1, m.getRefAt(array, i + 1));
                    }
                }
                s.t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldKeepWhatLostRefsReferToWhileItIsInUse(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.b);
            s.t.b.putRef(x, s.link, s.t.newCell(s.t.b, 11, 0));
            s.t.commit(s.t.b);
            s.t.begin(s.t.a);
            s.t.a.push(s.t.a.getRef(x, s.link));
            s.t.a.putRef(x, s.link, s.t.newCell(s.t.a, 22, 0));
            s.t.begin(s.t.c);
            s.t.c.putRef(x, s.link, s.t.newCell(s.t.c, 33, 0));
            s.t.commit(s.t.c);
            s.collectMajor();
            s.verify();
            s.t.on(s.t.a);
            assertEquals(11, s.t.get(s.t.a, s.t.a.root(0)), "held by a root only");
            s.t.a.collectNursery();
            s.collectMajor();
            s.t.on(s.t.a);
            assertEquals(22, s.t.get(s.t.a, s.t.a.getRef(x, s.link)));
            s.t.abort(s.t.a);
            s.collectMajor();
            s.t.begin(s.t.b);
            assertEquals(33, s.t.get(s.t.b, s.t.b.getRef(x, s.link)));
            s.t.commit(s.t.b);
            s.verify();
        }
    }

    @EachSharing
    void shouldKeepAllWhenReshareAndMinorComeBetween(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.put(s.t.a, x, s.first, 1);
            s.putAlone(s.t.b, x, s.second, 2);
            s.t.reshare();
            s.verify();
            s.t.on(s.t.a).putRef(x, s.link, s.t.newCell(s.t.a, 5, 0));
            s.t.a.collectNursery();
            s.putAlone(s.t.b, x, s.first, 9);
            s.t.reshare();
            assertEquals(1, s.get(s.t.a, x, s.first));
            assertEquals(2, s.get(s.t.a, x, s.second));
            s.t.commit(s.t.a);
            s.t.reshare();
            assertSeenByAll(s, x, s.first, 1);
            assertSeenByAll(s, x, s.second, 2);
            s.t.begin(s.t.b);
            assertEquals(5, s.t.get(s.t.b, s.t.b.getRef(x, s.link)));
            s.t.commit(s.t.b);
        }
    }

    @EachSharing
    void shouldKeepAllWhenSoloModeEnds(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            s.t.begin(s.t.a);
            assertTrue(s.t.a.inspect().isSolo());
            s.put(s.t.a, x, s.first, 1);
            s.putAlone(s.t.b, x, s.first, 2);
            s.putAlone(s.t.b, x, s.second, 3);
            s.t.commit(s.t.a);
            assertSeenByAll(s, x, s.first, 1);
            assertSeenByAll(s, x, s.second, 3);
        }
    }

    @EachSharing
    void shouldKeepAllBesideInevitableTransaction(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.b);
            s.put(s.t.b, x, s.first, 2);
            s.t.on(s.t.a).beginInevitable("test");
            s.put(s.t.a, x, s.first, 1);
            s.put(s.t.a, x, s.second, 1);
            s.t.commit(s.t.a);
            s.t.commit(s.t.b);
            assertSeenByAll(s, x, s.first, 2);
            assertSeenByAll(s, x, s.second, 1);
        }
    }

    @EachSharing
    void shouldValidateOtherReadsWhenOnlyHintsWereWritten(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            final long y = s.t.committedCell(4);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.put(s.t.a, x, s.first, s.t.get(s.t.a, y));
            s.t.write(s.t.b, y, 5);
            assertFalse(s.t.tryCommit(s.t.a), "what it wrote depends on what it read");
            assertSeenByAll(s, x, s.first, 0);
        }
    }

    @EachSharing
    void shouldKeepViewsApartWhenUnitIsLargeAndManyAreWritten(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(Stage.context(sharing).unitBytes(2 << 20))) {
            final long[] x = new long[100];
            for (int i = 0; i < x.length; i++) {
                x[i] = s.committed(s.hint);
            }
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.t.begin(s.t.b);
            for (int i = 0; i < x.length; i++) {
                s.put(s.t.a, x[i], i % 3 == 0 ? s.first : s.second, i);
                s.put(s.t.b, x[i], s.first, -i);
            }
            s.t.commit(s.t.b);
            s.t.commit(s.t.a);
            for (int i = 0; i < x.length; i++) {
                assertEquals(i % 3 == 0 ? i : -i, s.committedField(s.t.c, x[i], s.first));
                assertEquals(i % 3 == 0 ? 0 : i, s.committedField(s.t.c, x[i], s.second));
            }
            s.verify();
        }
    }

    @EachSharing
    void shouldRestoreOthersWordsWhenHeapIsExhausted(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(Stage.context(sharing).heapBytes(4 << 20))) {
            final long x = s.committed(s.hint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.put(s.t.a, x, s.first, 1);
            s.putAlone(s.t.b, x, s.first, 2);
            s.t.on(s.t.a).validate();
            assertThrows(OutOfHeapException.class, () -> {
                while (true) {
                    s.t.a.push(s.t.a.allocate(s.t.blob, 1000));
                    s.t.a.safepoint();
                }
            });
            assertSeenByAll(s, x, s.first, 2);
        }
    }

    @EachSharing
    void shouldKeepOthersWordsWhenNestedBlockIsUndone(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.hint);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.put(s.t.a, x, s.first, 1);
            s.t.a.beginNested();
            s.put(s.t.a, x, s.second, 2);
            s.putAlone(s.t.b, x, s.first, 10);
            s.putAlone(s.t.b, x, s.second, 20);
            assertTrue(s.t.on(s.t.a).validate());
            assertEquals(2, s.get(s.t.a, x, s.second));
            s.verify();
            s.t.on(s.t.a).abortNested();
            assertEquals(1, s.get(s.t.a, x, s.first), "of the outer block");
            assertEquals(20, s.get(s.t.a, x, s.second), "as committed meanwhile");
            s.t.a.beginNested();
            s.put(s.t.a, x, s.first, 3);
            s.putAlone(s.t.b, x, s.first, 30);
            assertTrue(s.t.on(s.t.a).validate());
            s.t.a.commitNested();
            s.t.commit(s.t.a);
            assertSeenByAll(s, x, s.first, 3);
            assertSeenByAll(s, x, s.second, 20);
        }
    }

    @EachSharing
    void shouldWorkWhenThereIsNoStm(final PageSharing sharing) {
        try (SegmentHeap heap = SegmentHeap.open(Stage.context(sharing).serial(true));
            Mutator mutator = heap.attachMutator("only")) {
            final ObjectLayout.Builder builder = ObjectLayout.named("hint").noConflicts();
            final Field number = builder.field("number", FieldType.INT64);
            final Field link = builder.field("link", FieldType.REF);
            final ObjectLayout hint = heap.register(builder);
            mutator.atomicallyDo(m -> m.push(m.allocate(hint)));
            mutator.atomicallyDo(m -> {
                m.collectNursery();
                final long young = m.allocate(hint);
                m.putLong(young, number, 5);
                m.putRef(m.root(0), link, young);
                m.collectNursery();
            });
            heap.collectMajor();
            mutator.begin();
            assertEquals(5, mutator.getLong(mutator.getRef(mutator.root(0), link), number));
            mutator.commit();
        }
    }
}
