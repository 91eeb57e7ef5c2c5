package org.segstm.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what the kernel says is mapped where, as loads that fault would end the JVM. */
final class Mappings {
    private static final int RADIX = 16;

    private Mappings() {
    }

    /** The permissions as {@code /proc/self/maps} prints them, "rw-p" for example; "" where nothing is mapped. */
    static String permissions(final long address) {
        try {
            for (final String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
                final String[] parts = line.split("[- ]", 3);
                final long start = Long.parseUnsignedLong(parts[0], RADIX);
                final long end = Long.parseUnsignedLong(parts[1], RADIX);
                if (Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0) {
                    return parts[2].substring(0, "rwxp".length());
                }
            }
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
