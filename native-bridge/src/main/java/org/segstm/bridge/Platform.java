package org.segstm.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What the machine is and how much it has.
 *
 * <p>SegSTM runs on 64-bit little-endian Linux, x86-64 or aarch64. Nothing here assumes a page size.
 */
public final class Platform {
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");
    private static final String BITS_64 = "64";
    private static final Path MAX_MAP_COUNT = Path.of("/proc/sys/vm/max_map_count");
    private static final Path OWN_MAPPINGS = Path.of("/proc/self/maps");
    private static final Path OWN_DESCRIPTORS = Path.of("/proc/self/fd");
    /** What names of memory files begin with there. */
    private static final String MEMORY_FILE = "/memfd:";
    /** What Linux starts with, taken where /proc is not mounted. */
    private static final long DEFAULT_MAX_MAP_COUNT = 65_530;
    private static final int READ_BUFFER_BYTES = 1 << 16;
    private static final int DIGITS_BYTES = 32;

    private Platform() {
    }

    /**
     * Refuses any platform that SegSTM does not run on.
     *
     * @throws UnsupportedPlatformException naming what was found and what is needed
     */
    public static void check() {
        check(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                System.getProperty("sun.arch.data.model", BITS_64),
                ByteOrder.nativeOrder());
    }

    static void check(final String os, final String architecture, final String dataModel, final ByteOrder order) {
        require("Linux".equals(os), "os.name", os);
        require(ARCHITECTURES.contains(architecture), "os.arch", architecture);
        require(BITS_64.equals(dataModel), "sun.arch.data.model", dataModel);
        require(ByteOrder.LITTLE_ENDIAN.equals(order), "byte order", order);
    }

    private static void require(final boolean supported, final String name, final Object value) {
        if (!supported) {
            throw new UnsupportedPlatformException(
                    "SegSTM needs a 64-bit JVM on Linux, x86-64 or aarch64, little endian: " + name + "=" + value);
        }
    }

    /** The size of a page of the system in bytes, a power of two: 4 KiB on x86-64, up to 64 KiB on aarch64. */
    public static long pageBytes() {
        return SystemConfiguration.PAGE_BYTES;
    }

    /** The processors this JVM may use, which a container may limit below the machine's. */
    public static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The memory of the machine in bytes; a container's limit may be lower. */
    public static long physicalMemoryBytes() {
        return SystemConfiguration.PHYSICAL_PAGES * SystemConfiguration.PAGE_BYTES;
    }

    /**
     * How many mappings the kernel allows a process ({@code vm.max_map_count}), read anew at each call.
     * Stay thousands below: the JVM maps for itself too, and ends the process when that fails.
     */
    public static long maxMapCount() {
        try (InputStream limit = Files.newInputStream(MAX_MAP_COUNT)) {
            // One read must take it all: such a file is at its end when read a second time.
            final byte[] digits = new byte[DIGITS_BYTES];
            final int bytes = limit.read(digits);
            return Long.parseLong(new String(digits, 0, Math.max(bytes, 0), StandardCharsets.US_ASCII).trim());
        } catch (IOException | NumberFormatException e) {
            return DEFAULT_MAX_MAP_COUNT;
        }
    }

    /**
     * How many mappings this process has now: the lines of {@code /proc/self/maps}, or 0 where that
     * cannot be read. The kernel prints them all, about a millisecond per thousand mappings, so call it
     * to correct an estimate, not for each mapping.
     */
    public static long mappingCount() {
        long lines = 0;
        final byte[] buffer = new byte[READ_BUFFER_BYTES];
        try (InputStream mappings = Files.newInputStream(OWN_MAPPINGS)) {
            int bytes;
            while ((bytes = mappings.read(buffer)) >= 0) {
                for (int i = 0; i < bytes; i++) {
                    if (buffer[i] == '\n') {
                        lines++;
                    }
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return lines;
    }

    /**
     * The memory that the {@link MemoryFile}s of this process take now, in bytes: each page once, however many mappings
     * show it. Files that are being opened or closed count or not.
     */
    public static long memoryFileBytes() {
        long bytes = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(OWN_DESCRIPTORS)) {
            for (final Path descriptor : descriptors) {
                bytes += memoryFileBytes(descriptor);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    private static long memoryFileBytes(final Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith(MEMORY_FILE)
                    ? SystemCalls.fileBlocks(Integer.parseInt(descriptor.getFileName().toString()))
                        << StatxDescriptor.LOG_BYTES_IN_BLOCK
                    : 0;
        } catch (IOException | NativeCallException e) {
            // Closed since the folder was read.
            return 0;
        }
    }

    /** Apart, so that {@link Platform#check()} runs without the C library. */
    private static final class SystemConfiguration {
        static final long PAGE_BYTES = SystemCalls.systemConfiguration(LibC.SC_PAGESIZE);
        static final long PHYSICAL_PAGES = SystemCalls.systemConfiguration(LibC.SC_PHYS_PAGES);

        private SystemConfiguration() {
        }
    }
}
