package org.segstm.gc.protocol;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.function.Executable;
import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.HeapContext;
import org.segstm.heap.PageSharing;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Checked mode names the rule that an access breaks, word for word. */
class CheckedModeTest {
    @BeforeAll
    static void assertOn() {
        assertTrue(HeapContext.isChecked(), "the tests run with -Dsegstm.checked=true");
    }

    private static void assertRefused(final String message, final Executable access) {
        assertEquals(message, assertThrows(CheckedAccessException.class, access).getMessage());
    }

    private static String hex(final long ref) {
        return "0x" + Long.toHexString(ref);
    }

    private static String notAnObject(final String what, final long ref) {
        return "not the ref of an object" + what + ": ref=" + hex(ref);
    }

    private static String gone(final long ref) {
        return "no object starts here; it has moved at a safepoint, or its transaction was rolled back: ref="
            + hex(ref);
    }

    @EachSharing
    void shouldNameReadBarrierWhenItIsMissingBeforeRawLoad(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            assertRefused("missing read barrier before a load: ref=" + hex(x) + " byteOffset=8 layout=cell#1",
                () -> t.a.checkRawLoad(x, 8));
            t.a.readBarrier(x);
            t.a.checkRawLoad(x, 8);
            t.commit(t.a);
            t.begin(t.a);
            assertThrows(CheckedAccessException.class, () -> t.a.checkRawLoad(x, 8), "marked by an earlier one");
        }
    }

    @EachSharing
    void shouldNameReadBarrierWhenItMarkedAnotherCard(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long array = t.committed(t.a, m -> m.allocate(t.array, 100));
            t.begin(t.a).readCardBarrier(array, 127);
            t.a.checkRawLoad(array, 16);
            assertRefused("missing read barrier before a load: ref=" + hex(array) + " byteOffset=128 layout=array#2",
                () -> t.a.checkRawLoad(array, 128));
            t.a.readCardBarrier(array, 128);
            t.a.checkRawLoad(array, 255);
        }
    }

    @EachSharing
    void shouldNameWriteBarrierWhenItIsMissingBeforeRawStore(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a).readBarrier(x);
            final String message = "missing write barrier before a store: ref=" + hex(x)
                + " byteOffset=8 layout=cell#1";
            assertRefused(message, () -> t.a.checkRawStore(x, 8));
            t.a.writeBarrier(x);
            t.a.checkRawStore(x, 8);
            t.a.collectNursery();
            assertRefused(message, () -> t.a.checkRawStore(x, 8));
            t.a.writeBarrier(x);
            t.a.checkRawStore(x, 8);
        }
    }

    @EachSharing
    void shouldNameWriteBarrierWhenItOpenedAnotherCard(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long array = t.committed(t.a, m -> m.allocate(t.array, 100));
            t.begin(t.a).writeCardBarrier(array, 300);
            t.a.checkRawStore(array, 256);
            t.a.checkRawStore(array, 383);
            assertRefused("missing write barrier before a store: ref=" + hex(array) + " byteOffset=384 layout=array#2",
                () -> t.a.checkRawStore(array, 384));
            assertRefused("missing write barrier before a store: ref=" + hex(array) + " byteOffset=16 layout=array#2",
                () -> t.a.checkRawStore(array, 16));
        }
    }

    @EachSharing
    void shouldNeedNoBarrierWhenObjectIsYoung(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a);
            final long young = t.a.allocate(t.cell);
            t.a.checkRawLoad(young, 8);
            t.a.checkRawStore(young, 8);
            final long large = t.a.allocate(t.array, 10_000);
            t.a.checkRawLoad(large, 8000);
            t.a.checkRawStore(large, 8000);
        }
    }

    @EachSharing
    void shouldFindStaleRefWhenObjectHasMoved(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a);
            final long stale = t.newCell(t.a, 1, 0);
            t.a.push(stale);
            t.a.collectNursery();
            assertRefused(gone(stale), () -> t.a.getLong(stale, t.value));
            assertRefused(gone(stale), () -> t.a.putLong(stale, t.value, 2));
            assertRefused(gone(stale), () -> t.a.readBarrier(stale));
            assertRefused(gone(stale), () -> t.a.writeBarrier(stale));
            assertRefused(gone(stale), () -> t.a.layoutOf(stale));
            assertRefused(gone(stale), () -> t.a.putRef(t.a.root(0), t.next, stale));
            assertEquals(1, t.get(t.a, t.a.root(0)));
        }
    }

    @EachSharing
    void shouldFindStaleRefWhenCommitMovedTheObject(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a);
            final long stale = t.newCell(t.a, 1, 0);
            t.commit(t.a);
            t.begin(t.a);
            assertRefused(gone(stale), () -> t.a.getLong(stale, t.value));
        }
    }

    @EachSharing
    void shouldFindStaleRefWhenItsTransactionWasRolledBack(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a).push(t.newCell(t.a, 1, 0));
            t.a.collectNursery();
            final long overflow = t.a.root(0);
            final long young = t.newCell(t.a, 2, 0);
            final long large = t.a.allocate(t.array, 10_000);
            t.abort(t.a);
            t.begin(t.a);
            assertRefused(gone(overflow), () -> t.a.getLong(overflow, t.value));
            assertRefused(gone(young), () -> t.a.getLong(young, t.value));
            assertRefused(gone(large), () -> t.a.getRefAt(large, 5));
        }
    }

    @EachSharing
    void shouldFindStaleRefWhenItIsPushedAndCollected(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.begin(t.a).push(t.newCell(t.a, 1, 0));
            t.a.collectNursery();
            final long overflow = t.a.root(0);
            t.abort(t.a);
            t.begin(t.a).push(overflow);
            assertRefused("a root or field must hold null, an immediate or the ref of an existing object (was a ref "
                + "kept across a safepoint?): value=" + hex(overflow), t.a::collectNursery);
            t.a.pop();
        }
    }

    @EachSharing
    void shouldRefuseWhatIsNoRef(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            assertRefused(notAnObject(" (null)", 0), () -> t.a.getLong(0, t.value));
            assertRefused(notAnObject(" (null)", 0), () -> t.a.putRef(0, t.next, 0));
            assertRefused(notAnObject(" (an immediate)", 7), () -> t.a.getRef(7, t.next));
            assertRefused(notAnObject("", x + 8), () -> t.a.getLong(x + 8, t.value));
            assertRefused(notAnObject("", 16), () -> t.a.getLong(16, t.value));
            assertRefused(notAnObject("", -16), () -> t.a.getLong(-16, t.value));
            assertRefused(notAnObject("", 1L << 50), () -> t.a.getLong(1L << 50, t.value));
            assertRefused(gone(x + 16), () -> t.a.getLong(x + 16, t.value));
            assertRefused(gone(x + (1 << 20)), () -> t.a.getLong(x + (1 << 20), t.value));
            assertRefused(notAnObject("", 8), () -> t.a.putRef(x, t.next, 8));
            assertEquals(1, t.get(t.a, x));
        }
    }

    @EachSharing
    void shouldAcceptNullAndImmediatesWhenStoredAsRef(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a).putRef(x, t.next, -1);
            assertEquals(-1, t.a.getRef(x, t.next));
            t.a.putRef(x, t.next, 0);
            assertEquals(0, t.a.getRef(x, t.next));
        }
    }

    @EachSharing
    void shouldRefuseFieldWhenObjectHasAnotherLayout(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long array = t.committed(t.a, m -> m.allocate(t.array, 3));
            t.begin(t.a);
            assertRefused("object has another layout than the field: ref=" + hex(x) + " layout=cell#1 field=wide.long0",
                () -> t.a.getLong(x, t.wideLongs[0]));
            assertRefused("field is of another type than INT64: field=cell.next type=REF",
                () -> t.a.getLong(x, t.next));
            assertRefused("field is of another type than INT32: field=cell.value type=INT64",
                () -> t.a.putInt(x, t.value, 1));
            assertRefused("layout has no variable part: ref=" + hex(x) + " layout=cell#1", () -> t.a.length(x));
            assertRefused("layout has no variable part: ref=" + hex(x) + " layout=cell#1", () -> t.a.getRefAt(x, 0));
            assertRefused("variable part is not of BYTES: ref=" + hex(array) + " layout=array#2",
                () -> t.a.getLongAt(array, 0));
        }
    }

    @EachSharing
    void shouldRefuseIndexWhenOutsideOrUnaligned(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long array = t.committed(t.a, m -> m.allocate(t.array, 3));
            final long blob = t.committed(t.a, m -> m.allocate(t.blob, 13));
            t.begin(t.a);
            final String rule = "index outside the variable part, or not aligned: ref=";
            assertRefused(rule + hex(array) + " byteIndex=24 bytes=8 length=24", () -> t.a.getRefAt(array, 3));
            assertRefused(rule + hex(array) + " byteIndex=-8 bytes=8 length=24", () -> t.a.putRefAt(array, -1, 0));
            assertRefused(rule + hex(blob) + " byteIndex=8 bytes=8 length=13", () -> t.a.getLongAt(blob, 8));
            assertRefused(rule + hex(blob) + " byteIndex=2 bytes=4 length=13", () -> t.a.getIntAt(blob, 2));
            assertEquals(0, t.a.getByteAt(blob, 12));
            assertEquals(0, t.a.getIntAt(blob, 8));
        }
    }

    @EachSharing
    void shouldRefuseAccessWhenNoTransactionRuns(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final String message = "access needs a running transaction: ref=" + hex(x);
            assertRefused(message, () -> t.a.getLong(x, t.value));
            assertRefused(message, () -> t.a.putLong(x, t.value, 1));
            assertRefused(message, () -> t.a.readBarrier(x));
            assertRefused(message, () -> t.a.writeBarrier(x));
            assertRefused(message, () -> t.a.layoutOf(x));
            assertRefused(message, () -> t.a.checkRawLoad(x, 8));
            assertRefused(message, () -> t.a.checkRawStore(x, 8));
        }
    }

    @EachSharing
    void shouldRefuseAccessWhenParked(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a).park();
            final String message = "access while the mutator is parked: ref=" + hex(x);
            assertRefused(message, () -> t.a.getLong(x, t.value));
            assertRefused(message, () -> t.a.putLong(x, t.value, 2));
            t.a.unpark();
            assertEquals(1, t.get(t.a, x));
        }
    }

    @EachSharing
    void shouldRefuseStoreWhenFieldIsImmutable(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final ObjectLayout.Builder builder = ObjectLayout.named("pair");
            final Field first = builder.immutable("first", FieldType.REF);
            final ObjectLayout pair = t.heap.register(builder);
            t.begin(t.a).push(t.a.allocate(pair));
            t.a.putRef(t.a.root(0), first, 3);
            t.a.collectNursery();
            t.a.putRef(t.a.root(0), first, 5);
            t.commit(t.a);
            t.begin(t.a);
            final long ref = t.a.root(0);
            assertRefused("an immutable field is written only before its object is committed: ref=" + hex(ref)
                + " field=pair.first", () -> t.a.putRef(ref, first, 7));
            assertEquals(5, t.a.getRef(ref, first));
            t.commit(t.a);
            t.a.pop();
        }
    }

    @EachSharing
    void shouldRefuseLayoutWhenOfAnotherHeap(final PageSharing sharing) {
        try (Stage t = new Stage(sharing); Stage other = new Stage(sharing)) {
            t.begin(t.a);
            assertRefused("layout is not of this heap, or a length is needed: layout=cell#1",
                () -> t.a.allocate(other.cell));
            assertRefused("layout is not of this heap, or a length is needed: layout=array#2",
                () -> t.a.allocate(t.array));
            assertRefused("layout is not of this heap, or a length is not needed: layout=cell#1",
                () -> t.a.allocate(t.cell, 3));
        }
    }
}
