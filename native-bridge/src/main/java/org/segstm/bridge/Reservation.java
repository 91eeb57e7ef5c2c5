package org.segstm.bridge;

/**
 * One range of address space that belongs to this process, and what is mapped where in it.
 *
 * <p>Reserved pages take no memory and fault on access until something is mapped over them. All
 * ranges are offsets from {@link #address()} in bytes, multiples of {@link Platform#pageBytes()}; a
 * range that does not fit is an {@link IllegalArgumentException}, use after {@link #close()} an
 * {@link IllegalStateException}, and a refusal by the system a {@link NativeCallException}. Safe for
 * use by many threads; each call is atomic for loads and stores into its range by other threads.
 *
 * <p>Nothing here makes a store of one view visible in another sooner than the hardware does: two
 * addresses of one physical page are coherent, and their order needs fences as always.
 */
public final class Reservation implements AutoCloseable {
    private static final int READ_WRITE = LibC.PROT_READ | LibC.PROT_WRITE;
    /** Without MAP_NORESERVE, which remap_file_pages(2) drops: it refuses a range whose mappings differ in that. */
    private static final int SHARED_FLAGS = LibC.MAP_SHARED | LibC.MAP_FIXED;
    private static final int PRIVATE_FLAGS = LibC.MAP_PRIVATE | LibC.MAP_FIXED | LibC.MAP_NORESERVE;
    private static final int RESERVED_FLAGS = LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS | LibC.MAP_NORESERVE;
    private static final int NO_FILE = -1;

    private final Gate gate;
    private final long address;
    private final long bytes;

    private Reservation(final long address, final long bytes) {
        this.gate = new Gate("reservation at " + SystemCalls.hex(address));
        this.address = address;
        this.bytes = bytes;
    }

    /**
     * Reserves address space.
     *
     * @param bytes how much, a positive multiple of the page size
     * @param alignment of the address, a power of two and at least the page size
     * @throws NativeCallException when there is no such stretch of address space
     */
    public static Reservation reserve(final long bytes, final long alignment) {
        Rules.requireSize("bytes", bytes);
        Rules.requireAlignment(alignment);
        final long slackBytes = alignment - Platform.pageBytes();
        if (bytes > Long.MAX_VALUE - slackBytes) {
            throw new IllegalArgumentException("must leave room to align: bytes=" + bytes + ", alignment=" + alignment);
        }
        final long mappedBytes = bytes + slackBytes;
        final long mapped = SystemCalls.map(0, mappedBytes, LibC.PROT_NONE, RESERVED_FLAGS, NO_FILE, 0);
        final long aligned = (mapped + alignment - 1) & -alignment;
        final long end = aligned + bytes;
        if (aligned > mapped) {
            SystemCalls.unmap(mapped, aligned - mapped);
        }
        if (mapped + mappedBytes > end) {
            SystemCalls.unmap(end, mapped + mappedBytes - end);
        }
        return new Reservation(aligned, bytes);
    }

    /** The first address, a multiple of the alignment asked for. */
    public long address() {
        return address;
    }

    /** The size in bytes. */
    public long bytes() {
        return bytes;
    }

    /** Maps zero-filled memory of this range alone, readable and writable, taken page by page on first store. */
    public void mapAnonymous(final long offset, final long bytes) {
        map(offset, bytes, READ_WRITE, RESERVED_FLAGS);
    }

    /** Returns a range to what it was when reserved: its content is gone and access faults. */
    public void unmap(final long offset, final long bytes) {
        map(offset, bytes, LibC.PROT_NONE, RESERVED_FLAGS);
    }

    /** Maps a range of a file so that stores go to the file and are seen in all its shared views. */
    public void mapShared(final long offset, final long bytes, final MemoryFile file, final long fileOffset) {
        mapFile(offset, bytes, SHARED_FLAGS, file, fileOffset);
    }

    /**
     * Maps a range of a file copy-on-write: a page shows the file until the first store to it here, then
     * is a copy of this range's own, until {@link #discard}.
     */
    public void mapPrivate(final long offset, final long bytes, final MemoryFile file, final long fileOffset) {
        mapFile(offset, bytes, PRIVATE_FLAGS, file, fileOffset);
    }

