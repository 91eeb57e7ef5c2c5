package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.layout.ObjectLayout.VariablePart;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentMap;

import static org.segstm.heap.layout.ObjectHeader.CARD_MASK;
import static org.segstm.heap.layout.ObjectHeader.FLAGS_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.LAYOUT_ID_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.MULTI_CARD;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_OFFSET_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.WRITE_BARRIER;

/**
 * Barriers and typed access to objects through the view that the mutator runs in. The read barrier is one byte store;
 * the write barrier tests one header bit. Objects with a variable part are marked and written per card: the granule
 * that stands for a card is its first one, so that small arrays need nothing special.
 *
 * <p>None of this moves objects or waits. Without checked mode a wrong ref kills the process; with it, it is an
 * exception.
 */
public abstract class HeapAccess {
    static final boolean CHECKED = HeapContext.isChecked();
    /** A control page whose nursery is always full: allocation and polls outside a transaction take the slow path. */
    static final long NO_TRANSACTION = Memory.allocateZeroed(ControlPage.LENGTH);
    private static final int LOG_BYTES_IN_REF = 3;

    Segment segment;
    long segmentBase;
    long control = NO_TRANSACTION;
    byte readVersion;
    private final AccessChecks checks;

    HeapAccess() {
        checks = CHECKED ? new AccessChecks(this) : null;
    }

    /**
     * Records that a granule is read.
     *
     * @param granuleRef ref of the object, or of the card's first byte.
     */
    abstract void mark(long granuleRef);

    /**
     * The running transaction, for checks.
     *
     * @return true while one runs.
     */
    public abstract boolean inTransaction();

    abstract boolean isParked();

    /**
     * Address of the view: {@code address = segmentBase + ref}. Changes when a transaction begins, not during one.
     *
     * @return absolute address.
     */
    public final long segmentBase() {
        return segmentBase;
    }

    /**
     * Address of the view's control page, see {@link org.segstm.heap.segment.ControlPage}.
     *
     * @return absolute address.
     */
    public final long controlAddress() {
        return control;
    }

    /**
     * Version that the read barrier stores in this transaction.
     *
     * @return the low byte of the version.
     */
    public final byte readVersion() {
        return readVersion;
    }

    /**
     * Read barrier of an object without variable part. May come before or after the load as long as no safepoint lies
     * between.
     *
     * @param ref of the object.
     */
    public final void readBarrier(final long ref) {
        if (CHECKED) {
            checks.object(ref);
        }
        mark(ref);
    }

    /**
     * Read barrier of an object with variable part.
     *
     * @param ref        of the object.
     * @param byteOffset of the load in the object.
     */
    public final void readCardBarrier(final long ref, final long byteOffset) {
        if (CHECKED) {
            checks.object(ref);
        }
        mark(ref + (byteOffset & ~(long) CARD_MASK));
    }

    /**
     * Write barrier of an object without variable part: to be executed before its stores. Good until the next
     * safepoint.
     *
     * @param ref of the object.
     */
    public final void writeBarrier(final long ref) {
        if (CHECKED) {
            checks.object(ref);
        }
        if ((Memory.getByte(segmentBase + ref + FLAGS_OFFSET) & WRITE_BARRIER) != 0) {
            segment.writeBarrierSlowPath(ref);
        }
    }

    /**
     * Slow path of {@link #writeBarrier}, for code that has looked at the flag itself.
     *
     * @param ref of an object whose flag for the write barrier is set.
     * @throws CheckedAccessException in checked mode, when it is not set; without, the heap is damaged.
     */
    public final void writeBarrierSlowPath(final long ref) {
        if (CHECKED) {
            checks.writeBarrierDue(ref);
        }
        segment.writeBarrierSlowPath(ref);
    }

    /**
     * Write barrier of an object with variable part: to be executed before a store.
     *
     * @param ref        of the object.
     * @param byteOffset of the store in the object.
     */
    public final void writeCardBarrier(final long ref, final long byteOffset) {
        if (CHECKED) {
            checks.object(ref);
        }
        final int flags = Memory.getByte(segmentBase + ref + FLAGS_OFFSET);
        if ((flags & WRITE_BARRIER) != 0 && ((flags & MULTI_CARD) == 0 || isCardClosed(ref, byteOffset))) {
            segment.writeCardBarrierSlowPath(ref, byteOffset);
        }
    }

