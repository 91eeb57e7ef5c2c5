package org.segstm.gc.protocol;

import org.segstm.heap.Contention;
import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Updates commit beside an inevitable transaction when they write nothing that it has read. */
class AdmissionTest {
    private static final long PATIENCE_MS = 20_000;

    private static void await(final BooleanSupplier condition) {
        final long deadline = System.currentTimeMillis() + PATIENCE_MS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.currentTimeMillis() < deadline, "it takes too long");
            Thread.onSpinWait();
        }
    }

    @EachSharing
    void shouldAdmitUpdateWhenInevitableHasNotReadWhatItWrites(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            t.write(t.b, y, 5);
            assertEquals(1, t.b.statistics().decisions(Contention.ADMITTED));
            assertEquals(5, t.committedValue(t.c, y), "it is committed before the inevitable one");
            assertEquals(1, t.committedValue(t.c, x));
            assertEquals(5, t.get(t.a, y), "the inevitable one sees it");
            assertEquals(2, t.get(t.a, x));
            t.put(t.a, y, t.get(t.a, y) + 1);
            t.commit(t.a);
            assertEquals(6, t.committedValue(t.b, y));
            assertEquals(2, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldRefuseUpdateWhenInevitableHasReadOrWrittenWhatItWrites(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            final long z = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            assertEquals(1, t.get(t.a, y));
            for (final long busy : new long[] {x, y}) {
                t.begin(t.b);
                t.put(t.b, z, 7);
                t.put(t.b, busy, 7);
                assertThrows(HeapException.class, t.b::commit);
                assertEquals(1, t.get(t.a, z), "nothing of it is seen");
                t.abort(t.b);
            }
        }
    }

    @EachSharing
    void shouldAdmitOneAfterTheOtherWhenSeveralUpdatesCome(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b, t.c);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            for (int i = 1; i <= 50; i++) {
                t.write(i % 2 == 0 ? t.b : t.c, y, i);
            }
            assertEquals(50, t.get(t.a, y));
            t.begin(t.b);
            t.put(t.b, y, 100);
            assertThrows(HeapException.class, t.b::commit);
            t.abort(t.b);
            t.commit(t.a);
            t.write(t.b, y, 100);
            assertEquals(100, t.committedValue(t.a, y));
        }
    }

    @EachSharing
    void shouldAbortUpdateWhenItReadWhatAnAdmittedOneWrote(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            t.begin(t.c);
            t.put(t.c, y, t.get(t.c, y) + 10);
            t.write(t.b, y, 5);
            assertFalse(t.tryCommit(t.c));
            t.commit(t.a);
            assertEquals(5, t.committedValue(t.c, y));
        }
    }

    @EachSharing
    void shouldSeeFreshObjectsWhenTheyWereAdmitted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long head = t.committedCell(1);
            final long x = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            t.begin(t.b).putRef(head, t.next, t.newCell(t.b, 5, 0));
            t.b.push(t.b.getRef(head, t.next));
            t.b.collectNursery();
            t.put(t.b, t.b.root(0), 6);
            t.commit(t.b);
            final long cell = t.on(t.a).getRef(head, t.next);
            assertEquals(6, t.get(t.a, cell));
            t.put(t.a, cell, 7);
            t.a.collectNursery();
            t.reshare();
            t.parkActing();
            t.heap.collectMajor();
            t.commit(t.a);
            t.begin(t.c);
            assertEquals(7, t.get(t.c, t.c.getRef(head, t.next)));
            t.commit(t.c);
        }
    }

    @EachSharing
    void shouldAdmitAtSafepointWhenInevitableIsRunning(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            final Mutator running = t.mutator("running");
            final CountDownLatch begun = new CountDownLatch(1);
            final AtomicBoolean stop = new AtomicBoolean();
            final AtomicBoolean asked = new AtomicBoolean();
            final Thread thread = new Thread(() -> {
                running.beginInevitable("test");
                running.putLong(x, t.value, 2);
                begun.countDown();
                while (!stop.get()) {
                    running.safepoint();
                    asked.compareAndSet(false, running.isCommitWanted());
                }
                running.commit();
            });
            thread.start();
            assertTrue(begun.await(PATIENCE_MS, TimeUnit.MILLISECONDS));
            final long[] writes = new long[1];
            await(() -> {
                t.write(t.b, y, ++writes[0] + 1);
                return asked.get();
            });
            assertTrue(thread.isAlive());
            assertEquals(1, t.committedValue(t.c, x));
            assertEquals(writes[0] + 1, t.committedValue(t.c, y));
            stop.set(true);
            thread.join(PATIENCE_MS);
            assertEquals(2, t.committedValue(t.c, x));
            assertEquals(writes[0], t.b.statistics().decisions(Contention.ADMITTED));
        }
    }

    @EachSharing
    void shouldTellAtNextSafepointWhenSomebodyAsksForCommit(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.attach(t.a, t.b);
            t.begin(t.a);
            assertFalse(t.a.isCommitWanted());
            t.a.askToCommitSoon();
            t.a.safepoint();
            assertTrue(t.a.isCommitWanted());
            t.commit(t.a);
            t.begin(t.a);
            t.a.safepoint();
            assertFalse(t.a.isCommitWanted(), "it was the transaction before that was asked");
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldCommitWaitingUpdatesInPlaceWhenInevitableEnds(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            assertEquals(1, t.get(t.a, y));
            final Mutator waiting = t.mutator("waiting");
            final Mutator losing = t.mutator("losing");
            final AtomicBoolean committed = new AtomicBoolean();
            final AtomicBoolean lost = new AtomicBoolean();
            final Thread first = new Thread(() -> {
                waiting.begin();
                waiting.putLong(y, t.value, 7);
                committed.set(waiting.tryCommit());
            });
            final Thread second = new Thread(() -> {
                losing.begin();
                losing.putLong(y, t.value, 10 * losing.getLong(x, t.value));
                lost.set(!losing.tryCommit());
            });
            t.parkActing();
            first.start();
            second.start();
            await(() -> waiting.statistics().decisions(Contention.COMMIT_WAITED) > 0
                && losing.statistics().decisions(Contention.COMMIT_WAITED) > 0);
            await(() -> first.getState() == Thread.State.TIMED_WAITING
                && second.getState() == Thread.State.TIMED_WAITING);
            t.commit(t.a);
            first.join(PATIENCE_MS);
            second.join(PATIENCE_MS);
            assertTrue(committed.get());
            assertTrue(lost.get(), "it read what the inevitable one wrote");
            assertEquals(7, t.committedValue(t.b, y));
            assertEquals(2, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldBuildEntryAnewWhenReshareComesWhileItWaits(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long head = t.committedCell(1);
            final long y = t.committedCell(3);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            assertEquals(1, t.get(t.a, head));
            final Mutator waiting = t.mutator("waiting");
            final Thread thread = new Thread(() -> {
                waiting.begin();
                waiting.putRef(head, t.next, t.newCell(waiting, 8, 0));
                waiting.commit();
            });
            t.parkActing();
            thread.start();
            await(() -> thread.getState() == Thread.State.TIMED_WAITING);
            t.reshare();
            t.write(t.b, y, 4);
            t.commit(t.a);
            thread.join(PATIENCE_MS);
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                t.begin(m);
                assertEquals(8, t.get(m, m.getRef(head, t.next)));
                t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldQueueFairlyWhenAllWantToBeInevitable(final PageSharing sharing) throws InterruptedException {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(0);
            final int threads = 4;
            final AtomicLongArray commits = new AtomicLongArray(threads);
            final AtomicBoolean stop = new AtomicBoolean();
            final Thread[] all = new Thread[threads];
            for (int i = 0; i < threads; i++) {
                final int index = i;
                final Mutator mutator = t.heap.attachMutator("worker" + i);
                all[i] = new Thread(() -> {
                    while (!stop.get()) {
                        mutator.beginInevitable("test");
                        mutator.putLong(x, t.value, mutator.getLong(x, t.value) + 1);
                        mutator.commit();
                        commits.incrementAndGet(index);
                    }
                    mutator.close();
                });
                all[i].start();
            }
            Thread.sleep(300);
            await(() -> IntStream.range(0, threads).allMatch(i -> commits.get(i) > 0));
            stop.set(true);
            long sum = 0;
            for (int i = 0; i < threads; i++) {
                all[i].join(PATIENCE_MS);
                sum += commits.get(i);
            }
            assertEquals(sum, t.committedValue(t.a, x));
        }
    }
}
