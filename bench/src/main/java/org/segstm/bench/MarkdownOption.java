package org.segstm.bench;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** The option {@code --markdown} of commands whose tables go into reports. */
final class MarkdownOption {
    @Option(names = "--markdown", paramLabel = "FILE", converter = OutputFiles.Converter.class,
        description = "Write what is measured in Markdown as well.")
    private Path file;

    /**
     * Writes tables, if that was asked for.
     *
     * @param facts  what they were measured on.
     * @param tables in Markdown.
     */
    void write(final String facts, final String... tables) {
        OutputFiles.write(file, "```\n" + facts + "```\n\n" + String.join("\n", tables));
    }
}
