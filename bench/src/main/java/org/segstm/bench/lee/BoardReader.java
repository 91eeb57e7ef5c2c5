package org.segstm.bench.lee;

import org.segstm.bench.tool.BenchException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads boards in the text form of the Lee-TM benchmark.
 *
 * <pre>
 *  # comment
 *  B width height          the board, first
 *  P x y                   a pad
 *  J fromX fromY toX toY   a route
 *  E                       the end
 * </pre>
 */
public final class BoardReader {
    /** Boards that the program carries. */
    public static final List<String> OWN_BOARDS = List.of("comb", "field");
    private static final int LARGEST_SIDE = 10_000;
    private final String name;
    private final int layers;
    private final List<int[]> pads = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private int width;
    private int height;
    private int line;
    private boolean ended;

    private BoardReader(final String name, final int layers) {
        this.name = name;
        this.layers = layers;
    }

    /**
     * Reads a board.
     *
     * @param nameOrFile one of {@link #OWN_BOARDS}, or the path of a file.
     * @param layers     that routes may use at most.
     * @return the board.
     * @throws BenchException when it cannot be read; the message names the line.
     */
    public static Board read(final String nameOrFile, final int layers) {
        try {
            if (OWN_BOARDS.contains(nameOrFile)) {
                try (InputStream in = BoardReader.class.getResourceAsStream(nameOrFile + ".txt")) {
                    return read(nameOrFile, layers,
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
                }
            }
            final Path file = Path.of(nameOrFile);
            try (BufferedReader in = Files.newBufferedReader(file)) {
                final String fileName = file.getFileName().toString();
                final int dot = fileName.lastIndexOf('.');
                return read(dot > 0 ? fileName.substring(0, dot) : fileName, layers, in);
            }
        } catch (final IOException e) {
            throw new BenchException("cannot read " + nameOrFile + ": " + e);
        }
    }

    private static Board read(final String name, final int layers, final BufferedReader in) throws IOException {
        final BoardReader reader = new BoardReader(name, layers);
        for (String text = in.readLine(); text != null && !reader.ended; text = in.readLine()) {
            reader.line++;
            reader.parse(text.trim());
        }
        reader.check(reader.width > 0, "there is no B");
        return new Board(name, reader.width, reader.height, layers, reader.pads, reader.routes);
    }

    private void parse(final String text) {
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        final String[] words = text.split("\\s+");
        check(words[0].equals("B") || words[0].equals("E") || width > 0, "B comes first: " + text);
        switch (words[0]) {
            case "B" -> {
                final int[] size = numbers(words, 2, text);
                check(size[0] >= 1 && size[0] <= LARGEST_SIDE && size[1] >= 1 && size[1] <= LARGEST_SIDE,
                    "a board has from 1 to " + LARGEST_SIDE + " columns and rows: " + text);
                width = size[0];
                height = size[1];
            }
            case "P" -> {
                final int[] pad = numbers(words, 2, text);
                checkInside(pad[0], pad[1], text);
                pads.add(pad);
            }
            case "J" -> {
                final int[] ends = numbers(words, 4, text);
                checkInside(ends[0], ends[1], text);
                checkInside(ends[2], ends[3], text);
                routes.add(new Route(routes.size() + 1, ends[0], ends[1], ends[2], ends[3]));
            }
            case "E" -> ended = true;
            default -> check(false, "not B, P, J or E: " + text);
        }
    }

    private int[] numbers(final String[] words, final int count, final String text) {
        check(words.length == count + 1, words[0] + " has " + count + " numbers: " + text);
        final int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            check(words[i + 1].matches("[0-9]{1,6}"), "not a number: " + text);
            numbers[i] = Integer.parseInt(words[i + 1]);
        }
        return numbers;
    }

    private void checkInside(final int x, final int y, final String text) {
        check(x < width && y < height, "outside of the board: " + text);
    }

    private void check(final boolean right, final String rule) {
        if (!right) {
            throw new BenchException(name + ", line " + line + ": " + rule);
        }
    }
}
