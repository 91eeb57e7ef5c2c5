package org.segstm.bench.programs;

/**
 * What the ratios of a program are meant to reach. Ratios between runs of ours are judged at the larger size only, and
 * by the program's own seconds: at the published sizes the JVM has hardly compiled the interpreter when they end.
 */
enum ProgramTarget {
    /** Seconds of c7 divided by ours, on one thread, start of the JVM included for programs over a second. */
    AGAINST_C7(true),
    /** Seconds on one thread divided by those in no-STM mode. */
    OF_NO_STM(false),
    /** Seconds on one thread divided by those on two. */
    SPEED_UP(true),
    /** Seconds on more threads divided by those on two. */
    MORE_THREADS(false);

    private static final double NO_SLOWER = 1;
    private static final double COMPILED_AGAINST_C7 = 5;
    private static final double INTERPRETED_OF_NO_STM = 1.10;
    private static final double COMPILED_OF_NO_STM = 1.25;
    private static final double LEAST_SPEED_UP = 1.8;
    private static final double MOST_LOSS = 1.10;
    private final boolean atLeast;

    ProgramTarget(final boolean atLeast) {
        this.atLeast = atLeast;
    }

    /** The limit for a kind of code. */
    double limit(final Code code) {
        switch (this) {
            case AGAINST_C7:
                return code == Code.COMPILED ? COMPILED_AGAINST_C7 : NO_SLOWER;
            case OF_NO_STM:
                return code == Code.COMPILED ? COMPILED_OF_NO_STM : INTERPRETED_OF_NO_STM;
            case SPEED_UP:
                return LEAST_SPEED_UP;
            default:
                return MOST_LOSS;
        }
    }

    /** Is a ratio judged at this size? */
    boolean isJudged(final ProgramSize size, final Code code) {
        return size == ProgramSize.LARGE || this == AGAINST_C7 && code == Code.INTERPRETED;
    }

    /** Does a ratio reach it? */
    boolean isMet(final Code code, final double ratio) {
        return atLeast ? ratio >= limit(code) : ratio <= limit(code);
    }
}
