package org.segstm.gc.protocol.model;

import org.segstm.heap.HeapAccess;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ConflictRule;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.layout.ObjectLayout.VariablePart;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A layout whose fields and elements are numbered slots. Slot 0 holds the number of the node and is written once. Where
 * there is a weak slot, there is also one for a stamp: both are written together, so that a transaction which has
 * written a weak ref has changed something, whatever a collection makes of the ref.
 */
final class Shape {
    /** The slot of a handle that its destructor tells. */
    static final int CONTENT_SLOT = 1;
    private static final String STAMP = "stamp";
    private static final int NONE = -1;
    private static final int[] LENGTHS = {0, 1, 2, 5, 12, 13, 14, 29, 100, 300, 300, 1500};
    /** Some of them are made in direct ranges of the view. */
    private static final int[] LARGE_LENGTHS = {0, 1, 14, 300, 1500, 4200, 4200, 7000};

    private final ObjectLayout layout;
    private final List<Field> fields;
    private int weakSlot = NONE;
    private int stampSlot = NONE;
    private int[] lengths = LENGTHS;

    Shape(final SegmentHeap heap, final ObjectLayout.Builder builder) {
        layout = heap.register(builder);
        fields = layout.fields();
        for (int slot = 0; slot < fields.size(); slot++) {
            if (fields.get(slot).type() == FieldType.WEAK) {
                weakSlot = slot;
            } else if (STAMP.equals(fields.get(slot).name())) {
                stampSlot = slot;
            }
        }
    }

    /** All but those that some actions have for themselves. */
    static Shape[] all(final SegmentHeap heap, final Deaths deaths) {
        final Shape[] normal = {pairs(heap), pairs(heap), scalars(heap), wide(heap), array(heap), array(heap),
            mixed(heap), blob(heap), watch(heap, 0), watch(heap, 0), watch(heap, 0), watch(heap, 40),
            handle(heap, deaths)};
        return Stream.of(normal, MergeableShapes.all(heap)).flatMap(Arrays::stream).toArray(Shape[]::new);
    }

    /** With many numbers before the weak ref and the stamp these are in different slices. */
    private static Shape watch(final SegmentHeap heap, final int numbers) {
        final ObjectLayout.Builder builder = named("watch");
        builder.field(STAMP, FieldType.INT64);
        for (int i = 0; i < numbers; i++) {
            builder.field("n" + i, FieldType.INT64);
        }
        builder.field("weak", FieldType.WEAK);
        builder.field("strong", FieldType.REF);
        return new Shape(heap, builder);
    }

    private static Shape handle(final SegmentHeap heap, final Deaths deaths) {
        final ObjectLayout.Builder builder = ObjectLayout.named("handle");
        final Field number = builder.field("node", FieldType.INT64);
        final Field content = builder.field("content", FieldType.INT64);
        builder.field("next", FieldType.REF);
        builder.destructor(object -> deaths.destroyed(object.getLong(number), object.getLong(content)));
        return new Shape(heap, builder);
    }

    private static Shape pairs(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = named("pair");
        builder.field("number", FieldType.INT64);
        builder.field("left", FieldType.REF);
        builder.field("right", FieldType.REF);
        return new Shape(heap, builder);
    }

    private static Shape scalars(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = named("scalars");
        for (final FieldType type : EnumSet.complementOf(EnumSet.of(FieldType.WEAK))) {
            builder.field(type.name(), type);
            builder.field(type.name() + "2", type);
        }
        return new Shape(heap, builder);
    }

    /** Several slices, no cards. */
    private static Shape wide(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = named("wide");
        for (int i = 0; i < 40; i++) {
            builder.field("f" + i, i % 13 == 0 ? FieldType.REF : FieldType.INT64);
        }
        return new Shape(heap, builder);
    }

    static Shape array(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = ObjectLayout.named("array").variableRefs();
        builder.field("node", FieldType.INT64);
        return new Shape(heap, builder);
    }

    /** A fixed part of more than a card, before a variable one. */
    private static Shape mixed(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = ObjectLayout.named("mixed").variableRefs();
        builder.field("node", FieldType.INT64);
        for (int i = 0; i < 25; i++) {
            builder.field("f" + i, i % 6 == 0 ? FieldType.REF : FieldType.INT32);
        }
        return new Shape(heap, builder);
    }

    private static Shape blob(final SegmentHeap heap) {
        final ObjectLayout.Builder builder = ObjectLayout.named("blob").variableBytes();
        builder.field("node", FieldType.INT64);
        return new Shape(heap, builder);
    }

    private static ObjectLayout.Builder named(final String name) {
        final ObjectLayout.Builder builder = ObjectLayout.named(name);
        builder.field("node", FieldType.INT64);
        return builder;
    }

