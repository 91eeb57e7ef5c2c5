package org.segstm.bridge;

/** The checks of arguments. Their messages have the form {@code rule: name=value}. */
final class Rules {
    private Rules() {
    }

    static void requirePageMultiple(final String name, final long value) {
        if ((value & (Platform.pageBytes() - 1)) != 0) {
            throw new IllegalArgumentException(
                    "must be a multiple of the page size of " + Platform.pageBytes() + " bytes: " + name + "=" + value);
        }
    }

    static void requireSize(final String name, final long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("must be positive: " + name + "=" + bytes);
        }
        requirePageMultiple(name, bytes);
    }

    static void requireAlignment(final long alignment) {
        if (alignment < Platform.pageBytes() || Long.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("must be a power of two and at least the page size of "
                    + Platform.pageBytes() + " bytes: alignment=" + alignment);
        }
    }

    /** A range of whole pages inside something of {@code limitBytes}; computed so that nothing overflows. */
    static void requireRange(final String offsetName, final long offset, final long bytes, final long limitBytes) {
        requirePageMultiple(offsetName, offset);
        requireSize("bytes", bytes);
        if (offset < 0 || bytes > limitBytes || offset > limitBytes - bytes) {
            throw new IllegalArgumentException("must lie inside the first " + limitBytes + " bytes: "
                    + offsetName + "=" + offset + ", bytes=" + bytes);
        }
    }
}
