package org.segstm.bench;

import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.JsonWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The option {@code --json} of all commands that print figures. */
final class JsonOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    private Path file;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to a file as well.")
    private void file(final Path newFile) {
        if (Files.isDirectory(newFile)) {
            throw new ParameterException(spec.commandLine(), "--json needs a file: " + newFile);
        }
        file = newFile;
    }

    boolean isGiven() {
        return file != null;
    }

    /**
     * Writes figures, if that was asked for.
     *
     * @param figures as maps, lists, strings and numbers.
     */
    void write(final Object figures) {
        if (file != null) {
            try {
                Files.writeString(file, JsonWriter.write(figures));
            } catch (final IOException e) {
                throw new BenchException("cannot write " + file + ": " + e);
            }
        }
    }
}
