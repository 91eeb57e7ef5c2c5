package org.segstm.gc.destruction;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfHeapException;
import org.segstm.heap.layout.DyingObject;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** Destructors run once for each object, whichever way it goes. */
@Timeout(60)
class DestructorTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunWhenObjectDiesYoung(final HeapMode mode) {
        try (Handles h = new Handles(mode.context())) {
            h.m.begin();
            h.make(1);
            h.m.push(h.make(2));
            h.makeLarge(3);
            h.m.push(h.makeLarge(4));
            assertEquals(List.of(), h.closed);
            h.m.collectNursery();
            assertEquals(List.of(1L, 3L), h.closed());
            h.m.collectNursery();
            h.m.commit();
            assertEquals(List.of(1L, 3L), h.closed());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunWhenObjectDiesOld(final HeapMode mode) {
        try (Handles h = new Handles(mode.context())) {
            h.m.begin();
            h.m.push(h.make(1));
            h.m.push(h.makeLarge(2));
            h.m.push(h.make(3));
            h.m.collectNursery();
            h.m.commit();
            h.t.heap.collectMajor();
            assertEquals(List.of(), h.closed);
            h.m.truncateRoots(1);
            h.t.heap.collectMajor();
            assertEquals(List.of(2L, 3L), h.closed());
            h.t.heap.collectMajor();
            assertEquals(List.of(2L, 3L), h.closed(), "once");
            h.m.truncateRoots(0);
            h.t.heap.collectMajor();
            assertEquals(List.of(1L, 2L, 3L), h.closed());
            assertEquals(0, h.t.heap.statistics().liveBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldSeeLastCommittedValueWhenOldObjectWasWritten(final HeapMode mode) {
        try (Handles h = new Handles(mode.context())) {
            h.m.begin();
            h.m.push(h.make(1));
            h.m.collectNursery();
            h.m.commit();
            final long ref = h.m.root(0);
            h.t.other.atomicallyDo(x -> x.putLong(ref, h.handle, 11));
            h.m.pop();
            h.t.heap.collectMajor();
            assertEquals(List.of(11L), h.closed());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldSeeLastValueWhenNestedBlockIsUndone(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (Handles h = new Handles(mode.context())) {
            h.m.begin();
            h.m.push(h.make(1));
            h.m.beginNested();
            h.m.putLong(h.m.root(0), h.handle, 11);
            h.m.push(h.make(2));
            h.m.push(h.make(3));
            h.m.collectNursery();
            h.m.putLong(h.m.root(1), h.handle, 12);
            h.m.abortNested();
            assertEquals(List.of(3L, 12L), h.closed());
            assertEquals(1, h.m.getLong(h.m.root(0), h.handle));
            h.m.abort();
            assertEquals(List.of(1L, 3L, 12L), h.closed());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunWhenCreatingTransactionAborts(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (Handles h = new Handles(mode.context())) {
            h.m.begin();
            h.m.push(h.make(1));
            h.m.push(h.makeLarge(2));
            h.m.collectNursery();
            h.m.putLong(h.m.root(0), h.handle, 10);
            h.m.push(h.make(3));
            h.makeLarge(4);
            h.m.abort();
            assertEquals(List.of(2L, 3L, 4L, 10L), h.closed());
            h.t.heap.collectMajor();
            assertEquals(4, h.closed.size());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunOnceWhenCommitFails(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (Handles h = new Handles(mode.context())) {
            h.m.begin();
            h.m.push(h.t.newPair(h.m, 1, 0));
            h.m.commit();
            final long pair = h.m.root(0);
            h.m.begin();
            h.m.putLong(pair, h.t.value, h.m.getLong(pair, h.t.value) + 1);
            h.make(1);
            h.m.push(h.make(2));
            h.m.park();
            h.t.other.atomicallyDo(x -> x.putLong(pair, h.t.value, 5));
            h.m.unpark();
            assertEquals(false, h.m.tryCommit());
            assertEquals(List.of(1L, 2L), h.closed());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunOnceWhenCollectionFindsNoRoom(final HeapMode mode) {
        assumeFalse(mode.isSerial());
        try (Handles h = new Handles(mode.context().heapBytes(4 << 20).nurseryBytes(2 << 20))) {
            h.m.begin();
            h.m.push(h.m.allocate(h.t.blob, 5 << 19));
            h.m.commit();
            h.m.begin();
            for (int i = 0; i < 170; i++) {
                h.m.push(h.m.allocate(h.t.blob, 10_000));
                h.m.push(h.make(i));
            }
            h.make(170);
            assertThrows(OutOfHeapException.class, h.m::collectNursery);
            assertEquals(171, h.closed.size());
            assertEquals(171, new TreeSet<>(h.closed).size());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldGoOnWhenDestructorThrows(final HeapMode mode) {
        final List<Throwable> thrown = new ArrayList<>();
        final Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
        Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
        try (Handles h = new Handles(mode.context())) {
            h.m.begin();
            h.make(Handles.THROWS);
            h.make(2);
            h.m.collectNursery();
            h.m.commit();
            assertEquals(List.of(2L), h.closed());
            assertEquals("handle " + Handles.THROWS, thrown.get(0).getMessage());
            assertEquals(1, thrown.size());
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(before);
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRefuseAccessWhenDestructorIsOver(final HeapMode mode) {
        try (Handles h = new Handles(mode.context())) {
            h.m.begin();
            h.make(1);
            h.m.collectNursery();
            h.m.commit();
            assertEquals("a dying object can be read by its destructor only",
                assertThrows(IllegalStateException.class, () -> h.last.getLong(h.handle)).getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRunForEachExactlyOnceWhenObjectsDieAtRandom(final HeapMode mode) {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        try (Handles h = new Handles(mode.context().nurseryBytes(64 << 10))) {
            long next = 1;
            final int slots = 20;
            for (int i = 0; i < slots; i++) {
                h.m.push(0);
            }
            for (int round = 0; round < 100; round++) {
                h.m.begin();
                for (int k = random.nextInt(50); k > 0; k--) {
                    final long ref = random.nextInt(20) == 0 ? h.makeLarge(next++) : h.make(next++);
                    if (random.nextBoolean()) {
                        h.m.setRoot(random.nextInt(slots), ref);
                    }
                    if (random.nextInt(30) == 0) {
                        h.m.collectNursery();
                    }
                }
                if (!mode.isSerial() && random.nextInt(3) == 0) {
                    h.m.abort();
                } else {
                    h.m.commit();
                }
                if (random.nextInt(5) == 0) {
                    h.t.heap.collectMajor();
                }
            }
            h.m.truncateRoots(0);
            h.m.begin();
            h.m.collectNursery();
            h.m.commit();
            h.t.heap.collectMajor();
            assertEquals(next - 1, h.closed.size(), "seed=" + seed);
            assertEquals(next - 1, new TreeSet<>(h.closed).size(), "seed=" + seed);
        }
    }

    /** Objects that stand for handles, and which of them were closed. */
    private static final class Handles implements AutoCloseable {
        static final long THROWS = -1;
        final List<Long> closed = new ArrayList<>();
        final TestHeap t;
        final Mutator m;
        final Field handle;
        final ObjectLayout small;
        final ObjectLayout large;
        DyingObject last;

        Handles(final HeapContext context) {
            t = new TestHeap(context);
            m = t.mutator;
            final ObjectLayout.Builder builder = ObjectLayout.named("handle").destructor(this::close);
            handle = builder.field("handle", FieldType.INT64);
            builder.field("something", FieldType.REF);
            small = t.heap.register(builder);
            large = t.heap.register(ObjectLayout.named("large").variableBytes().destructor(this::close));
        }

        private void close(final DyingObject object) {
            last = object;
            final long number = object.layout() == small ? object.getLong(handle) : object.getLongAt(0);
            assertTrue(object.length() == 0 || object.getByteAt(object.length() - 1) == 77);
            if (number == THROWS) {
                throw new IllegalStateException("handle " + number);
            }
            closed.add(number);
        }

        long make(final long number) {
            final long ref = m.allocate(small);
            m.putLong(ref, handle, number);
            return ref;
        }

        long makeLarge(final long number) {
            final long ref = m.allocate(large, 100_000);
            m.putLongAt(ref, 0, number);
            m.putByteAt(ref, 99_999, (byte) 77);
            return ref;
        }

        List<Long> closed() {
            Collections.sort(closed);
            return closed;
        }

        @Override
        public void close() {
            t.close();
        }
    }
}
