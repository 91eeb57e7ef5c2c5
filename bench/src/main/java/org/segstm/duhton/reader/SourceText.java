package org.segstm.duhton.reader;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of a program or of an interactive session, to tell what stands where. Safe for use by several threads. */
public final class SourceText {
    private final String name;
    private final List<String> lines = new ArrayList<>();

    /**
     * Makes a text without lines.
     *
     * @param name of the file.
     */
    public SourceText(final String name) {
        this.name = name;
    }

    /**
     * Adds a piece of text.
     *
     * @param text      of a program, one character per byte.
     * @param firstLine number of its first line.
     */
    public synchronized void add(final String text, final int firstLine) {
        while (lines.size() < firstLine - 1) {
            lines.add("");
        }
        final String decoded =
            new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        lines.subList(firstLine - 1, lines.size()).clear();
        lines.addAll(List.of(decoded.split("\n", -1)));
    }

    /**
     * Tells a place: its name as {@code file:line:column}, and on a second line the line of the source.
     *
     * @param location of it, see {@link Location}.
     * @return two lines of text.
     */
    public synchronized String describe(final long location) {
        if (location == Location.OUTPUT) {
            return "the order of outputs";
        }
        final int line = Location.line(location);
        return name + ":" + line + ":" + Location.column(location) + "\n"
            + (line <= lines.size() ? lines.get(line - 1).strip() : "");
    }
}
