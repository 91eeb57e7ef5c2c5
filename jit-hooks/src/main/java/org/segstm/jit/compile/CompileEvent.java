package org.segstm.jit.compile;

import java.util.Locale;

/**
 * Something that happened to a unit.
 *
 * @param kind         what happened.
 * @param unit         name of the unit.
 * @param atNanos      when, since the queue was made.
 * @param queuedNanos  time it waited for a thread; 0 when it did not.
 * @param compileNanos time that compiling took; 0 when it was not compiled.
 * @param codeBytes    size of the code; 0 when there is none.
 * @param text         reason or error; empty when there is none.
 * @param thrown       by a job that failed, else null.
 */
public record CompileEvent(Kind kind, String unit, long atNanos, long queuedNanos, long compileNanos, int codeBytes,
    String text, Throwable thrown) {
    private static final double NANOS_IN_MILLISECOND = 1e6;

    /** What happened. */
    public enum Kind {
        /** The code is what runs from now on. */
        INSTALLED,
        /** The job has thrown, or the code did not fit; the interpreter goes on. */
        FAILED,
        /** The job found that the unit had better stay interpreted. */
        DECLINED,
        /** What the code relied on had become wrong before it was installed. */
        DISCARDED,
        /** What the code relied on has become wrong; the interpreter goes on. */
        INVALIDATED
    }

    @Override
    public String toString() {
        final StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "[%.3fs][jit] %s %s", atNanos / 1e9,
            kind.name().toLowerCase(Locale.ROOT), unit));
        if (compileNanos != 0) {
            line.append(String.format(Locale.ROOT, " %d bytes, %.1f ms after %.1f ms", codeBytes,
                compileNanos / NANOS_IN_MILLISECOND, queuedNanos / NANOS_IN_MILLISECOND));
        }
        return text.isEmpty() ? line.toString() : line + ": " + text;
    }
}
