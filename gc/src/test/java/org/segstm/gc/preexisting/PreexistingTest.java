package org.segstm.gc.preexisting;

import org.segstm.gc.protocol.EachSharing;
import org.segstm.gc.protocol.Stage;
import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectLayout;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Preexisting objects: seen by all at once, not taken back by an abort. */
class PreexistingTest {
    private static final int MANY = 500;
    private static final long IMMEDIATE = 5;

    @EachSharing
    void shouldBeSeenByTransactionThatRunsAlready(final PageSharing sharing) {
        try (Stage s = new Stage(sharing)) {
            s.attach(s.a, s.b, s.c);
            final long target = s.committedCell(3);
            s.begin(s.b);
            s.get(s.b, target);
            s.begin(s.a);
            final long ref = s.a.allocatePreexisting(s.newCell(s.a, 7, IMMEDIATE));
            s.a.push(ref);
            assertFalse(s.a.inspect().isYoung(ref));
            assertEquals(7, s.get(s.b, ref));
            assertEquals(IMMEDIATE, s.b.getRef(ref, s.next));
            s.commit(s.a);
            assertTrue(s.tryCommit(s.b));
            s.reshare();
            assertEquals(7, s.committedValue(s.c, ref));
            HeapVerifier.verify(s.heap);
        }
    }

    @EachSharing
    void shouldReturnToInitialContentWhenTransactionAborts(final PageSharing sharing) {
        try (Stage s = new Stage(sharing)) {
            s.attach(s.a, s.b);
            s.begin(s.a);
            final long ref = s.a.allocatePreexisting(s.newCell(s.a, 7, 0));
            s.put(s.a, ref, 8);
            assertEquals(8, s.get(s.a, ref));
            s.abort(s.a);
            assertEquals(7, s.committedValue(s.b, ref));
            assertEquals(7, s.committedValue(s.a, ref));
            HeapVerifier.verify(s.heap);
            s.heap.collectMajor();
            assertEquals(0, s.heap.statistics().liveBytes(), "kept alive by what refers to it");
        }
    }

    @EachSharing
    void shouldConflictWhenTwoTransactionsWriteIt(final PageSharing sharing) {
        try (Stage s = new Stage(sharing)) {
            s.attach(s.a, s.b);
            s.begin(s.b);
            s.begin(s.a);
            final long ref = s.a.allocatePreexisting(s.newCell(s.a, 7, 0));
            s.a.push(ref);
            s.put(s.a, ref, 8);
            assertEquals(7, s.get(s.b, ref));
            s.put(s.b, ref, 9);
            s.commit(s.a);
            s.on(s.b);
            assertFalse(s.b.tryCommit());
            assertEquals(8, s.committedValue(s.b, ref));
        }
    }

    @EachSharing
    void shouldBeSeenByAllWhenPagesArePrivateEverywhere(final PageSharing sharing) {
        try (Stage s = new Stage(Stage.context(sharing).unitBytes(unitFor(sharing)))) {
            s.attach(s.a, s.b, s.c);
            final long array = s.committed(s.a, m -> {
                long list = 0;
                for (int i = 0; i < MANY; i++) {
                    list = s.newCell(m, i, list);
                }
                return list;
            });
            for (final Mutator mutator : new Mutator[] {s.b, s.c}) {
                s.begin(mutator);
                long cell = array;
                while (cell != 0) {
                    mutator.putLong(cell, s.value, mutator == s.b ? 1 : 2);
                    cell = mutator.getRef(cell, s.next);
                }
            }
            s.begin(s.a);
            for (int i = 0; i < MANY; i++) {
                final long template = s.newCell(s.on(s.a), 1000 + i, 0);
                s.a.push(template);
                final long ref = s.a.allocatePreexisting(template);
                s.a.pop();
                s.a.push(ref);
                assertEquals(1000 + i, s.get(s.b, ref));
                assertEquals(1000 + i, s.get(s.c, ref));
                assertEquals(1000 + i, s.get(s.a, ref));
                s.on(s.a);
            }
            s.abort(s.c);
            s.commit(s.a);
            assertTrue(s.tryCommit(s.b));
            s.reshare();
            HeapVerifier.verify(s.heap);
            for (int i = 0; i < MANY; i++) {
                assertEquals(1000 + i, s.committedValue(s.c, s.a.root(i)));
            }
        }
    }

    private static long unitFor(final PageSharing sharing) {
        return sharing == PageSharing.PRIVATE_COW ? 4096 : 1 << 20;
    }

