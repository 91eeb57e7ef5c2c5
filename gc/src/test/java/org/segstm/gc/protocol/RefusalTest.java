package org.segstm.gc.protocol;

import org.junit.jupiter.api.function.Executable;
import org.segstm.heap.HeapException;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.TransactionAbortedException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Calls that break a rule are refused, word for word, and change nothing. */
class RefusalTest {
    private static void assertRefused(
        final Class<? extends RuntimeException> type, final String message, final Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    private static void assertRefused(final String message, final Executable call) {
        assertRefused(IllegalStateException.class, message, call);
    }

    @EachSharing
    void shouldRefuseNestedBegin(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            t.put(t.a, x, 2);
            assertRefused("transactions do not nest: A", t.a::begin);
            assertRefused("transactions do not nest: A", () -> t.a.beginInevitable("test"));
            assertTrue(t.tryCommit(t.a), "the outer one goes on");
            assertEquals(2, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldRefuseTransactionCallsWhenNoneIsRunning(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final String message = "no transaction is running: A";
            assertRefused(message, t.a::commit);
            assertRefused(message, t.a::tryCommit);
            assertRefused(message, t.a::abort);
            assertRefused(message, t.a::validate);
            assertRefused(message, t.a::safepoint);
            assertRefused(message, t.a::beginNested);
            assertRefused(message, t.a::commitNested);
            assertRefused(message, t.a::abortNested);
            assertRefused(message, t.a::retry);
            assertRefused(message, t.a::collectNursery);
            assertRefused(message, t.a::park);
            assertRefused(message, () -> t.a.becomeInevitable("test"));
            assertRefused(message, () -> t.a.onCommit(() -> { }));
            assertRefused(message, () -> t.a.onAbort(() -> { }));
            assertRefused(message, () -> t.a.allocate(t.cell));
            assertRefused("unpark() follows park(): A", t.a::unpark);
        }
    }

    @EachSharing
    void shouldRefuseTransactionCallsWhenParked(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a).park();
            final String message = "the mutator is parked: A";
            assertRefused(message, t.a::commit);
            assertRefused(message, t.a::abort);
            assertRefused(message, t.a::validate);
            assertRefused(message, t.a::safepoint);
            assertRefused(message, t.a::park);
            assertRefused(message, () -> t.a.allocate(t.cell));
            assertRefused("transactions do not nest: A", t.a::begin);
            t.a.unpark();
            t.a.commit();
        }
    }

    @EachSharing
    void shouldRefuseUnparkWhenTransactionHasEnded(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a).park();
            t.a.unpark();
            t.a.commit();
            assertRefused("unpark() follows park(): A", t.a::unpark);
            t.begin(t.a);
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldRefuseBeginWhenMutatorIsClosed(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.a.close();
            t.a.close();
            assertRefused("the mutator is closed: A", t.a::begin);
        }
    }

    @EachSharing
    void shouldRefuseCloseWhenTransactionIsRunning(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a);
            assertRefused("end the transaction before the mutator is closed: A", t.a::close);
            assertRefused("end all transactions before the heap is closed: mutator A", t.heap::close);
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldRefuseAllWhenHeapIsClosed(final PageSharing sharing) {
        final Stage t = new Stage(sharing);
        t.committedCell(1);
        t.close();
        t.heap.close();
        assertRefused("the heap is closed", () -> t.heap.attachMutator("late"));
    }

    @EachSharing
    void shouldRefuseSecondUnparkedMutatorWhenDrivenByTheSameThread(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final String message = "mutator A is executing on this very thread: park() it before another mutator is "
                + "driven from here";
            t.begin(t.a);
            t.put(t.a, x, 2);
            assertRefused(HeapException.class, message, t.b::begin);
            assertFalse(t.b.inTransaction());
            assertRefused(HeapException.class, message, t.heap::reshare);
            t.put(t.a, x, 3);
            assertTrue(t.tryCommit(t.a), "the heap is usable afterwards");
            assertEquals(3, t.committedValue(t.b, x));
            t.reshare();
            assertEquals(3, t.committedValue(t.c, x));
        }
    }

    @EachSharing
    void shouldRefuseToWaitWhenAllSegmentsAreDrivenByTheSameThread(final PageSharing sharing) {
        try (Stage t = new Stage(Stage.context(sharing).segments(2))) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.begin(t.b);
            t.parkActing();
            assertRefused(HeapException.class, "all 2 segments are in transactions driven by this very thread: "
                + "end one of them, or open the heap with more segments", t.c::begin);
            assertFalse(t.c.inTransaction());
            assertTrue(t.tryCommit(t.a));
            assertEquals(2, t.committedValue(t.c, x));
            assertEquals(1, t.get(t.b, x));
        }
    }

    @EachSharing
    void shouldRefuseNegativeLength(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a);
            assertRefused(IllegalArgumentException.class, "length must be from 0 to " + t.array.maximumLength()
                + ": length=-1 layout=" + t.array, () -> t.a.allocate(t.array, -1));
            assertRefused(IllegalArgumentException.class, "length must be from 0 to " + t.array.maximumLength()
                + ": length=" + Long.MAX_VALUE + " layout=" + t.array, () -> t.a.allocate(t.array, Long.MAX_VALUE));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldRefuseConfigurationWhenContextIsUsedAgain(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final String message = "a context serves one heap and cannot be changed once the heap is open";
            assertRefused(message, () -> t.heap.context().segments(3));
            assertRefused(message, () -> SegmentHeap.open(t.heap.context()));
        }
    }

    @EachSharing
    void shouldRefuseRootsBeyondTheStack(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            assertRefused(IndexOutOfBoundsException.class, "no root to pop: depth=0", t.a::pop);
            t.a.push(1);
            assertRefused(IndexOutOfBoundsException.class, "root index must be below the depth: index=1 depth=1",
                () -> t.a.setRoot(1, 3));
            assertRefused(IndexOutOfBoundsException.class, "new depth must be from 0 to the depth: newDepth=2 depth=1",
                () -> t.a.truncateRoots(2));
            assertEquals(1, t.a.pop());
        }
    }

    @EachSharing
    void shouldPassOnBodysExceptionWhenParkedBodyWasDoomed(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a);
            final RuntimeException thrown = assertThrows(RuntimeException.class, () -> t.a.atomicallyDo(m -> {
                m.putLong(x, t.value, 2);
                m.park();
                t.b.atomicallyDo(other -> other.putLong(x, t.value, 3));
                t.heap.reshare();
                throw new ArithmeticException("foreign code failed");
            }));
            assertFalse(thrown instanceof TransactionAbortedException, "the signal never leaves an atomic block");
            assertFalse(t.a.inTransaction());
            assertEquals(3, t.committedValue(t.a, x));
        }
    }
}
