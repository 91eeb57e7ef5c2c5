package org.segstm.bridge;

import org.agrona.UnsafeApi;

/**
 * The one seam to raw memory: every load and store outside the Java heap goes through here.
 *
 * <p>Addresses are absolute and aligned to the size of what is accessed; nothing is checked, and a
 * wrong address crashes the JVM. Plain accesses of up to eight bytes are not torn. Order is in the names:
 *
 * <ul>
 *   <li>plain: none; the compiler and the processor may reorder and merge it;
 *   <li>Opaque: happens once, eventually visible, orders nothing else;
 *   <li>Release with Acquire: who loads the value by Acquire sees all stores before its Release;
 *   <li>Volatile, and all read-modify-write methods: like both, and in one total order with each other;
 *   <li>the fences: {@link #storeFence()} is release and {@link #loadFence()} acquire for all accesses
 *       around it, {@link #fullFence()} also keeps a store before a later load.
 * </ul>
 *
 * <p>Using it on a JVM that lacks the flags, or on another platform, is a {@link BridgeUnavailableError}.
 */
public final class Memory {
    /** Bulk work is cut into pieces of this size, as the JVM cannot stop a thread inside of one. */
    static final long CHUNK_BYTES = 1L << 20;
    /** Up to here a loop of long copies beats the call of the stub that copies memory. */
    static final long MAX_LOOP_BYTES = 256;
    private static final long BYTES_IN_ZEROS = 16 << 10;
    private static final long ZEROS_ADDRESS;

    static {
        checkUsable();
        ZEROS_ADDRESS = allocateZeroed(BYTES_IN_ZEROS);
    }

    private Memory() {
    }

    private static void checkUsable() {
        try {
            Platform.check();
            JvmFlags.check();
        } catch (UnsupportedPlatformException | MissingJvmFlagException e) {
            throw new BridgeUnavailableError(e.getMessage(), e);
        }
    }

    /** Plain load. */
    public static byte getByte(final long address) {
        return UnsafeApi.getByte(address);
    }

    /** Plain store. */
    public static void putByte(final long address, final byte value) {
        UnsafeApi.putByte(address, value);
    }

    /** Plain load; the address is a multiple of 2. */
    public static short getShort(final long address) {
        return UnsafeApi.getShort(address);
    }

    /** Plain store; the address is a multiple of 2. */
    public static void putShort(final long address, final short value) {
        UnsafeApi.putShort(address, value);
    }

    /** Plain load; the address is a multiple of 4. */
    public static int getInt(final long address) {
        return UnsafeApi.getInt(address);
    }

    /** Plain store; the address is a multiple of 4. */
    public static void putInt(final long address, final int value) {
        UnsafeApi.putInt(address, value);
    }

    /** Plain load; the address is a multiple of 8. */
    public static long getLong(final long address) {
        return UnsafeApi.getLong(address);
    }

    /** Plain store; the address is a multiple of 8. */
    public static void putLong(final long address, final long value) {
        UnsafeApi.putLong(address, value);
    }

    /** Plain load; the address is a multiple of 4. */
    public static float getFloat(final long address) {
        return UnsafeApi.getFloat(address);
    }

    /** Plain store; the address is a multiple of 4. */
    public static void putFloat(final long address, final float value) {
        UnsafeApi.putFloat(address, value);
    }

    /** Plain load; the address is a multiple of 8. */
    public static double getDouble(final long address) {
        return UnsafeApi.getDouble(address);
    }

    /** Plain store; the address is a multiple of 8. */
    public static void putDouble(final long address, final double value) {
        UnsafeApi.putDouble(address, value);
    }

    /** Acquire load. */
    public static byte getByteAcquire(final long address) {
        return UnsafeApi.getByteAcquire(null, address);
    }

    /** Release store. */
    public static void putByteRelease(final long address, final byte value) {
        UnsafeApi.putByteRelease(null, address, value);
    }

    /** Opaque load. */
    public static byte getByteOpaque(final long address) {
        return UnsafeApi.getByteOpaque(null, address);
    }

