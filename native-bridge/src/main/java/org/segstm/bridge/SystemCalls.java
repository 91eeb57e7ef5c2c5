package org.segstm.bridge;

import com.sun.jna.Native;

/** The system calls, with failures turned into {@link NativeCallException}. Checks no argument. */
final class SystemCalls {
    private SystemCalls() {
    }

    static long systemConfiguration(final int name) {
        final long value = LibC.sysconf(name);
        if (value == LibC.FAILED) {
            throw failure("sysconf", "name=" + name);
        }
        return value;
    }

    static int createMemoryFile(final String name) {
        final int descriptor = LibC.memfd_create(name, LibC.MFD_CLOEXEC);
        if (descriptor == LibC.FAILED) {
            throw failure("memfd_create", "name=" + name);
        }
        return descriptor;
    }

    static void setFileBytes(final int descriptor, final long bytes) {
        if (LibC.ftruncate(descriptor, bytes) == LibC.FAILED) {
            throw failure("ftruncate", "descriptor=" + descriptor + ", bytes=" + bytes);
        }
    }

    static void closeFile(final int descriptor) {
        if (LibC.close(descriptor) == LibC.FAILED) {
            throw failure("close", "descriptor=" + descriptor);
        }
    }

    /** Repeats itself after a signal, which the kernel lets interrupt this call. */
    static void changeAllocation(final int descriptor, final int mode, final long offset, final long bytes) {
        while (LibC.fallocate(descriptor, mode, offset, bytes) == LibC.FAILED) {
            if (Native.getLastError() != Errno.EINTR.number()) {
                throw failure("fallocate", "descriptor=" + descriptor + ", mode=" + mode
                        + ", offset=" + offset + ", bytes=" + bytes);
            }
        }
    }

    static long fileBlocks(final int descriptor) {
        final long resultAddress = Memory.allocateZeroed(StatxDescriptor.LENGTH);
        try {
            // The result, still zero, serves as the empty path too.
            if (LibC.statx(descriptor, resultAddress, LibC.AT_EMPTY_PATH, StatxDescriptor.MASK_BLOCKS, resultAddress)
                    == LibC.FAILED) {
                throw failure("statx", "descriptor=" + descriptor);
            }
            return Memory.getLong(resultAddress + StatxDescriptor.BLOCKS_OFFSET);
        } finally {
            Memory.free(resultAddress);
        }
    }

    static long map(
            final long address, final long bytes, final int protection, final int flags, final int descriptor,
            final long fileOffset) {
        final long mapped = LibC.mmap(address, bytes, protection, flags, descriptor, fileOffset);
        if (mapped == LibC.FAILED) {
            throw failure("mmap", range(address, bytes) + ", protection=" + protection
                    + ", flags=0x" + Integer.toHexString(flags) + ", descriptor=" + descriptor
                    + ", fileOffset=" + fileOffset);
        }
        return mapped;
    }

    static void unmap(final long address, final long bytes) {
        if (LibC.munmap(address, bytes) == LibC.FAILED) {
            throw failure("munmap", range(address, bytes));
        }
    }

    static void protect(final long address, final long bytes, final int protection) {
        if (LibC.mprotect(address, bytes, protection) == LibC.FAILED) {
            throw failure("mprotect", range(address, bytes) + ", protection=" + protection);
        }
    }

    static void advise(final long address, final long bytes, final int advice) {
        if (LibC.madvise(address, bytes, advice) == LibC.FAILED) {
            throw failure("madvise", range(address, bytes) + ", advice=" + advice);
        }
    }

    static void residentPages(final long address, final long bytes, final long vectorAddress) {
        if (LibC.mincore(address, bytes, vectorAddress) == LibC.FAILED) {
            throw failure("mincore", range(address, bytes) + ", vector=" + hex(vectorAddress));
        }
    }

    /** Protection must be 0: the call keeps that of the mapping. */
    static void remapFilePages(final long address, final long bytes, final long filePage) {
        if (LibC.remap_file_pages(address, bytes, 0, filePage, LibC.MAP_NONBLOCK) == LibC.FAILED) {
            throw failure("remap_file_pages", range(address, bytes) + ", filePage=" + filePage);
        }
    }

    static String hex(final long address) {
        return "0x" + Long.toHexString(address);
    }

    private static String range(final long address, final long bytes) {
        return "address=" + hex(address) + ", bytes=" + bytes;
    }

    private static NativeCallException failure(final String call, final String arguments) {
        // JNA keeps errno per thread; nothing may call through JNA between the failure and here.
        return new NativeCallException(call, arguments, Native.getLastError());
    }
}
