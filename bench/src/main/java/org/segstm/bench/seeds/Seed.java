package org.segstm.bench.seeds;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A row of a published table: a program at its size, what its result has to be, and the published seconds. */
public enum Seed {
    /** Square roots by counting. */
    SQUARE("square, Duhton 2013", "squares", "(setq roots 16000)", "'roots' 16000 'sum' 507990789",
        "(setq roots 400)", "'roots' 400 'sum' 12650569", Threads.FEW, 1.9, 3.5, 1.8, 0.9),
    /** Walks of a small tree. */
    TREES("trees, Duhton 2013", "trees_walk", "(setq walks 40000 depth 10)", "'leaves' 1024 'walks' 40000",
        "(setq walks 1000 depth 10)", "'leaves' 1024 'walks' 1000", Threads.FEW, 0.6, 1.0, 0.54, 0.28),
    /** Walks of a large tree. */
    TREES2("trees2, Duhton 2013", "trees_walk", "(setq walks 10 depth 20)", "'leaves' 1048576 'walks' 10",
        "(setq walks 10 depth 16)", "'leaves' 65536 'walks' 10", Threads.FEW, 1.4, 2.2, 1.1, 0.57),
    /** A picture of balls. */
    RAYTRACE("raytrace 1024x1024, PyPy-STM 2013", "raytrace", "(setq size 1024)", "'size' 1024 'sum' 436213231",
        "(setq size 96)", "'size' 96 'sum' 384046440", Threads.EIGHT, 2.47, 50.2, Seed.NONE, Seed.NONE, 10.8),
    /** Tasks that send packets. */
    RICHARDS("richards, PyPy-STM 2013", "richards", "(setq systems 64)",
        "'systems' 64 'sent' 1487744 'holds' 595008", "(setq systems 8)",
        "'systems' 8 'sent' 185968 'holds' 74376", Threads.EIGHT, 0.0156, 0.371, Seed.NONE, Seed.NONE, 0.116),
    /** Parallel sum. */
    SUM7("sum of 1e7, RSqueak/STM 2014", 10_000_000, 10_000_000, 0.17, 0.29, 0.25, 0.37, 0.76, 1.46),
    /** Parallel sum. */
    SUM9("sum of 1e9, RSqueak/STM 2014", 1_000_000_000, 100_000_000, 16.8, 23.3, 16.1, 12.1, 14.1, 55.5),
    /** Parallel picture. */
    MANDELBROT("Mandelbrot, RSqueak/STM 2014", 600, 150, 0.72, 1.6, 5.6, 20, 113, Seed.NONE);

    private static final double NONE = Double.NaN;
    private final String title;
    private final String program;
    private final String prelude;
    private final String expected;
    private final String quickPrelude;
    private final String quickExpected;
    private final long size;
    private final long quickSize;
    private final Map<Integer, Double> published = new TreeMap<>();

    Seed(final String title, final String program, final String prelude, final String expected,
        final String quickPrelude, final String quickExpected, final List<Integer> threads,
        final double... publishedSeconds) {
        this.title = title;
        this.program = program;
        this.prelude = prelude;
        this.expected = expected;
        this.quickPrelude = quickPrelude;
        this.quickExpected = quickExpected;
        this.size = 0;
        this.quickSize = 0;
        publish(threads, publishedSeconds);
    }

    Seed(final String title, final long size, final long quickSize, final double... publishedSeconds) {
        this.title = title;
        this.program = null;
        this.prelude = null;
        this.expected = null;
        this.quickPrelude = null;
        this.quickExpected = null;
        this.size = size;
        this.quickSize = quickSize;
        publish(Threads.SIXTEEN, publishedSeconds);
    }

    private void publish(final List<Integer> threads, final double... seconds) {
        for (int i = 0; i < seconds.length; i++) {
            published.put(threads.get(i), seconds[i]);
        }
    }

    /**
     * The row of a name.
     *
     * @param id as in commands.
     * @return the row.
     * @throws IllegalArgumentException when there is none.
     */
    public static Seed of(final String id) {
        return Arrays.stream(values()).filter(seed -> seed.id().equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such row (one of "
                + String.join(", ", Arrays.stream(values()).map(Seed::id).toList()) + "): " + id));
    }

    /**
     * Name in commands.
     *
     * @return in lower case.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    /** A Duhton program, or one in Java? */
    boolean isDuhton() {
        return program != null;
    }

    /**
     * The shapes in which it is run.
     *
     * @return only one for a Duhton program.
     */
    public List<Shape> shapes() {
        return isDuhton() ? List.of(Shape.PLAIN) : List.of(Shape.values());
    }

    String program() {
        return program;
    }

    String prelude(final boolean quick) {
        return quick ? quickPrelude : prelude;
    }

    String expected(final boolean quick) {
        return quick ? quickExpected : expected;
    }

    long size(final boolean quick) {
        return quick ? quickSize : size;
    }

    /**
     * The numbers of threads.
     *
     * @return ascending; 0 for no-STM mode.
     */
    public List<Integer> threads() {
        return List.copyOf(((TreeMap<Integer, Double>) published).keySet());
    }

    /**
     * What was published.
     *
     * @param threads number, 0 without STM.
     * @return seconds, or NaN.
     */
    double published(final int threads) {
        return published.getOrDefault(threads, NONE);
    }

    /** Where transactions end. */
    public enum Shape {
        /** Ordinary transactions. */
        PLAIN,
        /** Each becomes inevitable before it commits, as nearly all of RSqueak's did. */
        INEVITABLE;

        /**
         * Name in reports.
         *
         * @return in lower case.
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Numbers of threads in the tables; 0 is without STM. */
    private static final class Threads {
        static final List<Integer> FEW = List.of(0, 1, 2, 4);
        static final List<Integer> EIGHT = List.of(0, 1, 2, 4, 8);
        static final List<Integer> SIXTEEN = List.of(0, 1, 2, 4, 8, 16);
    }
}