    ObjectLayout layout() {
        return layout;
    }

    void useLargeLengths() {
        lengths = LARGE_LENGTHS;
    }

    int randomLength(final Random random) {
        return layout.isVariable() ? lengths[random.nextInt(lengths.length)] : 0;
    }

    int slots(final int length) {
        return fields.size() + length;
    }

    long allocate(final Mutator mutator, final int length) {
        if (!layout.isVariable()) {
            return mutator.allocate(layout);
        }
        return mutator.allocate(layout, layout.variablePart() == VariablePart.BYTES ? 8L * length : length);
    }

    /** Reading leaves no mark. */
    boolean isUnmarked() {
        return layout.conflictRule() == ConflictRule.NO_CONFLICT;
    }

    boolean isRef(final int slot) {
        return slot < fields.size() ? fields.get(slot).type() == FieldType.REF
            : layout.variablePart() == VariablePart.REFS;
    }

    boolean isWeak(final int slot) {
        return slot == weakSlot;
    }

    boolean isWeakOrStamp(final int slot) {
        return hasWeak() && (slot == weakSlot || slot == stampSlot);
    }

    boolean hasWeak() {
        return weakSlot != NONE;
    }

    int weakSlot() {
        return weakSlot;
    }

    int stampSlot() {
        return stampSlot;
    }

    boolean hasDestructor() {
        return layout.destructor() != null;
    }

    /** What conflicts with what inside an object: its cards when it has several, else all with all. */
    int granule(final int length, final int slot) {
        final long bytes = layout.sizeOf(layout.variablePart() == VariablePart.BYTES ? 8L * length : length);
        if (!layout.isMultiCard(bytes)) {
            return 0;
        }
        final int offset = slot < fields.size() ? fields.get(slot).offset()
            : layout.variableOffset() + Long.BYTES * (slot - fields.size());
        return offset >>> ObjectHeader.LOG_BYTES_IN_CARD;
    }

    /** Any number, cut to what the slot can hold. */
    long fit(final int slot, final long number) {
        switch (slot < fields.size() ? fields.get(slot).type() : FieldType.INT64) {
            case INT8: return (byte) number;
            case INT16: return (short) number;
            case INT32: return (int) number;
            case FLOAT: return Float.floatToRawIntBits((short) number);
            case DOUBLE: return Double.doubleToRawLongBits((int) number);
            default: return number;
        }
    }

    long read(final HeapAccess access, final long ref, final int slot) {
        if (slot >= fields.size()) {
            final long index = slot - fields.size();
            return layout.variablePart() == VariablePart.REFS
                ? access.getRefAt(ref, index) : access.getLongAt(ref, index * Long.BYTES);
        }
        final Field field = fields.get(slot);
        switch (field.type()) {
            case REF: case WEAK: return access.getRef(ref, field);
            case INT8: return access.getByte(ref, field);
            case INT16: return access.getShort(ref, field);
            case INT32: return access.getInt(ref, field);
            case FLOAT: return Float.floatToRawIntBits(access.getFloat(ref, field));
            case DOUBLE: return Double.doubleToRawLongBits(access.getDouble(ref, field));
            default: return access.getLong(ref, field);
        }
    }

    /** Stores a word, or adds it to a counter. */
    void write(final HeapAccess access, final long ref, final int slot, final long word) {
        if (layout.conflictRule() == ConflictRule.COUNTER) {
            add(access, ref, slot, word);
            return;
        }
        if (slot >= fields.size()) {
            final long index = slot - fields.size();
            if (layout.variablePart() == VariablePart.REFS) {
                access.putRefAt(ref, index, word);
            } else {
                access.putLongAt(ref, index * Long.BYTES, word);
            }
            return;
        }
        final Field field = fields.get(slot);
        switch (field.type()) {
            case REF: case WEAK: access.putRef(ref, field, word); break;
            case INT8: access.putByte(ref, field, (byte) word); break;
            case INT16: access.putShort(ref, field, (short) word); break;
            case INT32: access.putInt(ref, field, (int) word); break;
            case FLOAT: access.putFloat(ref, field, Float.intBitsToFloat((int) word)); break;
            case DOUBLE: access.putDouble(ref, field, Double.longBitsToDouble(word)); break;
            default: access.putLong(ref, field, word); break;
        }
    }

    private void add(final HeapAccess access, final long ref, final int slot, final long delta) {
        if (slot >= fields.size()) {
            access.addAt(ref, (slot - fields.size()) * (long) Long.BYTES, delta);
        } else {
            access.add(ref, fields.get(slot), delta);
        }
    }
}