    private boolean isCardClosed(final long ref, final long byteOffset) {
        final long cardRef = ref + (byteOffset & ~(long) CARD_MASK);
        return Memory.getByte(segmentBase + (cardRef >>> SegmentMap.LOG_MARKER_SCALE) + segment.cardMarkDistance())
            != Segment.CARD_REMEMBERED;
    }

    private long readAddress(final long ref, final Field field, final FieldType type) {
        if (CHECKED) {
            checks.field(ref, field, type);
        }
        if (!field.isUnmarked()) {
            mark(ref + field.markOffset());
        }
        return segmentBase + ref + field.offset();
    }

    private long writeAddress(final long ref, final Field field, final FieldType type) {
        if (CHECKED) {
            checks.fieldStore(ref, field, type);
        }
        return openField(ref, field);
    }

    private long openField(final long ref, final Field field) {
        final long objectAddress = segmentBase + ref;
        if ((Memory.getByte(objectAddress + FLAGS_OFFSET) & WRITE_BARRIER) != 0) {
            segment.writeCardBarrierSlowPath(ref, field.offset());
        }
        return objectAddress + field.offset();
    }

    private long readElementAddress(final long ref, final long byteIndex, final int bytes, final VariablePart part) {
        if (CHECKED) {
            checks.element(ref, byteIndex, bytes, part);
        }
        final long offset = Memory.getShort(segmentBase + ref + VARIABLE_OFFSET_OFFSET) + byteIndex;
        mark(ref + (offset & ~(long) CARD_MASK));
        return segmentBase + ref + offset;
    }

    private long writeElementAddress(final long ref, final long byteIndex, final int bytes, final VariablePart part) {
        if (CHECKED) {
            checks.elementStore(ref, byteIndex, bytes, part);
        }
        return openElement(ref, byteIndex);
    }

    private long openElement(final long ref, final long byteIndex) {
        final long offset = Memory.getShort(segmentBase + ref + VARIABLE_OFFSET_OFFSET) + byteIndex;
        writeCardBarrier(ref, offset);
        return segmentBase + ref + offset;
    }

    /**
     * Layout of an object. Needs no barrier: a layout never changes.
     *
     * @param ref of the object.
     * @return its layout.
     */
    public final ObjectLayout layoutOf(final long ref) {
        return segment.layouts().get(layoutIdOf(ref));
    }

    /**
     * Id of an object's layout.
     *
     * @param ref of the object.
     * @return its layout's id.
     */
    public final int layoutIdOf(final long ref) {
        if (CHECKED) {
            checks.object(ref);
        }
        return Memory.getInt(segmentBase + ref + LAYOUT_ID_OFFSET);
    }

    /**
     * Length of an object's variable part. Needs no barrier: it never changes.
     *
     * @param ref of an object with variable part.
     * @return number of elements.
     */
    public final long length(final long ref) {
        if (CHECKED) {
            checks.variable(ref);
        }
        return Memory.getLong(segmentBase + ref + VARIABLE_LENGTH_OFFSET);
    }

    /**
     * Reads a ref field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#REF} or {@link FieldType#WEAK}.
     * @return its value: null, a ref or an immediate.
     */
    public final long getRef(final long ref, final Field field) {
        return Memory.getLong(readAddress(ref, field, FieldType.REF));
    }

    /**
     * Stores into a ref field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#REF} or {@link FieldType#WEAK}.
     * @param value null, a ref or an immediate.
     */
    public final void putRef(final long ref, final Field field, final long value) {
        if (CHECKED) {
            checks.value(value);
        }
        Memory.putLong(writeAddress(ref, field, FieldType.REF), value);
    }

    /**
     * Reads an 8-bit field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#INT8}.
     * @return its value.
     */
    public final byte getByte(final long ref, final Field field) {
        return Memory.getByte(readAddress(ref, field, FieldType.INT8));
    }

    /**
     * Stores into an 8-bit field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#INT8}.
     * @param value to store.
     */
    public final void putByte(final long ref, final Field field, final byte value) {
        Memory.putByte(writeAddress(ref, field, FieldType.INT8), value);
    }

