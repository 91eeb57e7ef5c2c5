package org.segstm.gc.protocol;

import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import java.util.function.BiConsumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Large objects are made where the view is mapped as the base is. What the place was before, and what becomes of it
 * when the transaction does not commit, must not show.
 */
class DirectRangeTest {
    private static final int PAGE_BYTES = 4096;
    private static final int UNIT_BYTES = 64 << 10;
    private static final int BYTES = 1 << 20;
    private static final int STEP = 512;
    private static final int SMALL_OBJECTS = 6000;

    /** With units of a page and with larger ones, at both ends of which others have their objects. */
    private static void play(final PageSharing sharing, final BiConsumer<Stage, Integer> story) {
        for (final int unitBytes : new int[] {PAGE_BYTES, UNIT_BYTES}) {
            try (Stage t = new Stage(Stage.context(sharing).heapBytes(48 << 20).unitBytes(unitBytes))) {
                t.attach(t.a, t.b, t.c);
                story.accept(t, unitBytes);
                t.parkActing();
                HeapVerifier.verify(t.heap);
            }
        }
    }

    private static long filled(final Stage t, final Mutator m, final int seed) {
        final long blob = m.allocate(t.blob, BYTES);
        m.push(blob);
        for (int i = 0; i < BYTES; i += STEP) {
            assertEquals(0, m.getByteAt(blob, i), "a new object is zero, index=" + i);
            m.putByteAt(blob, i, valueAt(i, seed));
        }
        return blob;
    }

    private static byte valueAt(final int index, final int seed) {
        return (byte) (index / STEP * 7 + seed);
    }

    private static void check(final Mutator m, final long blob, final int seed) {
        for (int i = 0; i < BYTES; i += STEP) {
            assertEquals(valueAt(i, seed), m.getByteAt(blob, i), "index=" + i);
        }
    }

    private static void checkCommitted(final Stage t, final long blob, final int seed) {
        for (final Mutator m : new Mutator[] {t.b, t.a, t.c}) {
            t.begin(m);
            check(m, blob, seed);
            t.commit(m);
        }
    }

    private static void assertIsPlaceIn(final long blob, final long ref) {
        assertTrue(ref >= blob && ref < blob + BYTES, "else this shows nothing");
    }

    /** Many objects that the transaction promotes and stores into, so that their pages become private. */
    private static void writePromoted(final Stage t, final Mutator m) {
        final int depth = m.rootDepth();
        for (int i = 0; i < SMALL_OBJECTS; i++) {
            m.push(t.newCell(m, i, 0));
        }
        m.collectNursery();
        for (int i = 0; i < SMALL_OBJECTS; i++) {
            m.putLong(m.root(depth + i), t.value, i + 1);
        }
    }

    private static long sum(final Stage t, final Mutator m, final int depth) {
        long sum = 0;
        for (int i = 0; i < SMALL_OBJECTS; i++) {
            sum += m.getLong(m.root(depth + i), t.value);
        }
        return sum;
    }

    private static long expectedSum() {
        return SMALL_OBJECTS * (SMALL_OBJECTS + 1L) / 2;
    }

    @EachSharing
    void shouldCopyNothingWhenLargeObjectIsMadeAndCommitted(final PageSharing sharing) {
        play(sharing, (t, unitBytes) -> {
            final long before = t.heap.statistics().privateBytes();
            t.begin(t.a);
            final long blob = filled(t, t.a, 1);
            t.a.collectNursery();
            t.a.putByteAt(blob, 0, valueAt(0, 1));
            t.a.putByteAt(blob, 100 * STEP, valueAt(100 * STEP, 1));
            assertTrue(t.heap.statistics().privateBytes() - before <= 2L * unitBytes);
            t.commit(t.a);
            checkCommitted(t, blob, 1);
            assertTrue(t.heap.statistics().privateBytes() - before <= 2L * unitBytes);
        });
    }

    @EachSharing
    void shouldBeSeenByAllWhenOtherViewHoldsThePlacePrivately(final PageSharing sharing) {
        play(sharing, (t, unitBytes) -> {
            t.begin(t.b);
            writePromoted(t, t.b);
            final long formerPlace = t.b.root(SMALL_OBJECTS / 2);
            t.abort(t.b);
            t.begin(t.a);
            final long blob = filled(t, t.a, 2);
            assertIsPlaceIn(blob, formerPlace);
            t.commit(t.a);
            checkCommitted(t, blob, 2);
            t.begin(t.b);
            t.b.putByteAt(blob, 0, (byte) 99);
            t.commit(t.b);
            t.begin(t.a);
            assertEquals(99, t.a.getByteAt(blob, 0));
            t.a.putByteAt(blob, 0, valueAt(0, 2));
            t.commit(t.a);
            checkCommitted(t, blob, 2);
        });
    }