    @EachSharing
    void shouldStayWhenTransactionThatHoldsItIsCollectedAround(final PageSharing sharing) {
        try (Stage s = new Stage(sharing)) {
            s.attach(s.a, s.b);
            s.begin(s.a);
            final long ref = s.a.allocatePreexisting(s.newCell(s.a, 7, 0));
            final long hash = s.a.identityHash(ref);
            assertEquals(ref, s.a.identity(ref));
            s.a.push(ref);
            s.a.collectNursery();
            s.parkActing();
            s.heap.collectMajor();
            HeapVerifier.verify(s.heap);
            s.on(s.a);
            assertEquals(ref, s.a.root(0));
            s.a.putRef(ref, s.next, s.newCell(s.a, 8, 0));
            s.a.collectNursery();
            s.reshare();
            s.on(s.a);
            assertEquals(8, s.a.getLong(s.a.getRef(ref, s.next), s.value));
            assertEquals(hash, s.a.identityHash(ref));
            s.commit(s.a);
            HeapVerifier.verify(s.heap);
            s.heap.collectMajor();
            assertEquals(7, s.committedValue(s.b, ref));
            assertEquals(2 * 32, s.heap.statistics().liveBytes());
        }
    }

    @EachSharing
    void shouldKeepItsPlaceWhenTransactionAbortsAndOthersAllocate(final PageSharing sharing) {
        try (Stage s = new Stage(sharing)) {
            s.attach(s.a, s.b);
            s.begin(s.a);
            final long[] refs = new long[MANY];
            for (int i = 0; i < MANY; i++) {
                refs[i] = s.a.allocatePreexisting(s.newCell(s.a, i, 0));
                s.heap.newGlobalRoot("made").set(refs[i]);
                s.a.push(s.newCell(s.a, -1, 0));
                if (i % 100 == 0) {
                    s.a.collectNursery();
                }
            }
            s.abort(s.a);
            for (int round = 0; round < 3; round++) {
                s.begin(s.a);
                for (int i = 0; i < 2 * MANY; i++) {
                    s.a.push(s.newCell(s.a, -2, 0));
                }
                s.commit(s.a);
            }
            HeapVerifier.verify(s.heap);
            s.begin(s.b);
            for (int i = 0; i < MANY; i++) {
                assertEquals(i, s.get(s.b, refs[i]));
            }
        }
    }

    /** With one megabyte in a unit, what another transaction holds privately reaches far into free memory. */
    @EachSharing
    void shouldBeMadeWhenItNeedsMostOfTheHeap(final PageSharing sharing) {
        final long unit = unitFor(sharing);
        final long length = 10 << 20;
        try (Stage s = new Stage(Stage.context(sharing).unitBytes(unit))) {
            s.attach(s.a, s.b);
            final long cell = s.committedCell(1);
            s.begin(s.b);
            s.put(s.b, cell, 2);
            s.on(s.a);
            final long ref = s.begin(s.a).allocatePreexisting(lastByteSet(s.a, s.blob, 100));
            final long large = s.a.allocatePreexisting(lastByteSet(s.a, s.blob, 4 << 20));
            s.a.push(large);
            assertEquals(1, s.on(s.b).getByteAt(ref, 99));
            assertEquals(1, s.b.getByteAt(large, (4 << 20) - 1));
            s.abort(s.a);
            s.begin(s.a);
            assertThrows(OutOfHeapException.class,
                () -> s.a.allocatePreexisting(lastByteSet(s.a, s.blob, length)));
            s.abort(s.a);
            HeapVerifier.verify(s.heap);
        }
    }

    private static long lastByteSet(final Mutator mutator, final ObjectLayout blob, final long length) {
        final long ref = mutator.allocate(blob, length);
        mutator.putByteAt(ref, length - 1, (byte) 1);
        return ref;
    }

    /** The places of cells are private to others, so that all have to stand still; then the collecting thread goes. */
    @EachSharing
    void shouldNotBeFreedWhenOthersCollectWhileItIsMade(final PageSharing sharing) throws InterruptedException {
        try (Stage s = new Stage(Stage.context(sharing).unitBytes(unitFor(sharing)))) {
            s.attach(s.a, s.b);
            final long cell = s.committedCell(0);
            s.begin(s.b);
            s.put(s.b, cell, 1);
            s.parkActing();
            final AtomicBoolean over = new AtomicBoolean();
            final Thread collecting = new Thread(() -> {
                while (!over.get()) {
                    s.heap.collectMajor();
                }
            });
            collecting.start();
            try {
                s.begin(s.a);
                for (int i = 0; i < MANY; i++) {
                    final long ref = s.a.allocatePreexisting(s.newCell(s.a, i, 0));
                    assertEquals(i, s.a.getLong(ref, s.value));
                }
                assertEquals(0, s.a.rootDepth());
            } finally {
                over.set(true);
                s.parkActing();
                collecting.join();
            }
        }
    }