    /**
     * Reads a 16-bit field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#INT16}.
     * @return its value.
     */
    public final short getShort(final long ref, final Field field) {
        return Memory.getShort(readAddress(ref, field, FieldType.INT16));
    }

    /**
     * Stores into a 16-bit field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#INT16}.
     * @param value to store.
     */
    public final void putShort(final long ref, final Field field, final short value) {
        Memory.putShort(writeAddress(ref, field, FieldType.INT16), value);
    }

    /**
     * Reads a 32-bit field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#INT32}.
     * @return its value.
     */
    public final int getInt(final long ref, final Field field) {
        return Memory.getInt(readAddress(ref, field, FieldType.INT32));
    }

    /**
     * Stores into a 32-bit field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#INT32}.
     * @param value to store.
     */
    public final void putInt(final long ref, final Field field, final int value) {
        Memory.putInt(writeAddress(ref, field, FieldType.INT32), value);
    }

    /**
     * Reads a 64-bit field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#INT64}.
     * @return its value.
     */
    public final long getLong(final long ref, final Field field) {
        return Memory.getLong(readAddress(ref, field, FieldType.INT64));
    }

    /**
     * Stores into a 64-bit field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#INT64}.
     * @param value to store.
     */
    public final void putLong(final long ref, final Field field, final long value) {
        Memory.putLong(writeAddress(ref, field, FieldType.INT64), value);
    }

    /**
     * Reads a float field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#FLOAT}.
     * @return its value.
     */
    public final float getFloat(final long ref, final Field field) {
        return Memory.getFloat(readAddress(ref, field, FieldType.FLOAT));
    }

    /**
     * Stores into a float field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#FLOAT}.
     * @param value to store.
     */
    public final void putFloat(final long ref, final Field field, final float value) {
        Memory.putFloat(writeAddress(ref, field, FieldType.FLOAT), value);
    }

    /**
     * Reads a double field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#DOUBLE}.
     * @return its value.
     */
    public final double getDouble(final long ref, final Field field) {
        return Memory.getDouble(readAddress(ref, field, FieldType.DOUBLE));
    }

    /**
     * Stores into a double field.
     *
     * @param ref   of the object.
     * @param field of type {@link FieldType#DOUBLE}.
     * @param value to store.
     */
    public final void putDouble(final long ref, final Field field, final double value) {
        Memory.putDouble(writeAddress(ref, field, FieldType.DOUBLE), value);
    }

    /**
     * Reads an element of a variable part of refs.
     *
     * @param ref   of the object.
     * @param index below its length; checked in checked mode only.
     * @return its value: null, a ref or an immediate.
     */
    public final long getRefAt(final long ref, final long index) {
        return Memory.getLong(readElementAddress(ref, index << LOG_BYTES_IN_REF, Long.BYTES, VariablePart.REFS));
    }

    /**
     * Stores into an element of a variable part of refs.
     *
     * @param ref   of the object.
     * @param index below its length; checked in checked mode only.
     * @param value null, a ref or an immediate.
     */
    public final void putRefAt(final long ref, final long index, final long value) {
        if (CHECKED) {
            checks.value(value);
        }
        Memory.putLong(writeElementAddress(ref, index << LOG_BYTES_IN_REF, Long.BYTES, VariablePart.REFS), value);
    }

    /**
     * Reads a byte of a variable part of bytes.
     *
     * @param ref       of the object.
     * @param byteIndex below its length; checked in checked mode only.
     * @return the byte.
     */
    public final byte getByteAt(final long ref, final long byteIndex) {
        return Memory.getByte(readElementAddress(ref, byteIndex, Byte.BYTES, VariablePart.BYTES));
    }

    /**
     * Stores a byte into a variable part of bytes.
     *
     * @param ref       of the object.
     * @param byteIndex below its length; checked in checked mode only.
     * @param value     to store.
     */
    public final void putByteAt(final long ref, final long byteIndex, final byte value) {
        Memory.putByte(writeElementAddress(ref, byteIndex, Byte.BYTES, VariablePart.BYTES), value);
    }

