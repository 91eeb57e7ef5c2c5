package org.segstm.bench.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** A line that tells what is going on, on terminals only, and disappears. */
public final class Progress {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final String CLEAR_SCREEN = "\033[H\033[2J";
    private static final String ERASE_LINE = "\r\033[K";
    private final PrintWriter out;

    private Progress(final PrintWriter out) {
        this.out = out;
    }

    /**
     * Progress of a command that writes to standard output.
     *
     * @param out standard output.
     * @return a line that is shown when standard output is a terminal.
     */
    public static Progress on(final PrintWriter out) {
        return new Progress(isTerminal() ? out : null);
    }

    /**
     * Shows a text in place of the last one.
     *
     * @param text without line feed, short enough for a line.
     */
    public void show(final String text) {
        if (out != null) {
            out.print(ERASE_LINE + text);
            out.flush();
        }
    }

    /** Removes the line. */
    public void clear() {
        show("");
    }

    /**
     * Makes place for a picture that replaces the last one.
     *
     * @return false where there is no terminal; then nothing was written.
     */
    public boolean clearScreen() {
        if (out != null) {
            out.print(CLEAR_SCREEN);
            out.flush();
        }
        return out != null;
    }

    private static boolean isTerminal() {
        try {
            final Path target = Files.readSymbolicLink(STANDARD_OUTPUT);
            return target.startsWith("/dev/pts") || target.toString().startsWith("/dev/tty");
        } catch (final IOException | SecurityException e) {
            return false;
        }
    }
}
