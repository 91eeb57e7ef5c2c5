package org.segstm.bench;

import org.segstm.bench.tool.BenchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that commands write when they are asked to. */
final class OutputFiles {
    private OutputFiles() {
    }

    /**
     * Writes a text.
     *
     * @param file to write, or null for none.
     * @param text of it.
     */
    static void write(final Path file, final String text) {
        if (file != null) {
            try {
                Files.writeString(file, text);
            } catch (final IOException e) {
                throw new BenchException("cannot write " + file + ": " + e);
            }
        }
    }
}
