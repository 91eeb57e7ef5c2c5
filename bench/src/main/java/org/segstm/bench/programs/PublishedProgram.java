package org.segstm.bench.programs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A program: its two sizes, what it prints at each, and what was published for the first one. Seconds of c7 and c8 are
 * those on 1, 2, 4 and 8 threads; GIL is their interpreter without STM.
 *
 * <p>The factor of the larger size says how much more work it is, never too high: published seconds are multiplied by
 * it where the larger sizes are compared.
 */
public enum PublishedProgram {
    /** Square roots by counting, a transaction each. */
    SQUARES("squares", size("(setq roots 400)", "'roots' 400 'sum' 12650569"),
        size("(setq roots 16000)", "'roots' 16000 'sum' 507990789"), 40,
        seconds(1.47), seconds(1.57, 0.82, 0.87, 0.92), seconds(1.56, 0.76, 0.79, 0.80), seconds()),
    /** Ten queens; the factor is that of the tests whether a place is safe. */
    QUEENS("queens", size("(setq n 10)", "'queens' 10 'solutions' 724"),
        size("(setq n 12)", "'queens' 12 'solutions' 14200"), 29,
        seconds(0.77), seconds(0.93, 0.54, 0.56, 0.57), seconds(0.83, 0.47, 0.46, 0.50), seconds()),
    /** Merge sort in two halves; the factor leaves the logarithm out. */
    MERGESORT("mergesort", size("(setq length 100000)", "'sorted' 100000 'sum' -1597376397"),
        size("(setq length 1000000)", "'sorted' 1000000 'sum' 1745415237"), 10,
        seconds(1.31), seconds(1.45, 0.90, 0.90, 0.92), seconds(1.40, 0.86, 0.88, 0.91), seconds(153, 63, 61)),
    /** Transactions that count, one in eight of them in a shared cell. */
    CONFLICTS("conflicts", size("(setq transactions 600)", "'sharers' 75 'shared' 3750 'total' 6000000"),
        size("(setq transactions 20000)", "'sharers' 2500 'shared' 125000 'total' 200000000"), 33,
        seconds(1.38), seconds(1.49, 0.81, 0.85, 0.92), seconds(1.43, 0.73, 0.74, 0.77), seconds()),
    /** Walks of a tree of 1024 leaves. */
    TREES_WALK("trees_walk", size("(setq walks 10000 depth 10)", "'leaves' 1024 'walks' 10000"),
        size("(setq walks 100000 depth 10)", "'leaves' 1024 'walks' 100000"), 10,
        seconds(2.00), seconds(2.16, 1.22, 1.43, 1.73), seconds(2.08, 1.06, 1.07, 1.10), seconds()),
    /** Walks of a tree of 2^20 leaves; for the factor the building counts as a walk, and the main program walks too. */
    TREES_LARGE("trees_walk", size("(setq walks 10 depth 20)", "'leaves' 1048576 'walks' 10"),
        size("(setq walks 20 depth 20)", "'leaves' 1048576 'walks' 20"), 22.0 / 12,
        seconds(2.78), seconds(2.98, 1.73, 1.70, 1.81), seconds(2.79, 1.63, 1.77, 2.57), seconds(260, 64, 39)),
    /** Trees that are built, counted and dropped; nothing was published. */
    TREES_BUILD("trees_build", size("(setq trees 2000)", "'trees' 2000 'kept' 250 'leaves' 2048000"),
        size("(setq trees 20000)", "'trees' 20000 'kept' 2500 'leaves' 20480000"), 10,
        seconds(), seconds(), seconds(), seconds()),
    /** Empty transactions, queued from others. */
    TINY("tiny", size("(setq each 2000)", "'queued' 1600000"),
        size("(setq each 20000)", "'queued' 16000000"), 10,
        seconds(0.48), seconds(1.16, 1.41), seconds(1.09, 1.73, 4.24, 5.48), seconds()),
    /** One long list, by one transaction. */
    APPEND("append", size("(setq length 10000000)", "'length' 10000000 'last' 9999999"),
        size("(setq length 30000000)", "'length' 30000000 'last' 29999999"), 3,
        seconds(3.47), seconds(4.68), seconds(3.27), seconds(3364, 845, 1009));

    private static final List<Integer> ALL_THREADS = List.of(0, 1, 2, 4, 8, 16);
    private static final List<Integer> ONE_THREAD = List.of(0, 1);
    private static final List<Integer> PUBLISHED_THREADS = List.of(1, 2, 4, 8);
    private final String file;
    private final Size table;
    private final Size large;
    private final double factor;
    private final double[] gil;
    private final double[] c7;
    private final double[] c8;
    private final double[] peaks;

    PublishedProgram(
        final String file, final Size table, final Size large, final double factor, final double[] gil,
        final double[] c7, final double[] c8, final double[] peaks) {
        this.file = file;
        this.table = table;
        this.large = large;
        this.factor = factor;
        this.gil = gil;
        this.c7 = c7;
        this.c8 = c8;
        this.peaks = peaks;
    }

    private static Size size(final String prelude, final String expected) {
        return new Size(prelude, expected);
    }

    private static double[] seconds(final double... values) {
        return values;
    }

    /**
     * The program of a name.
     *
     * @param id as in commands.
     * @return the program.
     * @throws IllegalArgumentException when there is none.
     */
    public static PublishedProgram of(final String id) {
        return Arrays.stream(values()).filter(program -> program.id().equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such program (one of "
                + String.join(", ", Arrays.stream(values()).map(PublishedProgram::id).toList()) + "): " + id));
    }

    /**
     * Name in commands and reports.
     *
     * @return in lower case.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Numbers of threads that make sense.
     *
     * @return ascending; 0 for no-STM mode.
     */
    public List<Integer> threads() {
        return this == APPEND ? ONE_THREAD : ALL_THREADS;
    }

    String file() {
        return file;
    }

    String prelude(final ProgramSize size) {
        return (size == ProgramSize.TABLE ? table : large).prelude;
    }

    String expected(final ProgramSize size) {
        return (size == ProgramSize.TABLE ? table : large).expected;
    }

    /** How much more work than the published size; 1 for that. */
    double factor(final ProgramSize size) {
        return size == ProgramSize.TABLE ? 1 : factor;
    }

    /** Published seconds; 0 threads without STM; NaN where nothing was published. */
    double c7(final int threads) {
        return threads == 0 ? at(gil, 0) : at(c7, PUBLISHED_THREADS.indexOf(threads));
    }

    /** Published seconds; NaN where nothing was published. */
    double c8(final int threads) {
        return at(c8, PUBLISHED_THREADS.indexOf(threads));
    }

    /** Published peak memory on one thread of c7, c8 and the interpreter without STM, MiB; or nothing. */
    double[] peaks() {
        return peaks.clone();
    }

    private static double at(final double[] values, final int index) {
        return index >= 0 && index < values.length ? values[index] : Double.NaN;
    }

    /** What comes before the program's text, and what it prints then. */
    private record Size(String prelude, String expected) {
    }
}
