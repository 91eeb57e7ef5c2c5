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

    /**
     * Checks before anything is measured that a file can be written afterwards.
     *
     * @param name of the file.
     * @return the file.
     * @throws IllegalArgumentException when it cannot; with the reason.
     */
    static Path checked(final String name) {
        final Path file = Path.of(name);
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("it is a folder, give a file: " + name);
        }
        final Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no folder " + folder + ": " + name);
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new IllegalArgumentException("it may not be written: " + name);
        }
        return file;
    }

    /**
     * Checks before anything is measured that files can be written into a folder afterwards.
     *
     * @param name of the folder, which need not be there.
     * @return the folder.
     * @throws IllegalArgumentException when they cannot; with the reason.
     */
    static Path checkedFolder(final String name) {
        final Path folder = Path.of(name);
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new IllegalArgumentException("no folder can be made there: " + name);
        }
        return folder;
    }

    /** Options that name files to write. */
    static final class Converter extends NamedConverter<Path> {
        Converter() {
            super(OutputFiles::checked);
        }
    }

    /** Options that name folders to write to. */
    static final class FolderConverter extends NamedConverter<Path> {
        FolderConverter() {
            super(OutputFiles::checkedFolder);
        }
    }
}
