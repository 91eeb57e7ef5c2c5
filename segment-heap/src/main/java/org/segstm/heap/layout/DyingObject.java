package org.segstm.heap.layout;

import org.segstm.bridge.Memory;

/**
 * The last look at an object, as its destructor gets it. Its refs are not shown: the objects they referred to may be
 * gone.
 */
public final class DyingObject {
    private ObjectLayout layout;
    private long address;

    /** Makes a flyweight that shows nothing yet. For collectors. */
    public DyingObject() {
        // Nothing to do.
    }

    /**
     * Shows an object, runs its destructor, and shows nothing afterwards. For collectors.
     *
     * @param objectLayout  with a destructor.
     * @param objectAddress where it can be read.
     */
    public void destroy(final ObjectLayout objectLayout, final long objectAddress) {
        layout = objectLayout;
        address = objectAddress;
        try {
            layout.destructor().destroy(this);
        } catch (final RuntimeException | Error e) {
            final Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        } finally {
            layout = null;
            address = 0;
        }
    }

    /**
     * Layout of the object.
     *
     * @return its layout.
     */
    public ObjectLayout layout() {
        return layout;
    }

    /**
     * Reads an 8-bit field.
     *
     * @param field of type {@link FieldType#INT8}.
     * @return its value.
     */
    public byte getByte(final Field field) {
        return Memory.getByte(addressOf(field, FieldType.INT8));
    }

    /**
     * Reads a 16-bit field.
     *
     * @param field of type {@link FieldType#INT16}.
     * @return its value.
     */
    public short getShort(final Field field) {
        return Memory.getShort(addressOf(field, FieldType.INT16));
    }

    /**
     * Reads a 32-bit field.
     *
     * @param field of type {@link FieldType#INT32}.
     * @return its value.
     */
    public int getInt(final Field field) {
        return Memory.getInt(addressOf(field, FieldType.INT32));
    }

    /**
     * Reads a 64-bit field.
     *
     * @param field of type {@link FieldType#INT64}.
     * @return its value.
     */
    public long getLong(final Field field) {
        return Memory.getLong(addressOf(field, FieldType.INT64));
    }

    /**
     * Reads a float field.
     *
     * @param field of type {@link FieldType#FLOAT}.
     * @return its value.
     */
    public float getFloat(final Field field) {
        return Memory.getFloat(addressOf(field, FieldType.FLOAT));
    }

    /**
     * Reads a double field.
     *
     * @param field of type {@link FieldType#DOUBLE}.
     * @return its value.
     */
    public double getDouble(final Field field) {
        return Memory.getDouble(addressOf(field, FieldType.DOUBLE));
    }

    /**
     * Length of the variable part.
     *
     * @return number of elements, 0 without one.
     */
    public long length() {
        checkShown();
        return layout.isVariable() ? Memory.getLong(address + ObjectHeader.VARIABLE_LENGTH_OFFSET) : 0;
    }

    /**
     * Reads a byte of a variable part of bytes.
     *
     * @param byteIndex below its length.
     * @return the byte.
     */
    public byte getByteAt(final long byteIndex) {
        return Memory.getByte(addressOfBytes(byteIndex, Byte.BYTES));
    }

    /**
     * Reads 64 bits of a variable part of bytes.
     *
     * @param byteIndex a multiple of 8.
     * @return the value.
     */
    public long getLongAt(final long byteIndex) {
        return Memory.getLong(addressOfBytes(byteIndex, Long.BYTES));
    }

    private long addressOf(final Field field, final FieldType type) {
        checkShown();
        if (field.layout() != layout || field.type() != type) {
            throw new IllegalArgumentException("the dying object has no such field: layout=" + layout + " field="
                + field + " type=" + type);
        }
        return address + field.offset();
    }

    private long addressOfBytes(final long byteIndex, final int bytes) {
        if (byteIndex < 0 || byteIndex + bytes > length()
            || layout.variablePart() != ObjectLayout.VariablePart.BYTES) {
            throw new IllegalArgumentException("the dying object has no such bytes: layout=" + layout + " byteIndex="
                + byteIndex + " bytes=" + bytes);
        }
        return address + layout.variableOffset() + byteIndex;
    }

    private void checkShown() {
        if (layout == null) {
            throw new IllegalStateException("a dying object can be read by its destructor only");
        }
    }
}