    /**
     * Lets a range that {@link #mapShared} mapped show another part of the same file (remap_file_pages(2)).
     * Faults nothing in. The kernel emulates the call by mapping anew, one mapping per stretch.
     */
    public void remapFilePages(final long offset, final long bytes, final long fileOffset) {
        Rules.requirePageMultiple("fileOffset", fileOffset);
        enter(offset, bytes);
        try {
            SystemCalls.remapFilePages(address + offset, bytes, fileOffset / Platform.pageBytes());
        } finally {
            gate.leave();
        }
    }

    /** Makes any access to a range fault; keeps what is mapped and its content. */
    public void protectNone(final long offset, final long bytes) {
        protect(offset, bytes, LibC.PROT_NONE);
    }

    /** Allows access to a mapped range again. */
    public void protectReadWrite(final long offset, final long bytes) {
        protect(offset, bytes, READ_WRITE);
    }

    /**
     * Gives back the memory of a range that only this range has (madvise(2), MADV_DONTNEED): an anonymous
     * page reads zero afterwards, one mapped private shows the file again, one mapped shared keeps its
     * content, which is the file's.
     */
    public void discard(final long offset, final long bytes) {
        enter(offset, bytes);
        try {
            SystemCalls.advise(address + offset, bytes, LibC.MADV_DONTNEED);
        } finally {
            gate.leave();
        }
    }

    /**
     * Tells for each page of a mapped range whether a load would find it in memory (mincore(2)).
     * For a page of a file that means the file's page, whether or not this view has touched it.
     *
     * @param vectorAddress native memory of one byte per page, whose lowest bit is the answer
     */
    public void residentPages(final long offset, final long bytes, final long vectorAddress) {
        enter(offset, bytes);
        try {
            SystemCalls.residentPages(address + offset, bytes, vectorAddress);
        } finally {
            gate.leave();
        }
    }

    public boolean isOpen() {
        return gate.isOpen();
    }

    /**
     * Unmaps everything; waits for calls under way in other threads. Loads and stores by address
     * after it are the caller's fault and crash the JVM. Closing again does nothing.
     */
    @Override
    public void close() {
        if (gate.close()) {
            SystemCalls.unmap(address, bytes);
        }
    }

    /**
     * Like {@link #close()}, but for the first and the last page after the others: these may be one mapping with a
     * neighbour outside, which the kernel has to split, and it may need mappings for that. Each page is unmapped once:
     * another thread may get any that is.
     */
    void closeInnerFirst() {
        final long pageBytes = Platform.pageBytes();
        if (bytes <= 2 * pageBytes) {
            close();
        } else if (gate.close()) {
            SystemCalls.unmap(address + pageBytes, bytes - 2 * pageBytes);
            SystemCalls.unmap(address, pageBytes);
            SystemCalls.unmap(address + bytes - pageBytes, pageBytes);
        }
    }

    @Override
    public String toString() {
        return "Reservation{address=" + SystemCalls.hex(address) + ", bytes=" + bytes + ", open=" + isOpen() + "}";
    }

    private void map(final long offset, final long rangeBytes, final int protection, final int flags) {
        enter(offset, rangeBytes);
        try {
            SystemCalls.map(address + offset, rangeBytes, protection, flags | LibC.MAP_FIXED, NO_FILE, 0);
        } finally {
            gate.leave();
        }
    }

    private void mapFile(
            final long offset, final long rangeBytes, final int flags, final MemoryFile file, final long fileOffset) {
        Rules.requireRange("fileOffset", fileOffset, rangeBytes, file.bytes());
        enter(offset, rangeBytes);
        try {
            file.gate().enter();
            try {
                SystemCalls.map(address + offset, rangeBytes, READ_WRITE, flags, file.descriptor(), fileOffset);
            } finally {
                file.gate().leave();
            }
        } finally {
            gate.leave();
        }
    }

    private void protect(final long offset, final long rangeBytes, final int protection) {
        enter(offset, rangeBytes);
        try {
            SystemCalls.protect(address + offset, rangeBytes, protection);
        } finally {
            gate.leave();
        }
    }

    private void enter(final long offset, final long rangeBytes) {
        Rules.requireRange("offset", offset, rangeBytes, bytes);
        gate.enter();
    }
}
