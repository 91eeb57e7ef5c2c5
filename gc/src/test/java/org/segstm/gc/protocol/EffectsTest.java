package org.segstm.gc.protocol;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.Memory;
import org.segstm.heap.BufferedOutput;
import org.segstm.heap.Mutator;
import org.segstm.heap.OffHeapState;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.TransactionCallbackException;
import org.segstm.heap.TransactionState;
import org.segstm.heap.layout.ObjectLayout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is to happen outside the heap when a transaction ends: callbacks, states, output, the thread-local root. */
class EffectsTest {
    private static Runnable failing(final RuntimeException e) {
        return () -> {
            throw e;
        };
    }

    private static PrintStream printer(final BufferedOutput output) {
        return new PrintStream(output, true);
    }

    @EachSharing
    void shouldRunCallbacksInOrderOfRegistration(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final List<Integer> calls = new ArrayList<>();
            for (final boolean commits : new boolean[] {true, false}) {
                t.begin(t.a);
                for (int i = 0; i < 5; i++) {
                    final int number = i;
                    t.a.onCommit(i % 2 == 0 ? null : "key", () -> calls.add(number));
                    t.a.onAbort(i % 2 == 0 ? "key" : null, () -> calls.add(10 + number));
                }
                if (commits) {
                    t.commit(t.a);
                } else {
                    t.abort(t.a);
                }
            }
            assertEquals(List.of(0, 1, 2, 3, 4, 10, 11, 12, 13, 14), calls);
        }
    }

    @EachSharing
    void shouldNotRunCallbacksThatWereCancelled(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final List<String> calls = new ArrayList<>();
            t.begin(t.a);
            t.a.onCommit(new String("key"), () -> calls.add("cancelled"));
            t.a.onCommit("other", () -> calls.add("other"));
            t.a.onCommit("key", () -> calls.add("cancelled"));
            t.a.onCommit(() -> calls.add("without key"));
            t.a.onAbort("key", () -> calls.add("never"));
            assertEquals(2, t.a.cancelOnCommit("key"));
            assertEquals(0, t.a.cancelOnCommit("key"));
            t.a.onCommit("key", () -> calls.add("registered again"));
            t.commit(t.a);
            assertEquals(List.of("other", "without key", "registered again"), calls);
            t.begin(t.a).onAbort("key", () -> calls.add("cancelled"));
            t.a.onAbort("other", () -> calls.add("aborted"));
            assertEquals(0, t.a.cancelOnCommit("other"), "it is an on-abort callback");
            assertEquals(1, t.a.cancelOnAbort("key"));
            t.abort(t.a);
            assertEquals("aborted", calls.get(3));
            t.begin(t.a);
            assertEquals(0, t.a.cancelOnAbort("other"), "of an earlier transaction");
        }
    }

    @EachSharing
    void shouldRefuseCallbacksWithoutActionOrTransaction(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final String message = "no transaction is running: A";
            assertEquals(message, assertThrows(IllegalStateException.class,
                () -> t.a.onCommit("key", () -> { })).getMessage());
            assertEquals(message, assertThrows(IllegalStateException.class,
                () -> t.a.cancelOnAbort("key")).getMessage());
            assertEquals(message, assertThrows(IllegalStateException.class,
                () -> t.a.setThreadLocalRoot(0)).getMessage());
            t.begin(t.a);
            assertEquals("a callback is needed: action=null", assertThrows(IllegalArgumentException.class,
                () -> t.a.onCommit(null)).getMessage());
            assertEquals("callbacks are cancelled by their key: key=null",
                assertThrows(IllegalArgumentException.class, () -> t.a.cancelOnCommit(null)).getMessage());
        }
    }

    @EachSharing
    void shouldRunAllAndStayCommittedWhenCommitCallbacksThrow(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final List<String> calls = new ArrayList<>();
            final RuntimeException first = new IllegalStateException("first");
            final RuntimeException second = new IllegalStateException("second");
            t.begin(t.a);
            t.put(t.a, x, 2);
            t.a.onCommit(failing(first));
            t.a.onCommit(() -> calls.add("called"));
            t.a.onCommit(failing(second));
            final TransactionCallbackException e = assertThrows(TransactionCallbackException.class, t.a::commit);
            assertTrue(e.isCommitted());
            assertSame(first, e.getCause());
            assertSame(second, first.getSuppressed()[0]);
            assertEquals("the transaction has committed, but an on-commit callback has thrown: " + first,
                e.getMessage());
            assertEquals(List.of("called"), calls);
            assertFalse(t.a.inTransaction());
            assertEquals(2, t.committedValue(t.b, x));
            assertEquals(2, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldRunBodyOnceWhenCommitCallbackLeaksAbort(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final TransactionCallbackException e = assertThrows(TransactionCallbackException.class,
                () -> t.on(t.a).atomicallyDo(m -> {
                    t.put(m, x, t.get(m, x) + 1);
                    m.onCommit(() -> {
                        m.begin();
                        t.put(m, x, t.get(m, x) + 100);
                        t.write(t.b, x, t.committedValue(t.b, x) + 10);
                        t.on(m).safepoint();
                        m.commit();
                    });
                }));
            assertTrue(e.isCommitted());
            assertSame(TransactionAbortedException.class, e.getCause().getClass());
            assertEquals(11, t.committedValue(t.b, x), "the body ran once");
        }
    }

    @EachSharing
    void shouldNotTryAgainWhenAbortCallbackThrows(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            t.attach(t.a, t.b);
            final List<String> calls = new ArrayList<>();
            final RuntimeException thrown = new IllegalStateException("thrown");
            final TransactionCallbackException e = assertThrows(TransactionCallbackException.class,
                () -> t.on(t.a).atomicallyDo(m -> {
                    calls.add("body");
                    t.put(m, x, t.get(m, x) + 1);
                    m.onAbort(failing(thrown));
                    m.onAbort(() -> calls.add("aborted"));
                    t.write(t.b, x, 10);
                    t.on(m);
                }));
            assertFalse(e.isCommitted());
            assertSame(thrown, e.getCause());
            assertEquals("the transaction was rolled back, but an on-abort callback or state has thrown: " + thrown,
                e.getMessage());
            assertEquals(List.of("body", "aborted"), calls);
            assertEquals(10, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldThrowWhatBodyThrewWhenAbortCallbackThrowsToo(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final RuntimeException body = new IllegalStateException("body");
            final RuntimeException callback = new IllegalStateException("callback");
            final RuntimeException e = assertThrows(IllegalStateException.class, () -> t.on(t.a).atomicallyDo(m -> {
                m.onAbort(failing(callback));
                throw body;
            }));
            assertSame(body, e);
            assertSame(callback, e.getSuppressed()[0].getCause());
            assertFalse(t.a.inTransaction());
        }
    }

    @EachSharing
    void shouldRestoreStatesLastRegisteredFirstWhenSomeThrow(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final List<String> calls = new ArrayList<>();
            t.a.registerState(new Recorder("first", calls, null));
            t.a.registerState(new Recorder("second", calls, new IllegalStateException("broken")));
            t.a.registerState(new Recorder("third", calls, null));
            t.begin(t.a).onAbort(() -> calls.add("callback"));
            final TransactionCallbackException e = assertThrows(TransactionCallbackException.class, t.a::abort);
            assertEquals("broken", e.getCause().getMessage());
            assertEquals(List.of("first saves 0", "second saves 0", "third saves 0", "third returns to 0",
                "second returns to 0", "first returns to 0", "callback"), calls);
        }
    }

    @EachSharing
    void shouldNotBeginWhenStateCannotBeSaved(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final Recorder recorder = new Recorder("state", new ArrayList<>(), null);
            t.a.registerState(recorder);
            recorder.saveFailure = new IllegalStateException("cannot save");
            assertSame(recorder.saveFailure, assertThrows(IllegalStateException.class, t.a::begin));
            assertFalse(t.a.inTransaction());
            t.reshare();
            assertTrue(t.a.unregisterState(recorder));
            t.begin(t.a).commit();
        }
    }

    @EachSharing
    void shouldReturnToWhatItWasWhenStateIsRegisteredInsideTransaction(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final List<String> calls = new ArrayList<>();
            final Recorder recorder = new Recorder("state", calls, null);
            t.begin(t.a).registerState(recorder);
            t.abort(t.a);
            assertTrue(t.a.unregisterState(recorder));
            assertFalse(t.a.unregisterState(recorder));
            t.begin(t.a);
            t.abort(t.a);
            assertEquals(List.of("state saves 0", "state returns to 0"), calls);
        }
    }

    @EachSharing
    void shouldRestoreAndClearOffHeapMemoryWhenAborted(final PageSharing sharing) {
        final long memory = Memory.allocateZeroed(64);
        try (Stage t = new Stage(sharing)) {
            t.a.registerState(OffHeapState.restored(memory, 13));
            t.a.registerState(OffHeapState.cleared(memory + 32, 16));
            t.begin(t.a);
            Memory.putLong(memory, 5);
            Memory.putLong(memory + 32, 6);
            t.commit(t.a);
            t.begin(t.a);
            Memory.putLong(memory, 7);
            Memory.putByte(memory + 12, (byte) 8);
            Memory.putByte(memory + 13, (byte) 9);
            Memory.putLong(memory + 40, 10);
            Memory.putLong(memory + 48, 11);
            t.abort(t.a);
            assertEquals(5, Memory.getLong(memory));
            assertEquals(0, Memory.getByte(memory + 12));
            assertEquals(9, Memory.getByte(memory + 13), "beyond its end");
            assertEquals(0, Memory.getLong(memory + 32));
            assertEquals(0, Memory.getLong(memory + 40));
            assertEquals(11, Memory.getLong(memory + 48), "beyond its end");
        } finally {
            Memory.free(memory);
        }
        assertEquals("memory needs an address and a size above 0: address=0 bytes=8",
            assertThrows(IllegalArgumentException.class, () -> OffHeapState.restored(0, 8)).getMessage());
    }

    @EachSharing
    void shouldRestoreThreadLocalRootWhenAborted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            assertEquals(0, t.a.threadLocalRoot());
            t.begin(t.a).setThreadLocalRoot(t.newCell(t.a, 1, 0));
            t.abort(t.a);
            assertEquals(0, t.a.threadLocalRoot());
            t.begin(t.a).setThreadLocalRoot(t.newCell(t.a, 2, 0));
            t.a.collectNursery();
            assertEquals(2, t.get(t.a, t.a.threadLocalRoot()));
            t.commit(t.a);
            t.begin(t.a);
            assertEquals(2, t.get(t.a, t.a.threadLocalRoot()));
            t.a.setThreadLocalRoot(t.newCell(t.a, 3, t.a.threadLocalRoot()));
            t.a.collectNursery();
            t.parkActing();
            t.heap.collectMajor();
            assertEquals(3, t.get(t.a, t.a.threadLocalRoot()));
            t.abort(t.a);
            t.heap.collectMajor();
            t.begin(t.a);
            assertEquals(2, t.get(t.a, t.a.threadLocalRoot()));
            t.a.setThreadLocalRoot(7);
            t.commit(t.a);
            assertEquals(7, t.a.threadLocalRoot());
            assertEquals(0, t.b.threadLocalRoot(), "another mutator's");
        }
    }

    @EachSharing
    void shouldKeepThreadLocalRootWhenThereIsNoStm(final PageSharing sharing) {
        try (SegmentHeap heap = SegmentHeap.open(Stage.context(sharing).serial(true).verify(true));
            Mutator mutator = heap.attachMutator("one"); Mutator other = heap.attachMutator("other")) {
            final ObjectLayout layout = heap.register(ObjectLayout.named("bytes").variableBytes());
            mutator.atomicallyDo(m -> {
                m.setThreadLocalRoot(m.allocate(layout, 8));
                m.putLongAt(m.threadLocalRoot(), 0, 5);
            });
            other.atomicallyDo(Mutator::collectNursery);
            heap.collectMajor();
            mutator.begin();
            assertEquals(5, mutator.getLongAt(mutator.threadLocalRoot(), 0));
            mutator.commit();
        }
    }

    @EachSharing
    void shouldPutOutOnceWhenTransactionCommits(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final ByteArrayOutputStream target = new ByteArrayOutputStream();
            final BufferedOutput output = new BufferedOutput(t.a, target);
            final PrintStream out = printer(output);
            out.print("outside ");
            assertEquals("outside ", target.toString());
            t.begin(t.a);
            out.print("rolled back ");
            t.abort(t.a);
            t.begin(t.a);
            for (int i = 0; i < 100; i++) {
                out.print(i % 10);
            }
            out.flush();
            assertEquals("outside ", target.toString(), "not before the commit");
            t.commit(t.a);
            assertEquals("outside " + "0123456789".repeat(10), target.toString());
            target.reset();
            t.begin(t.a);
            t.commit(t.a);
            assertEquals("", target.toString());
            t.begin(t.a);
            assertThrows(IllegalStateException.class, output::close);
            t.commit(t.a);
            output.close();
        }
    }

    @EachSharing
    void shouldTellWhatWasNotPutOutWhenTargetFails(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final OutputStream broken = new OutputStream() {
                @Override
                public void write(final int value) throws IOException {
                    throw new IOException("disk full");
                }
            };
            final PrintStream out = printer(new BufferedOutput(t.a, broken));
            t.begin(t.a);
            out.print("text");
            final TransactionCallbackException e = assertThrows(TransactionCallbackException.class, t.a::commit);
            assertEquals("cannot write what a transaction has put out: bytes=4", e.getCause().getMessage());
            t.begin(t.a);
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldCallAndCancelPerBlockWhenBlocksAreNested(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final List<String> calls = new ArrayList<>();
            t.begin(t.a).onCommit("outer", () -> calls.add("outer"));
            t.a.onCommit("kept", () -> calls.add("kept"));
            t.a.beginNested();
            t.a.onCommit("inner", () -> calls.add("inner"));
            assertEquals(1, t.a.cancelOnCommit("outer"));
            t.a.beginNested();
            assertEquals(1, t.a.cancelOnCommit("inner"));
            assertEquals(1, t.a.cancelOnCommit("kept"));
            t.a.abortNested();
            t.a.commitNested();
            t.a.beginNested();
            assertEquals(1, t.a.cancelOnCommit("kept"));
            t.a.onCommit("undone", () -> calls.add("undone"));
            t.a.onAbort(() -> calls.add("abort"));
            t.a.abortNested();
            assertEquals(0, t.a.cancelOnCommit("undone"));
            t.commit(t.a);
            assertEquals(List.of("abort", "kept", "inner"), calls);
        }
    }

    @EachSharing
    void shouldUndoAllBlocksWhenCallbackOfInnerOneThrows(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final RuntimeException body = new IllegalStateException("body");
            final RuntimeException callback = new IllegalStateException("callback");
            t.begin(t.a);
            assertSame(body, assertThrows(IllegalStateException.class, () -> t.a.atomicallyDo(m -> {
                t.put(m, x, 2);
                m.atomicallyDo(n -> {
                    n.onAbort(failing(callback));
                    t.put(n, x, 3);
                    throw body;
                });
            })));
            assertSame(callback, body.getSuppressed()[0].getCause());
            assertEquals(0, t.a.nestedDepth());
            assertEquals(1, t.get(t.a, x));
            t.a.beginNested();
            t.put(t.a, x, 4);
            t.a.onAbort(failing(callback));
            assertThrows(TransactionCallbackException.class, t.a::abortNested);
            assertEquals(1, t.get(t.a, x));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldTakeSecondAlternativeOnlyWhenNoCallbackThrows(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final RuntimeException callback = new IllegalStateException("callback");
            t.begin(t.a);
            final TransactionCallbackException e = assertThrows(TransactionCallbackException.class,
                () -> t.a.orElse(m -> {
                    m.onAbort(failing(callback));
                    return m.retry();
                }, m -> 2));
            assertSame(callback, e.getCause());
            assertEquals(3, t.a.<Integer>orElse(m -> m.retry(), m -> 3));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldReturnToBlockBeginWhenNestedBlockIsUndone(final PageSharing sharing) {
        final long memory = Memory.allocateZeroed(16);
        try (Stage t = new Stage(sharing)) {
            final ByteArrayOutputStream target = new ByteArrayOutputStream();
            final PrintStream out = printer(new BufferedOutput(t.a, target));
            t.a.registerState(OffHeapState.restored(memory, 8));
            t.begin(t.a);
            Memory.putLong(memory, 1);
            t.a.beginNested();
            out.print("first ");
            Memory.putLong(memory, 2);
            t.a.setThreadLocalRoot(t.newCell(t.a, 2, 0));
            t.a.abortNested();
            assertEquals(0, t.a.threadLocalRoot());
            assertEquals(1, Memory.getLong(memory));
            out.print("second ");
            t.a.setThreadLocalRoot(t.newCell(t.a, 3, 0));
            t.a.beginNested();
            out.print("third ");
            t.a.setThreadLocalRoot(7);
            t.a.beginNested();
            out.print("fourth ");
            t.a.setThreadLocalRoot(9);
            t.a.abortNested();
            assertEquals(7, t.a.threadLocalRoot());
            t.a.abortNested();
            assertEquals(3, t.get(t.a, t.a.threadLocalRoot()));
            t.a.beginNested();
            out.print("fifth");
            t.a.commitNested();
            t.commit(t.a);
            assertEquals("second fifth", target.toString());
        } finally {
            Memory.free(memory);
        }
    }

    @Test
    @Timeout(60)
    void shouldReadClockWithoutBecomingInevitable() {
        try (Stage t = new Stage(PageSharing.PRIVATE_COW)) {
            t.begin(t.a);
            final long first = t.a.clockNanos();
            assertFalse(t.a.isInevitable());
            t.commit(t.a);
            t.begin(t.b);
            assertTrue(t.b.clockNanos() >= first);
            assertTrue(first >= 0);
        }
    }

    /** Writes down when it is called. */
    private static final class Recorder implements TransactionState {
        private final String name;
        private final List<String> calls;
        private final RuntimeException restoreFailure;
        private RuntimeException saveFailure;

        Recorder(final String name, final List<String> calls, final RuntimeException restoreFailure) {
            this.name = name;
            this.calls = calls;
            this.restoreFailure = restoreFailure;
        }

        @Override
        public void save(final int level) {
            calls.add(name + " saves " + level);
            if (saveFailure != null) {
                throw saveFailure;
            }
        }

        @Override
        public void restore(final int level) {
            calls.add(name + " returns to " + level);
            if (restoreFailure != null) {
                throw restoreFailure;
            }
        }
    }
}