    /** Opaque store. */
    public static void putByteOpaque(final long address, final byte value) {
        UnsafeApi.putByteOpaque(null, address, value);
    }

    /** Volatile load. */
    public static byte getByteVolatile(final long address) {
        return UnsafeApi.getByteVolatile(null, address);
    }

    /** Volatile store. */
    public static void putByteVolatile(final long address, final byte value) {
        UnsafeApi.putByteVolatile(null, address, value);
    }

    /** Acquire load; the address is a multiple of 4. */
    public static int getIntAcquire(final long address) {
        return UnsafeApi.getIntAcquire(null, address);
    }

    /** Release store; the address is a multiple of 4. */
    public static void putIntRelease(final long address, final int value) {
        UnsafeApi.putIntRelease(null, address, value);
    }

    /** Opaque load; the address is a multiple of 4. */
    public static int getIntOpaque(final long address) {
        return UnsafeApi.getIntOpaque(null, address);
    }

    /** Opaque store; the address is a multiple of 4. */
    public static void putIntOpaque(final long address, final int value) {
        UnsafeApi.putIntOpaque(null, address, value);
    }

    /** Volatile load; the address is a multiple of 4. */
    public static int getIntVolatile(final long address) {
        return UnsafeApi.getIntVolatile(null, address);
    }

    /** Volatile store; the address is a multiple of 4. */
    public static void putIntVolatile(final long address, final int value) {
        UnsafeApi.putIntVolatile(null, address, value);
    }

    /** Acquire load; the address is a multiple of 8. */
    public static long getLongAcquire(final long address) {
        return UnsafeApi.getLongAcquire(null, address);
    }

    /** Release store; the address is a multiple of 8. */
    public static void putLongRelease(final long address, final long value) {
        UnsafeApi.putLongRelease(null, address, value);
    }

    /** Opaque load; the address is a multiple of 8. */
    public static long getLongOpaque(final long address) {
        return UnsafeApi.getLongOpaque(null, address);
    }

    /** Opaque store; the address is a multiple of 8. */
    public static void putLongOpaque(final long address, final long value) {
        UnsafeApi.putLongOpaque(null, address, value);
    }

    /** Volatile load; the address is a multiple of 8. */
    public static long getLongVolatile(final long address) {
        return UnsafeApi.getLongVolatile(null, address);
    }

    /** Volatile store; the address is a multiple of 8. */
    public static void putLongVolatile(final long address, final long value) {
        UnsafeApi.putLongVolatile(null, address, value);
    }

    /** Stores the update if the expected value is there; says whether it was. */
    public static boolean compareAndSetInt(final long address, final int expected, final int update) {
        return UnsafeApi.compareAndSetInt(null, address, expected, update);
    }

    /** Stores the update if the expected value is there; returns what was there. */
    public static int compareAndExchangeInt(final long address, final int expected, final int update) {
        return UnsafeApi.compareAndExchangeInt(null, address, expected, update);
    }

    /** Stores the update if the expected value is there; says whether it was. */
    public static boolean compareAndSetLong(final long address, final long expected, final long update) {
        return UnsafeApi.compareAndSetLong(null, address, expected, update);
    }

    /** Stores the update if the expected value is there; returns what was there. */
    public static long compareAndExchangeLong(final long address, final long expected, final long update) {
        return UnsafeApi.compareAndExchangeLong(null, address, expected, update);
    }

    /** Adds; returns what was there. */
    public static int getAndAddInt(final long address, final int delta) {
        return UnsafeApi.getAndAddInt(null, address, delta);
    }

    /** Adds; returns what was there. */
    public static long getAndAddLong(final long address, final long delta) {
        return UnsafeApi.getAndAddLong(null, address, delta);
    }

    /** Stores; returns what was there. */
    public static long getAndSetLong(final long address, final long value) {
        return UnsafeApi.getAndSetLong(null, address, value);
    }

