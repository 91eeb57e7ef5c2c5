package org.segstm.bench.barriers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A Duhton program that is made small, and what is then done with its functions again and again. */
public enum WarmUpProgram {
    /** Appends ints. */
    APPEND("(setq length 10)", "(fill (list) 2000)"),
    /** Twenty transfers. */
    BANK("(setq transfers 20)", "(transfer-batch 7)"),
    /** A thousand increments of a cell. */
    CONFLICTS("(setq transactions 1 turns 1000)", "(count shared (container 0) 0)"),
    /** Sorts 300 ints. */
    MERGESORT("(setq length 300)", "(merge-sort xs)"),
    /** Six queens. */
    QUEENS("(setq n 6)", "(solve (board) 0)"),
    /** A line of 16 pixels. */
    RAYTRACE("(setq size 16)", "(draw-line (container) 9)"),
    /** A hundred rounds of the idle task. */
    RICHARDS("(setq systems 1 rounds 100)", "(run-system (container) 100)"),
    /** A loop of 2000 turns. */
    SQUARES("(setq roots 1 start 100)", "(square-root 4000000)"),
    /** A hundred transactions. */
    TINY("(setq spawners 1 each 100)", "(spawn (container))"),
    /** Builds a tree and counts its leaves. */
    TREES_BUILD("(setq trees 1 depth 8)", "(count-leaves (make-tree 8))"),
    /** Counts the leaves of a tree. */
    TREES_WALK("(setq walks 1 depth 10)", "(count-leaves tree)");

    private final String prelude;
    private final String turn;

    WarmUpProgram(final String prelude, final String turn) {
        this.prelude = prelude;
        this.turn = turn;
    }

    /**
     * The program of a name.
     *
     * @param id as in commands.
     * @return the program.
     * @throws IllegalArgumentException when there is none.
     */
    public static WarmUpProgram of(final String id) {
        return Arrays.stream(values()).filter(program -> program.id().equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such program (one of " + String.join(", ", ids()) + "): " + id));
    }

    private static List<String> ids() {
        return Arrays.stream(values()).map(WarmUpProgram::id).toList();
    }

    /**
     * Name in commands.
     *
     * @return in lower case.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The program at a size at which it takes a moment. */
    String text() {
        return prelude + DuhtonText.of(id(), false).text();
    }

    /** What is done again and again. */
    String turn() {
        return turn;
    }
}
