package org.segstm.bench.barriers;

import org.segstm.bench.programs.DuhtonRun;
import org.segstm.bench.tool.Resources;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Duhton program to measure.
 *
 * @param name     in tables.
 * @param text     of the program, a character per byte.
 * @param expected what it prints; null when that is only known from a run.
 */
public record DuhtonText(String name, String text, String expected) {
    private static final String SUFFIX = ".duh";
    private static final String EXPECTED_SUFFIX = ".expected";
    /** The programs that come with this, and preludes with which they take a moment. */
    private static final Map<String, String> QUICK = new TreeMap<>(Map.ofEntries(
        Map.entry("append", "(setq length 100000)"),
        Map.entry("bank", "(setq transfers 4000 audit-every 5)"),
        Map.entry("conflicts", "(setq transactions 60 turns 1000)"),
        Map.entry("mergesort", "(setq length 5000)"),
        Map.entry("queens", "(setq n 7)"),
        Map.entry("raytrace", "(setq size 16)"),
        Map.entry("richards", "(setq systems 1 rounds 1000)"),
        Map.entry("squares", "(setq roots 20 start 10000000)"),
        Map.entry("tiny", "(setq spawners 20 each 1000)"),
        Map.entry("tour", ""),
        Map.entry("trees_build", "(setq trees 64 depth 8)"),
        Map.entry("trees_walk", "(setq walks 100 depth 8)")));

    /**
     * The programs that come with this.
     *
     * @return their names.
     */
    public static List<String> names() {
        return List.copyOf(QUICK.keySet());
    }

    /**
     * A program that comes with this, or one in a file.
     *
     * @param program its name, or a path; what the latter prints is looked up in a file beside it.
     * @param quick   at a size at which it takes a moment? Files are taken as they are.
     * @return the program.
     * @throws IllegalArgumentException when there is none.
     */
    public static DuhtonText of(final String program, final boolean quick) {
        if (QUICK.containsKey(program)) {
            final String text = resource(program + SUFFIX);
            return quick ? new DuhtonText(program, QUICK.get(program) + text, null)
                : new DuhtonText(program, text, resource(program + EXPECTED_SUFFIX));
        }
        try {
            final Path file = Path.of(program);
            final Path expected = Path.of(
                (program.endsWith(SUFFIX) ? program.substring(0, program.length() - SUFFIX.length()) : program)
                    + EXPECTED_SUFFIX);
            return new DuhtonText(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1),
                Files.exists(expected) ? Files.readString(expected, StandardCharsets.ISO_8859_1) : null);
        } catch (final IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                "no file, and none of " + String.join(", ", names()) + ": " + program);
        }
    }

    private static String resource(final String name) {
        return Resources.text(DuhtonRun.class, "program", name, StandardCharsets.ISO_8859_1);
    }
}
