package org.segstm.gc.protocol;

import org.segstm.heap.Contention;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A mutator leaves its transaction open for a short call; whoever would wait for it commits it. */
class DetachTest {
    @EachSharing
    void shouldGoOnWhenNobodyMissedTheDetachedTransaction(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator m = t.heap.attachMutator("detaching");
            m.begin();
            m.putLong(x, t.value, 2);
            m.push(t.newCell(m, 10, 0));
            assertTrue(m.detach("call"));
            assertTrue(m.isDetached());
            assertEquals(1, t.committedValue(t.b, x), "readers go on");
            assertTrue(m.reattach());
            assertTrue(m.isInevitable());
            assertEquals(10, m.getLong(m.root(0), t.value));
            m.putLong(x, t.value, m.getLong(x, t.value) + 1);
            m.commit();
            assertEquals(3, t.committedValue(t.b, x));
            assertEquals(1, m.statistics().committed());
            m.close();
        }
    }

    @EachSharing
    void shouldCommitDetachedTransactionWhenAnotherUpdateCommits(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator m = t.heap.attachMutator("detaching");
            final int[] callbacks = new int[1];
            m.begin();
            m.onCommit(() -> callbacks[0]++);
            m.putLong(x, t.value, 2);
            m.push(t.newCell(m, 10, x));
            assertTrue(m.detach("call"));
            t.write(t.b, y, 5);
            assertEquals(2, t.committedValue(t.b, x), "it was committed");
            assertEquals(1, m.statistics().decisions(Contention.FINISHED_BY_OTHER));
            assertEquals(0, callbacks[0], "callbacks run where their mutator runs");
            t.parkActing();
            t.heap.collectMajor();
            assertFalse(m.reattach());
            assertEquals(1, callbacks[0]);
            assertTrue(m.isInevitable(), "another one");
            assertEquals(10, m.getLong(m.root(0), t.value), "roots have moved along");
            assertEquals(5, m.getLong(y, t.value));
            m.commit();
            assertEquals(2, m.statistics().committed());
            m.close();
        }
    }

    @EachSharing
    void shouldAbortOtherWhenDetachedTransactionChangedWhatItRead(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, y, 10 + t.get(t.b, x));
            t.parkActing();
            final Mutator m = t.heap.attachMutator("detaching");
            m.begin();
            m.putLong(x, t.value, 2);
            m.detach("call");
            assertFalse(t.tryCommit(t.b));
            m.reattach();
            m.commit();
            m.close();
            assertEquals(1, t.committedValue(t.b, y));
        }
    }

    @EachSharing
    void shouldEndDetachedTransactionWhenAnotherBecomesInevitable(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator m = t.heap.attachMutator("detaching");
            m.begin();
            m.putLong(x, t.value, 2);
            m.detach("call");
            t.on(t.b).beginInevitable("test");
            assertEquals(2, t.get(t.b, x));
            t.commit(t.b);
            assertFalse(m.reattach());
            m.commit();
            m.close();
        }
    }

    @EachSharing
    void shouldCommitInsteadOfDetachingWhenAnotherIsInevitable(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, y, 5);
            t.parkActing();
            final Mutator m = t.heap.attachMutator("detaching");
            m.begin();
            m.putLong(x, t.value, 2);
            assertFalse(m.detach("call"));
            assertEquals(2, t.committedValue(t.b, x));
            final IllegalStateException early = assertThrows(IllegalStateException.class, m::begin);
            assertEquals("reattach() follows detach(): detaching", early.getMessage());
            t.commit(t.a);
            assertFalse(m.reattach());
            assertEquals(5, m.getLong(y, t.value));
            m.commit();
            m.close();
        }
    }

    @EachSharing
    void shouldAbortWhenDetachingFindsConflict(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator m = t.heap.attachMutator("detaching");
            m.begin();
            m.putLong(y, t.value, 10 + m.getLong(x, t.value));
            m.park();
            t.write(t.b, x, 3);
            m.unpark();
            assertThrows(TransactionAbortedException.class, () -> m.detach("call"));
            assertFalse(m.isDetached());
            assertEquals(1, t.committedValue(t.b, y));
            m.close();
        }
    }

    @EachSharing
    void shouldReshareAndCollectWhenTransactionIsDetached(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator m = t.heap.attachMutator("detaching");
            m.begin();
            m.putLong(x, t.value, 2);
            m.push(t.newCell(m, 10, 0));
            m.putRef(x, t.next, m.root(0));
            m.detach("call");
            t.reshare();
            t.heap.collectMajor();
            assertEquals(1, t.committedValue(t.b, x));
            assertTrue(m.reattach());
            assertEquals(10, m.getLong(m.getRef(x, t.next), t.value));
            m.commit();
            assertEquals(2, t.committedValue(t.b, x));
            m.close();
        }
    }

    @EachSharing
    void shouldEndDetachedTransactionWhenSegmentIsNeeded(final PageSharing sharing) {
        try (Stage t = new Stage(Stage.context(sharing).segments(1))) {
            final long x = t.committedCell(1);
            final Mutator m = t.heap.attachMutator("detaching");
            m.begin();
            m.putLong(x, t.value, 2);
            m.detach("call");
            assertEquals(2, t.committedValue(t.b, x));
            assertFalse(m.reattach());
            m.commit();
            m.close();
        }
    }

    @EachSharing
    void shouldCommitWhenDetachedMutatorIsClosed(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator m = t.heap.attachMutator("detaching");
            m.begin();
            m.putLong(x, t.value, 2);
            m.detach("call");
            m.close();
            assertEquals(2, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldCommitWhenThreadDiedDetached(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            final Thread thread = new Thread(() -> {
                final Mutator m = t.heap.attachMutator("dying");
                m.begin();
                m.putLong(x, t.value, 2);
                m.detach("call");
            });
            thread.start();
            thread.join(20_000);
            t.reshare();
            t.write(t.b, y, 3);
            assertEquals(2, t.committedValue(t.b, x), "what is inevitable never aborts");
        }
    }

    @EachSharing
    void shouldStayTogetherWhenDetachedInsideAtomicBlock(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator m = t.heap.attachMutator("detaching");
            final CountDownLatch detached = new CountDownLatch(1);
            final CountDownLatch goOn = new CountDownLatch(1);
            final Thread thread = new Thread(() -> m.atomicallyDo(self -> {
                self.putLong(x, t.value, 2);
                self.detach("call");
                detached.countDown();
                try {
                    assertTrue(goOn.await(20, TimeUnit.SECONDS));
                } catch (final InterruptedException e) {
                    throw new AssertionError(e);
                }
                assertTrue(self.reattach());
                self.putLong(x, t.value, self.getLong(x, t.value) + 1);
            }));
            thread.start();
            assertTrue(detached.await(20, TimeUnit.SECONDS));
            t.write(t.b, t.committedCell(5), 6);
            assertEquals(1, t.committedValue(t.b, x));
            goOn.countDown();
            thread.join(20_000);
            assertEquals(3, t.committedValue(t.b, x));
            assertEquals(1, m.statistics().committed());
            m.close();
        }
    }

    @EachSharing
    void shouldRefuseReattachWhenNotDetached(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final IllegalStateException refusal = assertThrows(IllegalStateException.class, t.a::reattach);
            assertEquals("reattach() follows detach(): A", refusal.getMessage());
        }
    }

    @EachSharing
    void shouldHandSegmentOnWhenDetachedInNoStmMode(final PageSharing sharing) {
        final HeapContext context = Stage.context(sharing).segments(1).serial(true);
        try (Stage t = new Stage(context)) {
            final long x = t.committedCell(1);
            final Mutator m = t.heap.attachMutator("detaching");
            m.begin();
            m.putLong(x, t.value, 2);
            assertTrue(m.detach("call"));
            assertEquals(2, t.committedValue(t.b, x));
            assertFalse(m.reattach());
            m.putLong(x, t.value, 3);
            m.commit();
            assertEquals(3, t.committedValue(t.b, x));
            m.close();
        }
    }
}
