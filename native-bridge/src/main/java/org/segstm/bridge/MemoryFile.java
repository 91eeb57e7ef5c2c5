package org.segstm.bridge;

import java.nio.charset.StandardCharsets;

/**
 * A file that lives in memory only (memfd_create(2)) and backs the shared pages of many views.
 *
 * <p>It is sparse: a page takes memory from its first store, or from {@link #allocate}, until
 * {@link #punchHole}. All offsets and sizes are bytes and multiples of {@link Platform#pageBytes()}.
 * Safe for use by many threads. Mappings of the file stay valid after {@link #close()}.
 */
public final class MemoryFile implements AutoCloseable {
    /** The kernel's limit. */
    private static final int MAX_NAME_BYTES = 249;

    private final Gate gate;
    private final String name;
    private final int descriptor;
    private final long bytes;

    private MemoryFile(final String name, final int descriptor, final long bytes) {
        this.gate = new Gate("memory file " + name);
        this.name = name;
        this.descriptor = descriptor;
        this.bytes = bytes;
    }

    /**
     * Creates a file of zero bytes' content that takes no memory yet.
     *
     * @param name shown by the system in {@code /proc/self/maps}; need not be unique
     * @param bytes its size, a positive multiple of the page size
     * @throws NativeCallException when the system refuses the file or its size
     */
    public static MemoryFile create(final String name, final long bytes) {
        final int nameBytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes > MAX_NAME_BYTES || name.indexOf(0) >= 0) {
            throw new IllegalArgumentException(
                    "must have at most " + MAX_NAME_BYTES + " bytes, none of them zero: name=" + name);
        }
        Rules.requireSize("bytes", bytes);
        final int descriptor = SystemCalls.createMemoryFile(name);
        try {
            SystemCalls.setFileBytes(descriptor, bytes);
        } catch (NativeCallException e) {
            SystemCalls.closeFile(descriptor);
            throw e;
        }
        return new MemoryFile(name, descriptor, bytes);
    }

    /** The file descriptor, valid until {@link #close()}. */
    public int descriptor() {
        return descriptor;
    }

    /** The size of the file in bytes, most of which may take no memory. */
    public long bytes() {
        return bytes;
    }

    /** The bytes of memory that the file takes now. */
    public long allocatedBytes() {
        gate.enter();
        try {
            return SystemCalls.fileBlocks(descriptor) << StatxDescriptor.LOG_BYTES_IN_BLOCK;
        } finally {
            gate.leave();
        }
    }

    /**
     * Takes the memory for a range now, zero-filled where it had none. A later store there then
     * cannot find the system out of memory, which would not be an exception but a SIGBUS.
     *
     * @throws NativeCallException when there is not enough memory; nothing was taken then
     */
    public void allocate(final long offset, final long bytes) {
        changeAllocation(offset, bytes, 0);
    }

    /** Gives the memory of a range back; all shared views of it read zero from now on. */
    public void punchHole(final long offset, final long bytes) {
        changeAllocation(offset, bytes, LibC.FALLOC_FL_PUNCH_HOLE | LibC.FALLOC_FL_KEEP_SIZE);
    }

    private void changeAllocation(final long offset, final long rangeBytes, final int mode) {
        Rules.requireRange("offset", offset, rangeBytes, bytes);
        gate.enter();
        try {
            SystemCalls.changeAllocation(descriptor, mode, offset, rangeBytes);
        } finally {
            gate.leave();
        }
    }

    /** Keeps {@link #close()} waiting until the gate is left, so that the descriptor stays this file's. */
    Gate gate() {
        return gate;
    }

    public boolean isOpen() {
        return gate.isOpen();
    }

    /** Closes the descriptor; waits for calls under way in other threads. Closing again does nothing. */
    @Override
    public void close() {
        if (gate.close()) {
            SystemCalls.closeFile(descriptor);
        }
    }

    @Override
    public String toString() {
        return "MemoryFile{name=" + name + ", bytes=" + bytes + ", open=" + isOpen() + "}";
    }
}