    /** Sets the bits of the mask; returns what was there. */
    public static long getAndBitwiseOrLong(final long address, final long mask) {
        return UnsafeApi.getAndBitwiseOrLong(null, address, mask);
    }

    /** Clears all but the bits of the mask; returns what was there. */
    public static long getAndBitwiseAndLong(final long address, final long mask) {
        return UnsafeApi.getAndBitwiseAndLong(null, address, mask);
    }

    /**
     * Copies bytes between ranges that must not overlap. Up to 1 MiB nothing can stop the thread; more
     * is copied in pieces, with the JVM's safepoints between them. Other threads may see any mixture.
     */
    public static void copy(final long sourceAddress, final long targetAddress, final long bytes) {
        long done = 0;
        while (bytes - done > CHUNK_BYTES) {
            UnsafeApi.copyMemory(sourceAddress + done, targetAddress + done, CHUNK_BYTES);
            done += CHUNK_BYTES;
        }
        UnsafeApi.copyMemory(sourceAddress + done, targetAddress + done, bytes - done);
    }

    /**
     * Copies whole words between ranges that must not overlap: the faster choice for objects of a few
     * words. No word is torn for other threads up to 256 bytes.
     *
     * @param bytes a multiple of 8
     */
    public static void copyWords(final long sourceAddress, final long targetAddress, final long bytes) {
        assert (bytes & (Long.BYTES - 1)) == 0 : "must be a multiple of 8: bytes=" + bytes;
        if (bytes > MAX_LOOP_BYTES) {
            copy(sourceAddress, targetAddress, bytes);
            return;
        }
        for (int offset = 0, end = (int) bytes; offset < end; offset += Long.BYTES) {
            UnsafeApi.putLong(targetAddress + offset, UnsafeApi.getLong(sourceAddress + offset));
        }
    }

    /**
     * Clears a range. Copies from a block of zeros, which the JIT compiles to wide stores without a call of the VM:
     * half the time of {@link #set} for the kilobytes that a nursery clears at a time.
     *
     * @param address of the first byte.
     * @param bytes   length of the range.
     */
    public static void clear(final long address, final long bytes) {
        long done = 0;
        while (bytes - done > BYTES_IN_ZEROS) {
            UnsafeApi.copyMemory(ZEROS_ADDRESS, address + done, BYTES_IN_ZEROS);
            done += BYTES_IN_ZEROS;
        }
        UnsafeApi.copyMemory(ZEROS_ADDRESS, address + done, bytes - done);
    }

    /** Fills a range with one byte value, in pieces as {@link #copy} does. */
    public static void set(final long address, final long bytes, final byte value) {
        long done = 0;
        while (bytes - done > CHUNK_BYTES) {
            UnsafeApi.setMemory(address + done, CHUNK_BYTES, value);
            done += CHUNK_BYTES;
        }
        UnsafeApi.setMemory(address + done, bytes - done, value);
    }

    /**
     * Takes native memory of undefined content, aligned to 16 bytes.
     *
     * @return its address, to be given to {@link #free} once
     * @throws OutOfMemoryError when the system has none
     */
    public static long allocate(final long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("must be positive: bytes=" + bytes);
        }
        return UnsafeApi.allocateMemory(bytes);
    }

    /** Takes native memory as {@link #allocate} does and fills it with zero. */
    public static long allocateZeroed(final long bytes) {
        final long address = allocate(bytes);
        set(address, bytes, (byte) 0);
        return address;
    }

    /** Gives back what {@link #allocate} returned; 0 is ignored. */
    public static void free(final long address) {
        UnsafeApi.freeMemory(address);
    }

    /** Orders all loads and stores before it before all after it, stores before later loads included. */
    public static void fullFence() {
        UnsafeApi.fullFence();
    }

    /** Orders loads before it before all loads and stores after it (acquire). */
    public static void loadFence() {
        UnsafeApi.loadFence();
    }

    /** Orders all loads and stores before it before stores after it (release). */
    public static void storeFence() {
        UnsafeApi.storeFence();
    }
}