    @EachSharing
    void shouldRefuseTemplateThatRefersToObjects(final PageSharing sharing) {
        try (Stage s = new Stage(sharing)) {
            final long old = s.committedCell(1);
            s.begin(s.a);
            final long young = s.newCell(s.a, 2, 0);
            final long template = s.newCell(s.a, 3, young);
            assertEquals("a preexisting object begins without refs to objects, which older transactions may not see:"
                + " store them into it afterwards: layout=" + s.cell + " value=0x" + Long.toHexString(young),
                assertThrows(IllegalArgumentException.class,
                    () -> s.a.allocatePreexisting(template)).getMessage());
            final long committed = s.newCell(s.a, 3, old);
            assertThrows(IllegalArgumentException.class, () -> s.a.allocatePreexisting(committed));
            final long array = s.a.allocate(s.array, 20);
            s.a.putRefAt(array, 19, young);
            assertThrows(IllegalArgumentException.class, () -> s.a.allocatePreexisting(array));
            assertEquals("the template of a preexisting object must be of the running transaction: ref=0x"
                + Long.toHexString(old), assertThrows(IllegalArgumentException.class,
                    () -> s.a.allocatePreexisting(old)).getMessage());
            final ObjectLayout layout =
                s.heap.register(ObjectLayout.named("handle").destructor(object -> { }));
            final long destructible = s.a.allocate(layout);
            assertEquals("preexisting objects have no destructor: layout=" + layout, assertThrows(
                IllegalArgumentException.class, () -> s.a.allocatePreexisting(destructible)).getMessage());
        }
    }

    @EachSharing
    void shouldBeWholeWhenThreadsMakeAndReadThem(final PageSharing sharing) throws InterruptedException {
        try (Stage s = new Stage(sharing)) {
            final long shared = s.committedCell(0);
            final ConcurrentLinkedQueue<Long> made = new ConcurrentLinkedQueue<>();
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            s.heap.addRootSource(visitor -> made.forEach(visitor::visit));
            final Thread[] threads = new Thread[2];
            final Mutator[] mutators = {s.b, s.c};
            for (int i = 0; i < threads.length; i++) {
                final Mutator mutator = mutators[i];
                threads[i] = new Thread(() -> {
                    try {
                        work(s, mutator, shared, made);
                    } catch (final Throwable e) {
                        failure.set(e);
                    }
                });
                threads[i].start();
            }
            for (final Thread thread : threads) {
                thread.join();
            }
            assertNull(failure.get(), () -> "failure: " + failure.get());
            HeapVerifier.verify(s.heap);
            assertEquals(2 * MANY, made.size());
        }
    }

    private static void work(
        final Stage s, final Mutator mutator, final long shared, final ConcurrentLinkedQueue<Long> made) {
        for (int i = 0; i < MANY; i++) {
            final int number = i;
            mutator.begin();
            final long template = s.newCell(mutator, 42, 0);
            mutator.push(template);
            final long ref = mutator.allocatePreexisting(template);
            made.add(ref);
            for (final long other : made) {
                final long value = mutator.getLong(other, s.value);
                assertTrue(value == 42 || value == 43, "value=" + value);
                final long next = mutator.getRef(other, s.next);
                assertTrue(next == (value == 42 ? 0 : shared), "next=" + next);
                if (number % 7 == 0) {
                    mutator.putLong(other, s.value, 43);
                    mutator.putRef(other, s.next, shared);
                }
            }
            mutator.pop();
            if (number % 3 == 0) {
                mutator.abort();
            } else {
                mutator.tryCommit();
            }
        }
    }

    @EachSharing
    void shouldNotBeTemplateItselfWhenStmIsOn(final PageSharing sharing) {
        try (Stage s = new Stage(sharing)) {
            s.begin(s.a);
            final long template = s.newCell(s.a, 1, 0);
            final long ref = s.a.allocatePreexisting(template);
            assertNotEquals(template, ref);
            s.a.putLong(template, s.value, 2);
            assertEquals(1, s.get(s.a, ref));
        }
        try (SegmentHeap serial = SegmentHeap.open(Stage.context(sharing).serial(true))) {
            final ObjectLayout layout = serial.register(ObjectLayout.named("thing"));
            try (Mutator m = serial.attachMutator("only")) {
                m.begin();
                final long template = m.allocate(layout);
                assertEquals(template, m.allocatePreexisting(template));
                m.commit();
            }
        }
    }
}