    /**
     * Reads 32 bits of a variable part of bytes.
     *
     * @param ref       of the object.
     * @param byteIndex a multiple of 4.
     * @return the value.
     */
    public final int getIntAt(final long ref, final long byteIndex) {
        return Memory.getInt(readElementAddress(ref, byteIndex, Integer.BYTES, VariablePart.BYTES));
    }

    /**
     * Stores 32 bits into a variable part of bytes.
     *
     * @param ref       of the object.
     * @param byteIndex a multiple of 4.
     * @param value     to store.
     */
    public final void putIntAt(final long ref, final long byteIndex, final int value) {
        Memory.putInt(writeElementAddress(ref, byteIndex, Integer.BYTES, VariablePart.BYTES), value);
    }

    /**
     * Reads 64 bits of a variable part of bytes.
     *
     * @param ref       of the object.
     * @param byteIndex a multiple of 8.
     * @return the value.
     */
    public final long getLongAt(final long ref, final long byteIndex) {
        return Memory.getLong(readElementAddress(ref, byteIndex, Long.BYTES, VariablePart.BYTES));
    }

    /**
     * Stores 64 bits into a variable part of bytes.
     *
     * @param ref       of the object.
     * @param byteIndex a multiple of 8.
     * @param value     to store.
     */
    public final void putLongAt(final long ref, final long byteIndex, final long value) {
        Memory.putLong(writeElementAddress(ref, byteIndex, Long.BYTES, VariablePart.BYTES), value);
    }

    /**
     * Reads a double of a variable part of bytes.
     *
     * @param ref       of the object.
     * @param byteIndex a multiple of 8.
     * @return the value.
     */
    public final double getDoubleAt(final long ref, final long byteIndex) {
        return Memory.getDouble(readElementAddress(ref, byteIndex, Double.BYTES, VariablePart.BYTES));
    }

    /**
     * Stores a double into a variable part of bytes.
     *
     * @param ref       of the object.
     * @param byteIndex a multiple of 8.
     * @param value     to store.
     */
    public final void putDoubleAt(final long ref, final long byteIndex, final double value) {
        Memory.putDouble(writeElementAddress(ref, byteIndex, Double.BYTES, VariablePart.BYTES), value);
    }

    /**
     * Adds to a counter. Conflicts with nobody who adds; with those who have read the counter, unless all that this
     * transaction adds is zero. Leaves no read mark.
     *
     * @param ref   of an object whose layout holds counters.
     * @param field of type {@link FieldType#INT64}.
     * @param delta to add; the sum wraps around.
     */
    public final void add(final long ref, final Field field, final long delta) {
        if (CHECKED) {
            checks.counter(ref, field);
        }
        final long address = openField(ref, field);
        Memory.putLong(address, Memory.getLong(address) + delta);
    }

    /**
     * Adds to a counter in a variable part of bytes; see {@link #add}. Of an object of several cards the card counts.
     *
     * @param ref       of an object whose layout holds counters.
     * @param byteIndex a multiple of 8.
     * @param delta     to add; the sum wraps around.
     */
    public final void addAt(final long ref, final long byteIndex, final long delta) {
        if (CHECKED) {
            checks.counterElement(ref, byteIndex);
        }
        final long address = openElement(ref, byteIndex);
        Memory.putLong(address, Memory.getLong(address) + delta);
    }

    /**
     * For code that loads by address: in checked mode verifies that the read barrier was executed, else does nothing.
     *
     * @param ref        of the object.
     * @param byteOffset of the load in the object.
     */
    public final void checkRawLoad(final long ref, final long byteOffset) {
        if (CHECKED) {
            checks.rawLoad(ref, byteOffset);
        }
    }

    /**
     * For code that stores by address: in checked mode verifies that the write barrier was executed, else does nothing.
     *
     * @param ref        of the object.
     * @param byteOffset of the store in the object.
     */
    public final void checkRawStore(final long ref, final long byteOffset) {
        if (CHECKED) {
            checks.rawStore(ref, byteOffset);
        }
    }

    final AccessChecks checks() {
        return checks;
    }

    static boolean isObject(final long value) {
        return ObjectHeader.isObjectRef(value);
    }
}
