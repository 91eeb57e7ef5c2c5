package org.segstm.bench.layout;

import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.ChildResult;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program to run and to draw the segments of.
 *
 * @param program a workload's name, or a file with a Duhton program.
 * @param nanos   that it runs.
 * @param maps    to draw in that time, evenly.
 * @param columns into which the old space is divided.
 * @param image   file for a picture of the last map; empty for none.
 */
public record MapRequest(String program, long nanos, int maps, int columns, String image) {
    /** The line before each map. */
    public static final String NEXT_MAP = "\f";

    /**
     * A request in seconds.
     *
     * @param program a workload's name, or a file with a Duhton program.
     * @param seconds that it runs.
     * @param maps    to draw.
     * @param columns of the maps.
     * @param image   file for a picture, or null.
     * @return the request.
     */
    public static MapRequest ofSeconds(
        final String program, final double seconds, final int maps, final int columns, final Path image) {
        return new MapRequest(program, (long) (seconds * TimeUnit.SECONDS.toNanos(1)), maps, columns,
            image == null ? "" : image.toString());
    }

    /**
     * Runs the program in a JVM of its own.
     *
     * @param point layout of its heap.
     * @param lines takes the maps line by line while the program runs, {@link #NEXT_MAP} before each.
     * @throws IllegalArgumentException when the heap refused a setting; with its message.
     */
    public void drawAt(final LayoutPoint point, final Consumer<String> lines) {
        final StringBuilder refusal = new StringBuilder();
        final boolean[] drawing = {false};
        point.applyTo(new ChildJvm(MapMain.class)).argument(program).argument(nanos).argument(maps).argument(columns)
            .argument(image).run(line -> {
                drawing[0] |= NEXT_MAP.equals(line);
                if (drawing[0]) {
                    lines.accept(line);
                } else {
                    refusal.append(line).append('\n');
                }
            });
        ChildResult.parse(refusal.toString());
    }

    static MapRequest parse(final String... arguments) {
        int i = 0;
        return new MapRequest(arguments[i++], Long.parseLong(arguments[i++]), Integer.parseInt(arguments[i++]),
            Integer.parseInt(arguments[i++]), arguments[i]);
    }
}
