package org.segstm.heap;

import org.segstm.bridge.Memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory outside of the heap that a rollback restores or clears: the saved registers of a VM's thread, its pending
 * exception, a buffer. To be registered with the mutator whose transactions write it; the memory must exist until it is
 * unregistered.
 */
public final class OffHeapState implements TransactionState {
    private final long address;
    private final int bytes;
    private final boolean clears;
    private final List<byte[]> saved = new ArrayList<>();

    private OffHeapState(final long address, final int bytes, final boolean clears) {
        if (address <= 0 || bytes <= 0) {
            throw new IllegalArgumentException("memory needs an address and a size above 0: address=" + address
                + " bytes=" + bytes);
        }
        this.address = address;
        this.bytes = bytes;
        this.clears = clears;
    }

    /**
     * Memory that a rollback returns to what it was when the transaction began. Copied at each begin: keep it small.
     *
     * @param address absolute address.
     * @param bytes   size, above 0.
     * @return a state to register.
     */
    public static OffHeapState restored(final long address, final int bytes) {
        return new OffHeapState(address, bytes, false);
    }

    /**
     * Memory that every rollback fills with zeroes, also one to a savepoint. Costs nothing until then.
     *
     * @param address absolute address.
     * @param bytes   size, above 0.
     * @return a state to register.
     */
    public static OffHeapState cleared(final long address, final int bytes) {
        return new OffHeapState(address, bytes, true);
    }

    @Override
    public void save(final int level) {
        if (!clears) {
            while (saved.size() <= level) {
                saved.add(new byte[bytes]);
            }
            final byte[] copy = saved.get(level);
            for (int i = 0; i < bytes; i++) {
                copy[i] = Memory.getByte(address + i);
            }
        }
    }

    @Override
    public void restore(final int level) {
        if (clears) {
            Memory.clear(address, bytes);
        } else {
            final byte[] copy = saved.get(level);
            for (int i = 0; i < bytes; i++) {
                Memory.putByte(address + i, copy[i]);
            }
        }
    }
}
