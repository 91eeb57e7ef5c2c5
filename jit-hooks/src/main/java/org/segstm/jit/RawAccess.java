package org.segstm.jit;

import org.segstm.bridge.Memory;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;

/**
 * Loads and stores of generated code: {@code [base + ref + offset]}, nothing else, once the barrier has been executed.
 * In checked mode each one asks the mutator first whether that is so, and a barrier that was left out is an exception
 * which names it ({@link org.segstm.heap.CheckedAccessException}).
 *
 * <p>A load is checked when it is made: in checked mode the read barrier has to come before it. Loads of immutable
 * fields need no barrier; they go through {@link Memory}.
 */
public final class RawAccess {
    private static final boolean CHECKED = HeapContext.isChecked();

    private RawAccess() {
    }

    /**
     * Loads 64 bits: a number or the value of a ref field.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 8.
     * @return the value.
     */
    public static long getLong(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset) {
        return Memory.getLong(loadAddress(mutator, segmentBase, ref, byteOffset));
    }

    /**
     * Stores 64 bits: a number or the value of a ref field.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 8.
     * @param value       to store.
     */
    public static void putLong(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset, final long value) {
        Memory.putLong(storeAddress(mutator, segmentBase, ref, byteOffset), value);
    }

    /**
     * Loads 32 bits.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 4.
     * @return the value.
     */
    public static int getInt(final Mutator mutator, final long segmentBase, final long ref, final long byteOffset) {
        return Memory.getInt(loadAddress(mutator, segmentBase, ref, byteOffset));
    }

    /**
     * Stores 32 bits.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 4.
     * @param value       to store.
     */
    public static void putInt(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset, final int value) {
        Memory.putInt(storeAddress(mutator, segmentBase, ref, byteOffset), value);
    }

    /**
     * Loads a byte.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object.
     * @return the value.
     */
    public static byte getByte(final Mutator mutator, final long segmentBase, final long ref, final long byteOffset) {
        return Memory.getByte(loadAddress(mutator, segmentBase, ref, byteOffset));
    }

    /**
     * Stores a byte.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object.
     * @param value       to store.
     */
    public static void putByte(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset, final byte value) {
        Memory.putByte(storeAddress(mutator, segmentBase, ref, byteOffset), value);
    }

    /**
     * Loads 16 bits.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 2.
     * @return the value.
     */
    public static short getShort(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset) {
        return Memory.getShort(loadAddress(mutator, segmentBase, ref, byteOffset));
    }

    /**
     * Stores 16 bits.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 2.
     * @param value       to store.
     */
    public static void putShort(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset, final short value) {
        Memory.putShort(storeAddress(mutator, segmentBase, ref, byteOffset), value);
    }

    /**
     * Loads a float.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 4.
     * @return the value.
     */
    public static float getFloat(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset) {
        return Memory.getFloat(loadAddress(mutator, segmentBase, ref, byteOffset));
    }

    /**
     * Stores a float.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 4.
     * @param value       to store.
     */
    public static void putFloat(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset, final float value) {
        Memory.putFloat(storeAddress(mutator, segmentBase, ref, byteOffset), value);
    }

    /**
     * Loads a double.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 8.
     * @return the value.
     */
    public static double getDouble(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset) {
        return Memory.getDouble(loadAddress(mutator, segmentBase, ref, byteOffset));
    }

    /**
     * Stores a double.
     *
     * @param mutator     that runs the transaction; used in checked mode only.
     * @param segmentBase of the running transaction.
     * @param ref         of the object.
     * @param byteOffset  in the object, a multiple of 8.
     * @param value       to store.
     */
    public static void putDouble(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset, final double value) {
        Memory.putDouble(storeAddress(mutator, segmentBase, ref, byteOffset), value);
    }

    private static long loadAddress(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset) {
        if (CHECKED) {
            mutator.checkRawLoad(ref, byteOffset);
        }
        return segmentBase + ref + byteOffset;
    }

    private static long storeAddress(
        final Mutator mutator, final long segmentBase, final long ref, final long byteOffset) {
        if (CHECKED) {
            mutator.checkRawStore(ref, byteOffset);
        }
        return segmentBase + ref + byteOffset;
    }
}
