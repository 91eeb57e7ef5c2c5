package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Mergeable counters: what concurrent transactions add adds up, and only who reads can conflict. */
class CounterMergeTest {
    @EachSharing
    void shouldAddUpWhenTwoTransactionsAdd(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 5);
            s.t.begin(s.t.b);
            s.add(s.t.b, x, 7);
            s.t.b.add(x, s.misses, -1);
            assertTrue(s.t.tryCommit(s.t.b));
            s.verify();
            s.add(s.t.a, x, 100);
            assertTrue(s.t.tryCommit(s.t.a));
            for (final Mutator m : new Mutator[] {s.t.c, s.t.b, s.t.a}) {
                assertEquals(112, s.committedHits(m, x));
                assertEquals(-1, s.committedField(m, x, s.misses));
            }
            s.verify();
        }
    }

    @EachSharing
    void shouldLeaveNoReadMarkWhenAdding(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            final long tally = s.committed(s.tally, 400);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 5);
            s.t.a.addAt(tally, 200, 1);
            assertTrue(s.t.a.inspect().isWritten(x));
            assertFalse(s.t.a.inspect().isRead(x));
            assertFalse(s.t.a.inspect().isRead(tally + 128));
            assertEquals(5, s.hits(s.t.a, x));
            assertTrue(s.t.a.inspect().isRead(x));
        }
    }

    @EachSharing
    void shouldAbortReaderWhenCounterChanged(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            final long y = s.t.committedCell(1);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.t.put(s.t.a, y, s.hits(s.t.a, x));
            s.addAlone(s.t.b, x, 1);
            assertFalse(s.t.tryCommit(s.t.a));
            assertEquals(1, s.t.a.statistics().aborted(AbortCause.READ_CONFLICT));
            assertEquals(1, s.t.committedValue(s.t.b, y));
        }
    }

    @EachSharing
    void shouldAbortWhoAddsAndReadsWhenCounterChanged(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 10);
            assertEquals(10, s.hits(s.t.a, x), "sees what it added itself");
            s.addAlone(s.t.b, x, 1);
            assertFalse(s.t.tryCommit(s.t.a));
            assertEquals(1, s.committedHits(s.t.a, x), "nothing of it stays");
        }
    }

    @EachSharing
    void shouldNotConflictWhenNetChangeIsZero(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            final long y = s.t.committedCell(1);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.t.put(s.t.a, y, s.hits(s.t.a, x) + 3);
            s.t.begin(s.t.b);
            s.add(s.t.b, x, 5);
            s.add(s.t.b, x, -5);
            s.t.b.add(x, s.misses, 0);
            s.t.commit(s.t.b);
            assertTrue(s.t.tryCommit(s.t.a));
            assertEquals(3, s.t.committedValue(s.t.b, y));
        }
    }

    @EachSharing
    void shouldMergeWhenViewMovesDuringTransaction(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 10);
            s.addAlone(s.t.b, x, 1);
            assertTrue(s.t.on(s.t.a).validate());
            s.verify();
            s.addAlone(s.t.b, x, 2);
            assertTrue(s.t.on(s.t.a).validate());
            s.add(s.t.a, x, 20);
            s.t.a.collectNursery();
            s.add(s.t.a, x, 40);
            assertEquals(73, s.hits(s.t.a, x), "both what it added and what it took in");
            s.t.commit(s.t.a);
            assertEquals(73, s.committedHits(s.t.b, x));
        }
    }

    @EachSharing
    void shouldReturnToCommittedValueWhenAborting(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            final long tally = s.committed(s.tally, 1000);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 10);
            s.t.a.addAt(tally, 504, 10);
            s.t.begin(s.t.b);
            s.add(s.t.b, x, 1);
            s.t.b.addAt(tally, 504, 1);
            s.t.b.addAt(tally, 0, 2);
            s.t.commit(s.t.b);
            assertTrue(s.t.on(s.t.a).validate());
            s.t.abort(s.t.a);
            for (final Mutator m : new Mutator[] {s.t.a, s.t.b, s.t.c}) {
                s.t.begin(m);
                assertEquals(1, s.hits(m, x));
                assertEquals(1, m.getLongAt(tally, 504));
                assertEquals(2, m.getLongAt(tally, 0));
                s.t.commit(m);
            }
            s.verify();
        }
    }

    @EachSharing
    void shouldMergeEachSliceWhenObjectIsWide(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.wideCounters);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            for (int i = 0; i < Mergeables.WIDE_FIELDS; i++) {
                s.t.begin(s.t.a).add(x, s.wideCounter[i], 1);
                s.t.begin(s.t.b).add(x, s.wideCounter[i], 10);
                s.t.b.add(x, s.wideCounter[(i + 1) % Mergeables.WIDE_FIELDS], 100);
                s.t.commit(s.t.b);
                s.t.commit(s.t.a);
            }
            for (int i = 0; i < Mergeables.WIDE_FIELDS; i++) {
                assertEquals(111, s.committedField(s.t.c, x, s.wideCounter[i]));
            }
            s.verify();
        }
    }

    @EachSharing
    void shouldAbortReaderOfAnyFieldWhenLastSliceChanged(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.wideCounters);
            final long y = s.t.committedCell(0);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.t.put(s.t.a, y, s.t.a.getLong(x, s.wideCounter[0]) + 1);
            s.t.begin(s.t.b).add(x, s.wideCounter[Mergeables.WIDE_FIELDS - 1], 1);
            s.t.commit(s.t.b);
            assertFalse(s.t.tryCommit(s.t.a), "the read marker is that of the object");
        }
    }

    @EachSharing
    void shouldConflictPerCardWhenTallyIsLarge(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long tally = s.committed(s.tally, 2000);
            final long y = s.t.committedCell(0);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.t.put(s.t.a, y, s.t.a.getLongAt(tally, 1000) + 1);
            s.t.a.addAt(tally, 1304, 1);
            s.t.begin(s.t.b).addAt(tally, 0, 1);
            s.t.b.addAt(tally, 1304, 1);
            s.t.commit(s.t.b);
            assertTrue(s.t.tryCommit(s.t.a), "another card was read");
            s.t.begin(s.t.a);
            s.t.put(s.t.a, y, s.t.a.getLongAt(tally, 1000) + 2);
            s.t.begin(s.t.b).addAt(tally, 992, 1);
            s.t.commit(s.t.b);
            assertFalse(s.t.tryCommit(s.t.a));
            s.t.begin(s.t.c);
            assertEquals(2, s.t.c.getLongAt(tally, 1304));
            s.t.commit(s.t.c);
        }
    }

    @EachSharing
    void shouldValidateOtherReadsWhenOnlyCountersWereWritten(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            final long y = s.t.committedCell(0);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 1 + s.t.get(s.t.a, y));
            s.t.write(s.t.b, y, 5);
            assertFalse(s.t.tryCommit(s.t.a), "what it added depends on what it read");
            assertEquals(0, s.committedHits(s.t.a, x));
        }
    }

    @EachSharing
    void shouldAddUpWhenCounterIsFresh(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long root = s.t.committed(s.t.a, m -> m.allocate(s.t.array, 4));
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.c).putRefAt(root, 3, 0);
            s.t.begin(s.t.a);
            s.t.a.push(s.t.a.allocate(s.counters));
            s.t.a.add(s.t.a.root(0), s.hits, 1);
            s.t.a.collectNursery();
            s.t.a.add(s.t.a.root(0), s.hits, 2);
            s.t.a.putRefAt(root, 0, s.t.a.root(0));
            s.t.commit(s.t.a);
            final long x = s.t.a.pop();
            s.addAlone(s.t.b, x, 4);
            s.t.abort(s.t.c);
            s.addAlone(s.t.c, x, 8);
            assertEquals(15, s.committedHits(s.t.a, x));
            assertEquals(15, s.committedHits(s.t.b, x));
            s.verify();
        }
    }

    @EachSharing
    void shouldKeepAllWhenReshareAndMajorComeBetween(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            final long tally = s.committed(s.tally, 800);
            s.t.attach(s.t.a, s.t.b, s.t.c);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 1);
            s.t.a.addAt(tally, 400, 1);
            s.t.begin(s.t.b);
            s.add(s.t.b, x, 10);
            s.t.b.addAt(tally, 400, 10);
            s.addAlone(s.t.c, x, 100);
            s.t.reshare();
            s.verify();
            s.addAlone(s.t.c, x, 1000);
            s.add(s.t.a, x, 2);
            s.collectMajor();
            s.verify();
            s.t.on(s.t.a).addAt(tally, 400, 2);
            s.t.commit(s.t.a);
            s.t.reshare();
            s.t.commit(s.t.b);
            s.collectMajor();
            s.verify();
            for (final Mutator m : new Mutator[] {s.t.c, s.t.b, s.t.a}) {
                assertEquals(1113, s.committedHits(m, x));
                s.t.begin(m);
                assertEquals(13, m.getLongAt(tally, 400));
                s.t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldDoomReaderWhenReshareFindsChange(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            assertEquals(0, s.hits(s.t.a, x));
            s.add(s.t.a, x, 1);
            s.addAlone(s.t.b, x, 2);
            s.t.reshare();
            assertThrows(TransactionAbortedException.class, () -> s.t.on(s.t.a));
            assertEquals(2, s.committedHits(s.t.b, x));
            assertEquals(1, s.t.a.statistics().aborted(AbortCause.RESHARE));
        }
    }

    @EachSharing
    void shouldKeepAllWhenSoloModeEndsAndBegins(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            s.addAlone(s.t.a, x, 1);
            assertTrue(s.t.a.inspect().isSolo());
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 10);
            s.addAlone(s.t.b, x, 100);
            s.t.commit(s.t.a);
            s.t.begin(s.t.a);
            s.t.parkActing();
            s.t.heap.detachIdle();
            s.add(s.t.a, x, 1000);
            assertTrue(s.t.a.inspect().isSolo());
            s.t.commit(s.t.a);
            assertEquals(1111, s.committedHits(s.t.c, x));
            assertEquals(1111, s.committedHits(s.t.b, x));
        }
    }

    @EachSharing
    void shouldAddUpBesideInevitableTransaction(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.b);
            s.add(s.t.b, x, 1);
            s.t.on(s.t.a).beginInevitable("test");
            s.add(s.t.a, x, 10);
            s.t.commit(s.t.a);
            s.t.commit(s.t.b);
            assertEquals(11, s.committedHits(s.t.a, x));
        }
    }

    @EachSharing
    void shouldKeepAllWhenUnitIsLargeAndManyCountersAreWritten(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(Stage.context(sharing).unitBytes(2 << 20))) {
            final long[] x = new long[100];
            for (int i = 0; i < x.length; i++) {
                x[i] = s.committed(s.counters);
            }
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.t.begin(s.t.b);
            for (int i = 0; i < x.length; i++) {
                s.add(s.t.a, x[i], i);
                s.add(s.t.b, x[i], 1000);
            }
            s.t.commit(s.t.a);
            s.addAlone(s.t.a, x[50], 7);
            s.t.commit(s.t.b);
            s.t.reshare();
            for (int i = 0; i < x.length; i++) {
                assertEquals(1000 + i + (i == 50 ? 7 : 0), s.committedHits(s.t.a, x[i]));
            }
        }
    }

    @EachSharing
    void shouldKeepCommittedValueWhenHeapIsExhausted(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(Stage.context(sharing).heapBytes(4 << 20))) {
            final long x = s.committed(s.counters);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 1);
            s.addAlone(s.t.b, x, 10);
            s.t.on(s.t.a).validate();
            assertThrows(OutOfHeapException.class, () -> {
                while (true) {
                    s.t.a.push(s.t.a.allocate(s.t.blob, 1000));
                    s.t.a.safepoint();
                }
            });
            assertFalse(s.t.a.inTransaction());
            assertEquals(10, s.committedHits(s.t.a, x));
            s.addAlone(s.t.a, x, 5);
            assertEquals(15, s.committedHits(s.t.b, x));
        }
    }

    @EachSharing
    void shouldKeepOthersIncrementsWhenNestedBlockIsUndone(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            final long tally = s.committed(s.tally, 400);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, 1);
            s.t.a.beginNested();
            s.add(s.t.a, x, 2);
            s.t.a.addAt(tally, 200, 2);
            s.addAlone(s.t.b, x, 10);
            assertTrue(s.t.on(s.t.a).validate());
            s.verify();
            s.t.on(s.t.a).beginNested();
            s.add(s.t.a, x, 4);
            s.t.begin(s.t.b).addAt(tally, 200, 10);
            s.add(s.t.b, x, 20);
            s.t.commit(s.t.b);
            assertTrue(s.t.on(s.t.a).validate());
            s.verify();
            s.t.on(s.t.a).abortNested();
            s.t.a.commitNested();
            s.t.a.beginNested();
            s.add(s.t.a, x, 8);
            s.t.a.addAt(tally, 200, 8);
            s.addAlone(s.t.b, x, 40);
            assertTrue(s.t.on(s.t.a).validate());
            s.t.a.abortNested();
            s.t.commit(s.t.a);
            assertEquals(73, s.committedHits(s.t.b, x));
            s.t.begin(s.t.b);
            assertEquals(12, s.t.b.getLongAt(tally, 200));
            s.t.commit(s.t.b);
            s.verify();
        }
    }

    @EachSharing
    void shouldWrapAroundWhenSumOverflows(final PageSharing sharing) {
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            s.t.attach(s.t.a, s.t.b);
            s.t.begin(s.t.a);
            s.add(s.t.a, x, Long.MAX_VALUE);
            s.addAlone(s.t.b, x, 2);
            s.t.commit(s.t.a);
            assertEquals(Long.MIN_VALUE + 1, s.committedHits(s.t.b, x));
        }
    }

    @EachSharing
    void shouldCountWhenThereIsNoStm(final PageSharing sharing) {
        try (SegmentHeap heap = SegmentHeap.open(Stage.context(sharing).serial(true));
            Mutator mutator = heap.attachMutator("only")) {
            final ObjectLayout.Builder builder = ObjectLayout.named("counters").counters();
            final Field field = builder.field("count", FieldType.INT64);
            final ObjectLayout layout = heap.register(builder);
            final ObjectLayout tally = heap.register(ObjectLayout.named("tally").variableBytes().counters());
            mutator.atomicallyDo(m -> m.push(m.allocate(layout)));
            mutator.atomicallyDo(m -> m.push(m.allocate(tally, 1600)));
            for (int i = 0; i < 3; i++) {
                mutator.atomicallyDo(m -> {
                    m.add(m.root(0), field, 2);
                    m.addAt(m.root(1), 1592, 3);
                    m.collectNursery();
                    m.add(m.root(0), field, 2);
                    m.addAt(m.root(1), 1592, 3);
                });
            }
            heap.collectMajor();
            mutator.begin();
            assertEquals(12, mutator.getLong(mutator.root(0), field));
            assertEquals(18, mutator.getLongAt(mutator.root(1), 1592));
            mutator.commit();
        }
    }

    @EachSharing
    void shouldRefuseStoresWhenChecked(final PageSharing sharing) {
        assertTrue(HeapContext.isChecked());
        try (Mergeables s = new Mergeables(sharing)) {
            final long x = s.committed(s.counters);
            final long tally = s.committed(s.tally, 16);
            final long cell = s.t.committedCell(1);
            final long blob = s.t.committed(s.t.a, m -> m.allocate(s.t.blob, 16));
            s.t.begin(s.t.a);
            Refused.with("counters are added to, not stored into: ref=0x" + Long.toHexString(x)
                + " layout=" + s.counters, () -> s.t.a.putLong(x, s.hits, 1));
            Refused.with("counters are added to, not stored into: ref=0x" + Long.toHexString(tally)
                + " layout=" + s.tally, () -> s.t.a.putLongAt(tally, 8, 1));
            Refused.with("only counters are added to: ref=0x" + Long.toHexString(cell)
                + " layout=" + s.t.cell, () -> s.t.a.add(cell, s.t.value, 1));
            Refused.with("only counters are added to: ref=0x" + Long.toHexString(blob)
                + " layout=" + s.t.blob, () -> s.t.a.addAt(blob, 8, 1));
            Refused.with("index outside the variable part, or not aligned: ref=0x" + Long.toHexString(tally)
                + " byteIndex=12 bytes=8 length=16", () -> s.t.a.addAt(tally, 12, 1));
            assertEquals(0, s.hits(s.t.a, x));
        }
    }
}