    @EachSharing
    void shouldDropPrivateCopiesWhenOwnViewHoldsThePlacePrivately(final PageSharing sharing) {
        play(sharing, (t, unitBytes) -> {
            t.begin(t.a);
            writePromoted(t, t.a);
            final long formerPlace = t.a.root(SMALL_OBJECTS / 2);
            t.abort(t.a);
            t.begin(t.a);
            final long blob = filled(t, t.a, 3);
            assertIsPlaceIn(blob, formerPlace);
            if (sharing == PageSharing.PRIVATE_COW) {
                assertFalse(t.a.inspect().isPagePrivate(formerPlace));
            }
            t.commit(t.a);
            checkCommitted(t, blob, 3);
        });
    }

    @EachSharing
    void shouldLeaveNoTraceWhenTransactionAborts(final PageSharing sharing) {
        play(sharing, (t, unitBytes) -> {
            t.begin(t.a);
            final long blob = filled(t, t.a, 4);
            t.abort(t.a);
            t.begin(t.a);
            writePromoted(t, t.a);
            final long first = t.a.root(0);
            assertIsPlaceIn(blob, first);
            t.begin(t.b);
            final long other = filled(t, t.b, 5);
            t.commit(t.b);
            assertEquals(expectedSum(), sum(t, t.on(t.a), 0));
            t.commit(t.a);
            checkCommitted(t, other, 5);
            t.begin(t.c);
            assertEquals(SMALL_OBJECTS, t.c.getLong(t.a.root(SMALL_OBJECTS - 1), t.value));
            t.commit(t.c);
        });
    }

    @EachSharing
    void shouldStayStorableWhenNestedBlockMadeItAndOuterGoesOn(final PageSharing sharing) {
        play(sharing, (t, unitBytes) -> {
            t.begin(t.a);
            final long outer = filled(t, t.a, 6);
            t.a.beginNested();
            final long inner = filled(t, t.a, 7);
            for (int i = 0; i < BYTES; i += STEP) {
                t.a.putByteAt(outer, i, (byte) 1);
            }
            t.a.abortNested();
            check(t.a, outer, 6);
            writePromoted(t, t.a);
            final long first = t.a.root(1);
            assertIsPlaceIn(inner, first);
            t.begin(t.b);
            final long other = filled(t, t.b, 8);
            t.commit(t.b);
            check(t.on(t.a), outer, 6);
            assertEquals(expectedSum(), sum(t, t.a, 1));
            t.commit(t.a);
            checkCommitted(t, outer, 6);
            checkCommitted(t, other, 8);
        });
    }

    /** The range is still live when the view has to make a unit in the middle of it private. */
    @EachSharing
    void shouldKeepAllWhenOtherMutatorCommitsWhereAnUndoneBlockHadItsObject(final PageSharing sharing) {
        play(sharing, (t, unitBytes) -> {
            t.begin(t.a);
            t.a.beginNested();
            final long undone = filled(t, t.a, 9);
            t.a.abortNested();
            t.begin(t.b);
            writePromoted(t, t.b);
            t.commit(t.b);
            final long ofB = t.b.root(SMALL_OBJECTS / 2);
            assertIsPlaceIn(undone, ofB);
            t.on(t.a).validateOrAbort();
            final long mine = t.a.allocate(t.blob, BYTES / 4);
            t.a.push(mine);
            assertIsPlaceIn(undone, mine);
            t.a.putByteAt(mine, 0, (byte) 1);
            t.put(t.a, ofB, 77);
            t.put(t.a, t.b.root(0), 78);
            assertEquals(1, t.a.getByteAt(mine, 0));
            for (int i = 0; i < BYTES / 4; i += STEP) {
                t.a.putByteAt(mine, i, valueAt(i, 11));
            }
            assertEquals(SMALL_OBJECTS / 2 + 1, t.committedValue(t.c, ofB));
            t.commit(t.on(t.a));
            t.begin(t.c);
            for (int i = 0; i < BYTES / 4; i += STEP) {
                assertEquals(valueAt(i, 11), t.c.getByteAt(mine, i), "index=" + i);
            }
            t.commit(t.c);
            assertEquals(77, t.committedValue(t.c, ofB));
            assertEquals(78, t.committedValue(t.b, t.b.root(0)));
        });
    }

