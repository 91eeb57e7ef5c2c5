package org.segstm.gc.protocol;

import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Objects of several cards: read marks, undo, redo and conflicts are per card of 128 bytes. The first has 112. */
class CardTest {
    private static final long FIRST_OF_SECOND_CARD = 14;
    private static final long LENGTH = 200;
    private static final long IMMEDIATE = 1;

    private static long newArray(final Stage t, final long length) {
        return t.committed(t.a, m -> m.allocate(t.array, length));
    }

    private static boolean conflicts(
        final PageSharing sharing, final long length, final long read, final long written) {
        try (Stage t = new Stage(sharing)) {
            final long array = newArray(t, length);
            final long y = t.committedCell(0);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, y, 1 + t.b.getRefAt(array, read));
            t.begin(t.a).putRefAt(array, written, IMMEDIATE);
            t.commit(t.a);
            return !t.tryCommit(t.b);
        }
    }

    @EachSharing
    void shouldConflictWhenSameCardIsReadAndWritten(final PageSharing sharing) {
        assertTrue(conflicts(sharing, LENGTH, 0, FIRST_OF_SECOND_CARD - 1));
        assertTrue(conflicts(sharing, LENGTH, FIRST_OF_SECOND_CARD, FIRST_OF_SECOND_CARD + 15));
        assertTrue(conflicts(sharing, LENGTH, LENGTH - 1, LENGTH - 1));
    }

    @EachSharing
    void shouldNotConflictWhenOtherCardIsWritten(final PageSharing sharing) {
        assertFalse(conflicts(sharing, LENGTH, 0, FIRST_OF_SECOND_CARD));
        assertFalse(conflicts(sharing, LENGTH, FIRST_OF_SECOND_CARD, FIRST_OF_SECOND_CARD - 1));
        assertFalse(conflicts(sharing, LENGTH, FIRST_OF_SECOND_CARD + 15, FIRST_OF_SECOND_CARD + 16));
    }

    @EachSharing
    void shouldKeepDoublesWhenTheyAreCommittedIntoBytes(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a).push(t.a.allocate(t.blob, LENGTH * Double.BYTES));
            t.commit(t.a);
            final long blob = t.a.root(0);
            t.attach(t.b);
            t.begin(t.b).putDoubleAt(blob, FIRST_OF_SECOND_CARD * Double.BYTES, -0.5);
            t.b.putDoubleAt(blob, 0, Double.NaN);
            t.commit(t.b);
            t.begin(t.a);
            assertEquals(-0.5, t.a.getDoubleAt(blob, FIRST_OF_SECOND_CARD * Double.BYTES));
            assertEquals(Double.NaN, t.a.getDoubleAt(blob, 0));
            assertEquals(0, t.a.getDoubleAt(blob, Double.BYTES));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldConflictPerObjectWhenArrayHasOneCard(final PageSharing sharing) {
        assertTrue(conflicts(sharing, FIRST_OF_SECOND_CARD, 0, FIRST_OF_SECOND_CARD - 1));
        assertFalse(conflicts(sharing, FIRST_OF_SECOND_CARD + 1, 0, FIRST_OF_SECOND_CARD));
    }

    @EachSharing
    void shouldCommitBothWhenDifferentCardsAreWritten(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long array = newArray(t, LENGTH);
            t.attach(t.a, t.b);
            t.begin(t.a).putRefAt(array, 3, 3 * 2 + 1);
            t.begin(t.b).putRefAt(array, 190, 190 * 2 + 1);
            assertTrue(t.tryCommit(t.a));
            assertTrue(t.tryCommit(t.b));
            for (final Mutator m : new Mutator[] {t.a, t.b, t.c}) {
                t.begin(m);
                for (int i = 0; i < LENGTH; i++) {
                    assertEquals(i == 3 || i == 190 ? i * 2 + 1 : 0, m.getRefAt(array, i));
                }
                t.commit(m);
            }
        }
    }

    @EachSharing
    void shouldRestoreOnlyOwnCardsWhenAborted(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long array = newArray(t, LENGTH);
            t.attach(t.a, t.b);
            t.begin(t.b);
            for (int i = 50; i < 100; i++) {
                t.b.putRefAt(array, i, IMMEDIATE);
            }
            t.begin(t.a).putRefAt(array, 0, IMMEDIATE);
            t.commit(t.a);
            t.abort(t.b);
            t.begin(t.b);
            for (int i = 0; i < LENGTH; i++) {
                assertEquals(i == 0 ? IMMEDIATE : 0, t.b.getRefAt(array, i));
            }
        }
    }

    @EachSharing
    void shouldImportOtherCardsWhenOwnCardsAreWritten(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long array = newArray(t, LENGTH);
            t.attach(t.a, t.b);
            t.begin(t.b).putRefAt(array, 0, 11);
            t.begin(t.a).putRefAt(array, 100, 13);
            t.commit(t.a);
            assertTrue(t.on(t.b).validate());
            assertEquals(13, t.b.getRefAt(array, 100));
            assertEquals(11, t.b.getRefAt(array, 0));
            assertTrue(t.tryCommit(t.b));
        }
    }

    @EachSharing
    void shouldConflictPerCardWhenBytesAreWritten(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long blob = t.committed(t.a, m -> m.allocate(t.blob, 1000));
            t.attach(t.a, t.b);
            t.begin(t.b).putByteAt(blob, 111, (byte) 1);
            t.begin(t.a).putByteAt(blob, 112, (byte) 2);
            assertTrue(t.tryCommit(t.a));
            assertTrue(t.tryCommit(t.b));
            t.begin(t.b).putByteAt(blob, 113, (byte) 3);
            t.begin(t.a).putIntAt(blob, 116, 4);
            assertTrue(t.tryCommit(t.a));
            assertFalse(t.tryCommit(t.b));
            t.begin(t.c);
            assertEquals(1, t.c.getByteAt(blob, 111));
            assertEquals(2, t.c.getByteAt(blob, 112));
            assertEquals(0, t.c.getByteAt(blob, 113));
            assertEquals(4, t.c.getIntAt(blob, 116));
        }
    }

    @EachSharing
    void shouldKeepObjectsAliveWhenReferredFromLaterCards(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long array = newArray(t, 5000);
            t.attach(t.a, t.b);
            t.begin(t.a);
            for (int i = 0; i < 5000; i += 97) {
                t.a.putRefAt(array, i, t.newCell(t.a, i, 0));
            }
            t.a.collectNursery();
            for (int i = 1; i < 5000; i += 97) {
                t.a.putRefAt(array, i, t.newCell(t.a, i, t.a.getRefAt(array, i - 1)));
            }
            t.commit(t.a);
            t.begin(t.b);
            for (int i = 0; i + 1 < 5000; i += 97) {
                assertEquals(i, t.get(t.b, t.b.getRefAt(array, i)));
                assertEquals(i + 1, t.get(t.b, t.b.getRefAt(array, i + 1)));
                assertEquals(t.b.getRefAt(array, i), t.b.getRef(t.b.getRefAt(array, i + 1), t.next));
            }
        }
    }

    @EachSharing
    void shouldWriteCardAgainWhenMinorCollectionCameBetween(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long array = newArray(t, LENGTH);
            t.attach(t.a, t.b);
            t.begin(t.a).putRefAt(array, 20, 3);
            t.a.collectNursery();
            t.a.putRefAt(array, 21, 5);
            t.a.collectNursery();
            t.a.putRefAt(array, 20, 7);
            assertEquals(1, t.a.inspect().writeSet().size(), "the card is saved once");
            t.abort(t.a);
            t.begin(t.a);
            assertEquals(0, t.a.getRefAt(array, 20));
            assertEquals(0, t.a.getRefAt(array, 21));
        }
    }
}
