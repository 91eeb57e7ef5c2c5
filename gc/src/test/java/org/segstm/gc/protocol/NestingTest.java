package org.segstm.gc.protocol;

import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.AbortCause;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionState;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Nested blocks: what an inner one undoes, what it leaves to the outer one, and who can see what when. */
class NestingTest {
    private static void verify(final Stage t) {
        t.parkActing();
        HeapVerifier.verify(t.heap);
    }

    @EachSharing
    void shouldUndoInnerWritesOnlyWhenInnerAborts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            final long wide = t.committed(t.a, m -> m.allocate(t.wide));
            final long blob = t.committed(t.a, m -> m.allocate(t.blob, 1000));
            t.attach(t.b);
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.a.putLong(wide, t.wideLongs[0], 2);
            t.a.putByteAt(blob, 500, (byte) 2);
            t.a.beginNested();
            t.put(t.a, x, 3);
            t.put(t.a, y, 3);
            t.a.putLong(wide, t.wideLongs[0], 3);
            t.a.putLong(wide, t.wideLongs[59], 3);
            t.a.putByteAt(blob, 500, (byte) 3);
            t.a.putByteAt(blob, 900, (byte) 3);
            t.a.abortNested();
            verify(t);
            assertEquals(2, t.get(t.a, x));
            assertEquals(1, t.get(t.a, y));
            t.commit(t.a);
            t.begin(t.b);
            assertEquals(2, t.get(t.b, x));
            assertEquals(1, t.get(t.b, y));
            assertEquals(2, t.b.getLong(wide, t.wideLongs[0]));
            assertEquals(0, t.b.getLong(wide, t.wideLongs[59]));
            assertEquals(2, t.b.getByteAt(blob, 500));
            assertEquals(0, t.b.getByteAt(blob, 900));
            assertEquals(0, t.a.statistics().aborted());
        }
    }

    @EachSharing
    void shouldPublishOnceWhenBlocksOfAllDepthsWriteTheSame(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final long y = t.committedCell(7);
            t.attach(t.b);
            t.begin(t.a);
            t.put(t.a, x, 1);
            for (int depth = 1; depth <= 4; depth++) {
                t.a.beginNested();
                assertEquals(depth, t.a.nestedDepth());
                t.put(t.a, x, 10 * depth);
                t.put(t.a, y, 10 * depth);
            }
            t.a.commitNested();
            t.a.abortNested();
            assertEquals(20, t.get(t.a, x));
            t.a.commitNested();
            t.a.abortNested();
            assertEquals(1, t.get(t.a, x));
            assertEquals(7, t.get(t.a, y));
            assertEquals(List.of(x), t.a.inspect().writeSet());
            t.put(t.a, y, 8);
            t.commit(t.a);
            assertEquals(1, t.committedValue(t.b, x));
            assertEquals(8, t.committedValue(t.b, y));
        }
    }

    @EachSharing
    void shouldKeepOneEntryPerObjectWhenManyBlocksWriteIt(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.b);
            t.begin(t.a);
            for (int i = 0; i < 1000; i++) {
                t.a.atomicallyDo(m -> {
                    m.putLong(x, t.value, m.getLong(x, t.value) + 1);
                    m.atomicallyDo(inner -> inner.putLong(x, t.value, inner.getLong(x, t.value) + 1));
                });
                assertEquals(List.of(x), t.a.inspect().writeSet());
            }
            t.commit(t.a);
            assertEquals(2000, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldForgetWhatOuterUndidWhenNextTransactionNests(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long blob = t.committed(t.a, m -> m.allocate(t.blob, 1000));
            t.begin(t.a);
            t.a.beginNested();
            t.put(t.a, x, 2);
            t.a.putByteAt(blob, 500, (byte) 2);
            t.a.beginNested();
            t.put(t.a, x, 3);
            t.a.putByteAt(blob, 500, (byte) 3);
            t.a.commitNested();
            t.a.abortNested();
            verify(t);
            t.commit(t.a);
            t.begin(t.a);
            t.a.beginNested();
            verify(t);
            t.put(t.a, x, 4);
            t.a.putByteAt(blob, 500, (byte) 4);
            t.a.abortNested();
            verify(t);
            assertEquals(1, t.get(t.a, x));
            assertEquals(0, t.a.getByteAt(blob, 500));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldUndoAllWhenOuterAbortsAfterInnerCommitted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            t.a.atomicallyDo(m -> m.putLong(x, t.value, 2));
            assertEquals(2, t.get(t.a, x));
            t.a.beginNested();
            t.put(t.a, x, 3);
            t.abort(t.a);
            assertEquals(0, t.a.nestedDepth());
            assertEquals(1, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldRestoreUncommittedObjectsWhenInnerAborts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.committedCell(0);
            t.attach(t.b);
            t.begin(t.a);
            t.a.push(t.newCell(t.a, 1, 0));
            t.a.push(t.a.allocate(t.array, 100));
            t.a.putRefAt(t.a.root(1), 50, t.a.root(0));
            t.a.collectNursery();
            t.put(t.a, t.a.root(0), 2);
            t.a.push(t.newCell(t.a, 5, t.a.root(0)));
            t.a.beginNested();
            t.put(t.a, t.a.root(0), 3);
            t.put(t.a, t.a.root(2), 6);
            t.a.putRefAt(t.a.root(1), 50, t.newCell(t.a, 9, 0));
            t.a.putRefAt(t.a.root(1), 99, t.newCell(t.a, 9, 0));
            t.a.collectNursery();
            t.put(t.a, t.a.root(0), 4);
            t.a.putRefAt(t.a.root(1), 50, t.newCell(t.a, 9, 0));
            verify(t);
            t.on(t.a).abortNested();
            verify(t);
            t.on(t.a);
            assertEquals(2, t.get(t.a, t.a.root(0)));
            assertEquals(5, t.get(t.a, t.a.root(2)));
            assertEquals(t.a.root(0), t.a.getRefAt(t.a.root(1), 50));
            assertEquals(0, t.a.getRefAt(t.a.root(1), 99));
            t.commit(t.a);
            verify(t);
            t.a.truncateRoots(0);
        }
    }

    @EachSharing
    void shouldFreeWhatInnerAllocatedWhenItAborts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.committedCell(0);
            t.attach(t.b);
            t.begin(t.a);
            t.a.push(t.newCell(t.a, 1, 0));
            t.a.collectNursery();
            final long used = t.heap.statistics().usedBytes();
            for (int i = 0; i < 20; i++) {
                t.a.beginNested();
                for (int k = 0; k < 500; k++) {
                    t.a.push(t.newCell(t.a, k, t.a.root(0)));
                }
                t.a.push(t.a.allocate(t.blob, 300_000));
                t.a.collectNursery();
                t.a.push(t.a.allocate(t.blob, 200_000));
                t.a.abortNested();
                assertEquals(used, t.heap.statistics().usedBytes());
                assertEquals(1, t.a.rootDepth());
                assertEquals(1, t.get(t.a, t.a.root(0)));
            }
            t.commit(t.a);
            t.a.pop();
        }
    }

    @EachSharing
    void shouldRestoreRootsOfEachLevelWhenItAborts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            for (int i = 1; i <= 4; i++) {
                t.a.push(2 * i + 1);
            }
            t.begin(t.a);
            t.a.setRoot(0, 101);
            t.a.beginNested();
            t.a.truncateRoots(1);
            t.a.push(203);
            t.a.beginNested();
            t.a.truncateRoots(0);
            t.a.abortNested();
            assertEquals(2, t.a.rootDepth());
            assertEquals(101, t.a.root(0));
            assertEquals(203, t.a.root(1));
            t.a.beginNested();
            t.a.truncateRoots(0);
            t.a.push(301);
            t.a.commitNested();
            t.a.abortNested();
            assertEquals(4, t.a.rootDepth());
            assertEquals(101, t.a.root(0));
            assertEquals(5, t.a.root(1));
            t.a.beginNested();
            t.a.truncateRoots(0);
            t.a.commitNested();
            t.abort(t.a);
            assertEquals(4, t.a.rootDepth());
            assertEquals(3, t.a.root(0));
            assertEquals(9, t.a.root(3));
            t.a.truncateRoots(0);
        }
    }

    @EachSharing
    void shouldKeepAliveWhatOnlyAnUndoBringsBackWhenMajorRuns(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long[] victim = new long[1];
            t.begin(t.a).push(t.newCell(t.a, 42, 0));
            t.commit(t.a);
            victim[0] = t.a.root(0);
            final GlobalRoot root = t.heap.newGlobalRoot("victim");
            root.set(t.a.pop());
            t.attach(t.b);
            t.begin(t.a).push(t.newCell(t.a, 1, root.get()));
            t.a.push(t.newCell(t.a, 2, 0));
            root.set(0);
            t.a.beginNested();
            t.a.putRef(t.a.root(0), t.next, 0);
            t.a.truncateRoots(0);
            t.parkActing();
            t.heap.collectMajor();
            verify(t);
            t.on(t.a).abortNested();
            assertEquals(victim[0], t.a.getRef(t.a.root(0), t.next));
            assertEquals(42, t.get(t.a, victim[0]));
            assertEquals(2, t.get(t.a, t.a.root(1)));
            t.commit(t.a);
            verify(t);
            t.a.truncateRoots(0);
        }
    }

    @EachSharing
    void shouldPutOldestWordsIntoBaseWhenResharedInsideBlocks(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.b);
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.a.beginNested();
            t.put(t.a, x, 3);
            t.a.beginNested();
            t.put(t.a, x, 4);
            t.reshare();
            verify(t);
            assertEquals(1, t.committedValue(t.b, x));
            t.on(t.a).abortNested();
            assertEquals(3, t.get(t.a, x));
            t.a.commitNested();
            t.commit(t.a);
            assertEquals(3, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldStillConflictWhenOnlyUndoneBlockHasRead(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.put(t.a, y, 2);
            t.a.beginNested();
            t.get(t.a, x);
            t.a.abortNested();
            t.write(t.b, x, 5);
            assertFalse(t.tryCommit(t.a), "what the block has read led to its end");
            assertEquals(1, t.committedValue(t.a, y));
        }
    }

    @EachSharing
    void shouldAbortWholeTransactionWhenConflictIsFoundInsideBlock(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final int[] runs = new int[2];
            t.on(t.a).atomicallyDo(m -> {
                runs[0]++;
                final long seen = m.getLong(x, t.value);
                m.atomicallyDo(inner -> {
                    if (runs[1]++ == 0) {
                        inner.park();
                        t.b.atomicallyDo(other -> other.putLong(x, t.value, 10));
                        t.heap.reshare();
                        inner.unpark();
                    }
                    inner.putLong(x, t.value, seen + 1);
                });
            });
            assertEquals(2, runs[0]);
            assertEquals(1, t.a.statistics().aborted(AbortCause.RESHARE));
            assertEquals(11, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldGoOnWhenExceptionOfInnerBlockIsCaught(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            final IllegalStateException failure = new IllegalStateException("inner");
            t.on(t.a).atomicallyDo(m -> {
                m.putLong(x, t.value, 2);
                assertSame(failure, assertThrows(IllegalStateException.class, () -> m.atomicallyDo(inner -> {
                    inner.putLong(x, t.value, 3);
                    inner.atomicallyDo(innermost -> innermost.putLong(y, t.value, 3));
                    throw failure;
                })));
                assertEquals(2, m.getLong(x, t.value));
                assertEquals(1, m.getLong(y, t.value));
            });
            assertEquals(2, t.committedValue(t.b, x));
            assertEquals(1, t.a.statistics().committed() - 2, "one transaction besides those that made the cells");
        }
    }

    @EachSharing
    void shouldRunCallbacksOfUndoneBlockAtOnceWhenOuterGoesOn(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final List<String> calls = new ArrayList<>();
            t.begin(t.a).onCommit(() -> calls.add("outer commit"));
            t.a.onAbort(() -> calls.add("outer abort"));
            t.a.beginNested();
            t.a.onCommit(() -> calls.add("undone commit"));
            t.a.onAbort(() -> calls.add("undone abort in transaction: " + t.a.inTransaction()));
            t.a.abortNested();
            assertEquals(List.of("undone abort in transaction: true"), calls);
            t.a.beginNested();
            t.a.onCommit(() -> calls.add("inner commit"));
            t.a.onAbort(() -> calls.add("inner abort"));
            t.a.commitNested();
            t.commit(t.a);
            assertEquals(List.of("undone abort in transaction: true", "outer commit", "inner commit"), calls);
        }
    }

    @EachSharing
    void shouldRestoreRegisteredStateOfEachLevelWhenItAborts(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final Register register = new Register();
            t.a.registerState(register);
            t.begin(t.a);
            register.value = 1;
            t.a.beginNested();
            register.value = 2;
            t.a.beginNested();
            register.value = 3;
            t.a.abortNested();
            assertEquals(2, register.value);
            t.a.abortNested();
            assertEquals(1, register.value);
            t.a.beginNested();
            register.value = 4;
            t.a.commitNested();
            t.abort(t.a);
            assertEquals(0, register.value);
        }
    }

    @EachSharing
    void shouldRefuseWhenBlocksDoNotMatch(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a);
            assertEquals("no nested block is running: A",
                assertThrows(IllegalStateException.class, t.a::commitNested).getMessage());
            t.a.beginNested();
            assertEquals("a nested block is running, end it first: A",
                assertThrows(IllegalStateException.class, t.a::commit).getMessage());
            t.a.commitNested();
            assertEquals("a nested block ends where another one began: depth=2 expected=1 mutator=A",
                assertThrows(IllegalStateException.class, () -> t.a.atomicallyDo(Mutator::beginNested)).getMessage());
            assertEquals(0, t.a.nestedDepth());
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldRefuseExclusiveBlockWhenInsideAtomicOne(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            assertFalse(t.a.isAtomic());
            t.begin(t.a);
            assertFalse(t.a.isAtomic(), "a plain transaction may be broken");
            assertTrue(t.a.exclusiveAtomic(Mutator::isAtomic));
            assertFalse(t.a.isAtomic());
            t.commit(t.a);
            assertTrue(t.a.exclusiveAtomic(Mutator::isAtomic));
            t.a.atomicallyDo(m -> {
                assertEquals("an exclusive atomic block cannot be nested in an atomic one: A",
                    assertThrows(IllegalStateException.class, () -> m.exclusiveAtomic(Mutator::isAtomic)).getMessage());
                assertTrue(m.isAtomic());
            });
            assertFalse(t.a.isAtomic());
        }
    }

    @EachSharing
    void shouldUndoBlockOfInevitableTransactionWhenItBegunLater(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.b);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            t.a.beginNested();
            t.put(t.a, x, 3);
            t.a.abortNested();
            assertEquals(2, t.get(t.a, x));
            assertTrue(t.a.isInevitable());
            t.commit(t.a);
            assertEquals(2, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldKeepBlockWhenItBecameInevitableAndFails(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.b);
            t.begin(t.a).beginNested();
            t.a.becomeInevitable("test");
            assertEquals("a nested block that became inevitable never aborts: A",
                assertThrows(IllegalStateException.class, t.a::abortNested).getMessage());
            t.a.commitNested();
            t.commit(t.a);
            assertThrows(ArithmeticException.class, () -> t.a.atomicallyDo(m -> m.atomicallyDo(inner -> {
                inner.putLong(x, t.value, 2);
                inner.becomeInevitable("test");
                throw new ArithmeticException("inner");
            })));
            assertEquals(2, t.committedValue(t.b, x), "what cannot be undone is committed");
        }
    }

    @EachSharing
    void shouldRollBackWhenEscalatedBodyFails(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            assertThrows(ArithmeticException.class, () -> t.on(t.a).atomicallyDo(m -> {
                m.putLong(x, t.value, m.getLong(x, t.value) + 100);
                if (m.isInevitable()) {
                    throw new ArithmeticException("the attempt that must get through");
                }
                m.park();
                t.b.atomicallyDo(other -> other.putLong(x, t.value, other.getLong(x, t.value) + 1));
                m.unpark();
            }));
            assertTrue(t.committedValue(t.b, x) < 100, "it was inevitable to get through, not because it asked");
            t.write(t.b, x, 0);
            assertEquals(0, t.committedValue(t.a, x), "the token was given back");
        }
    }

    /** A VM's state outside the heap that follows nested blocks. */
    private static final class Register implements TransactionState {
        private final int[] saved = new int[3];
        private int value;

        @Override
        public void save(final int level) {
            saved[level] = value;
        }

        @Override
        public void restore(final int level) {
            value = saved[level];
        }
    }
}