    @EachSharing
    void shouldKeepAllWhenReshareAndMajorCollectionComeBetween(final PageSharing sharing) {
        play(sharing, (t, unitBytes) -> {
            final long x = t.committedCell(1);
            final long y = t.committedCell(5);
            t.begin(t.a);
            t.put(t.a, x, 2);
            final long young = filled(t, t.a, 12);
            t.reshare();
            check(t.on(t.a), young, 12);
            t.a.collectNursery();
            t.a.putByteAt(young, 0, (byte) 1);
            t.reshare();
            t.on(t.a).putByteAt(young, STEP, (byte) 2);
            t.write(t.b, y, 6);
            t.parkActing();
            t.heap.collectMajor();
            HeapVerifier.verify(t.heap);
            t.on(t.a).putByteAt(young, 0, valueAt(0, 12));
            t.a.putByteAt(young, STEP, valueAt(STEP, 12));
            t.commit(t.a);
            checkCommitted(t, young, 12);
            assertEquals(2, t.committedValue(t.c, x));
            t.reshare();
            checkCommitted(t, young, 12);
        });
    }

    @EachSharing
    void shouldBeWritableByAllWhenRangeIsOld(final PageSharing sharing) {
        play(sharing, (t, unitBytes) -> {
            t.begin(t.a);
            final long blob = filled(t, t.a, 13);
            t.commit(t.a);
            t.begin(t.b);
            t.begin(t.a);
            final long before = t.heap.statistics().privateBytes();
            t.a.putByteAt(blob, 50 * PAGE_BYTES, (byte) 42);
            assertEquals(unitBytes.longValue(), t.heap.statistics().privateBytes() - before);
            check(t.on(t.b), blob, 13);
            t.commit(t.a);
            check(t.on(t.b), blob, 13);
            t.abort(t.b);
            t.begin(t.a);
            t.a.putByteAt(blob, 60 * PAGE_BYTES, (byte) 43);
            t.abort(t.a);
            t.begin(t.a);
            t.a.putByteAt(blob, 50 * PAGE_BYTES, valueAt(50 * PAGE_BYTES, 13));
            t.commit(t.a);
            checkCommitted(t, blob, 13);
        });
    }

    @EachSharing
    void shouldGoOnWhenThereAreMoreLargeObjectsThanRanges(final PageSharing sharing) {
        for (final boolean inOneTransaction : new boolean[] {true, false}) {
            try (Stage t = new Stage(Stage.context(sharing).heapBytes(200 << 20).maximumMappings(64))) {
                t.attach(t.a, t.b, t.c);
                final long[] blobs = new long[20];
                t.begin(t.a);
                for (int i = 0; i < blobs.length; i++) {
                    blobs[i] = filled(t, t.a, i);
                    if (!inOneTransaction) {
                        t.commit(t.a);
                        t.begin(t.a);
                        t.a.putByteAt(blobs[i / 2], 0, (byte) 1);
                        t.a.putByteAt(blobs[i / 2], 0, valueAt(0, i / 2));
                    }
                }
                t.commit(t.a);
                for (int i = 0; i < blobs.length; i++) {
                    checkCommitted(t, blobs[i], i);
                }
                t.parkActing();
                HeapVerifier.verify(t.heap);
            }
        }
    }

    @EachSharing
    void shouldFollowWhenSecondMutatorEndsSoloMode(final PageSharing sharing) {
        try (Stage t = new Stage(Stage.context(sharing).heapBytes(48 << 20))) {
            t.begin(t.a);
            final long early = filled(t, t.a, 14);
            t.commit(t.a);
            t.begin(t.a);
            final long late = filled(t, t.a, 15);
            t.a.putByteAt(early, 0, (byte) 9);
            assertTrue(t.a.inspect().isSolo());
            t.attach(t.b);
            check(t.on(t.a), late, 15);
            t.a.putByteAt(early, 0, valueAt(0, 14));
            t.commit(t.a);
            checkCommitted(t, early, 14);
            checkCommitted(t, late, 15);
        }
    }
}
