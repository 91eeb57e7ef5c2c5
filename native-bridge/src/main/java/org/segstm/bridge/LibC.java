package org.segstm.bridge;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The C library's functions as JNA maps them directly, and their constants, which are the same on
 * x86-64 and aarch64. {@code size_t}, {@code off_t}, {@code ssize_t} and pointers are all
 * {@code long} on the platforms that {@link Platform#check()} lets pass.
 *
 * <p>Called through {@link SystemCalls} only, which turns failures into exceptions.
 */
final class LibC {
    static final int PROT_NONE = 0;
    static final int PROT_READ = 1;
    static final int PROT_WRITE = 1 << 1;

    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE = 1 << 1;
    static final int MAP_FIXED = 1 << 4;
    static final int MAP_ANONYMOUS = 1 << 5;
    static final int MAP_NORESERVE = 1 << 14;
    static final int MAP_NONBLOCK = 1 << 16;

    static final int MADV_DONTNEED = 4;

    static final int FALLOC_FL_KEEP_SIZE = 1;
    static final int FALLOC_FL_PUNCH_HOLE = 1 << 1;

    static final int MFD_CLOEXEC = 1;

    static final int AT_EMPTY_PATH = 1 << 12;

    static final int SC_PAGESIZE = 30;
    static final int SC_PHYS_PAGES = 85;

    /** What a call returns when it failed; for mmap, MAP_FAILED. */
    static final int FAILED = -1;

    static {
        bind();
    }

    private LibC() {
    }

    private static void bind() {
        try {
            Platform.check();
            Native.register(LibC.class, NativeLibrary.getProcess());
        } catch (UnsupportedPlatformException e) {
            throw new BridgeUnavailableError(e.getMessage(), e);
        } catch (UnsatisfiedLinkError e) {
            throw new BridgeUnavailableError(
                    "JNA could not bind the C library (glibc 2.28 or later is needed; where temporary files may not be"
                    + " executed, name another directory with -Djna.tmpdir): " + e.getMessage(), e);
        }
    }

    static native int memfd_create(String name, int flags);

    static native int ftruncate(int descriptor, long bytes);

    static native int close(int descriptor);

    static native int fallocate(int descriptor, int mode, long offset, long bytes);

    static native int statx(int directory, long pathAddress, int flags, int mask, long resultAddress);

    static native long mmap(long address, long bytes, int protection, int flags, int descriptor, long offset);

    static native int munmap(long address, long bytes);

    static native int mprotect(long address, long bytes, int protection);

    static native int madvise(long address, long bytes, int advice);

    static native int mincore(long address, long bytes, long vectorAddress);

    static native int remap_file_pages(long address, long bytes, int protection, long filePage, int flags);

    static native long sysconf(int name);
}
