package org.segstm.bench;

import org.segstm.bench.tool.JsonWriter;
import org.segstm.bench.tool.Measured;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The option {@code --json} of all commands that print figures. */
final class JsonOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", converter = OutputFiles.Converter.class,
        description = "Write the figures to a file as well.")
    private Path file;

    boolean isGiven() {
        return file != null;
    }

    /**
     * Writes what was measured here, if that was asked for: the command, the machine, Java, flags, state of the
     * sources, and the figures.
     *
     * @param figures as maps, lists, strings and numbers.
     */
    void write(final Object figures) {
        if (isGiven()) {
            final Map<String, Object> all = new LinkedHashMap<>();
            all.put("command", spec.root().name() + " "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()));
            all.putAll(Measured.facts());
            all.put("figures", figures);
            writeAlone(all);
        }
    }

    /**
     * Writes figures of something that was measured elsewhere, if that was asked for.
     *
     * @param figures as maps, lists, strings and numbers.
     */
    void writeAlone(final Object figures) {
        if (isGiven()) {
            OutputFiles.write(file, JsonWriter.write(figures));
        }
    }
}
