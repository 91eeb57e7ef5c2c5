package org.segstm.bench.lee.run;

import org.segstm.bench.tool.ChildResult;

/**
 * One board laid once.
 *
 * @param milliseconds  it took.
 * @param waves         that were run; more than routes when some had to be looked for again.
 * @param visitedCells  that all waves have reached.
 * @param laidCells     of all routes.
 * @param handOffNs     hand-off time of a cache line before; NaN with one thread.
 * @param failedCheck   what is wrong with it, or nothing.
 */
public record LeeRound(double milliseconds, long waves, long visitedCells, long laidCells, double handOffNs,
    String failedCheck) {
    private static final String MILLISECONDS = "milliseconds";
    private static final String WAVES = "waves";
    private static final String VISITED_CELLS = "visitedCells";
    private static final String LAID_CELLS = "laidCells";
    private static final String HAND_OFF_NS = "handOffNs";
    private static final String FAILED_CHECK = "failedCheck";

    /**
     * Reads what a child said.
     *
     * @param values its answer.
     * @return the round.
     */
    public static LeeRound of(final ChildResult values) {
        return new LeeRound(values.number(MILLISECONDS), (long) values.number(WAVES),
            (long) values.number(VISITED_CELLS), (long) values.number(LAID_CELLS), values.number(HAND_OFF_NS),
            values.text(FAILED_CHECK));
    }

    ChildResult toResult() {
        return new ChildResult().put(MILLISECONDS, milliseconds).put(WAVES, waves).put(VISITED_CELLS, visitedCells)
            .put(LAID_CELLS, laidCells).put(HAND_OFF_NS, handOffNs).put(FAILED_CHECK, failedCheck);
    }
}
