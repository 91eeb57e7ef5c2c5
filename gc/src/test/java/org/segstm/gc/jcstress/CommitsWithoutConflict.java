package org.segstm.gc.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.segstm.heap.Mutator;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

/** Two commits that share nothing but the end of the log. Results: committed, committed, sum. */
@JCStressTest
@Outcome(id = "1, 1, 2", expect = ACCEPTABLE,
    desc = "Both committed, whoever lost the race imported the other entry and tried again.")
@Outcome(id = {"1, 0, 1", "0, 1, 1", "0, 0, 0"}, expect = FORBIDDEN,
    desc = "Rolled back without a conflict.")
@Outcome(expect = FORBIDDEN,
    desc = "A commit got lost.")
@State
public class CommitsWithoutConflict {
    private static final Arena ARENA = new Arena(3);
    private final int cells = ARENA.zeroCells(ARENA.judge);
    private final long x = ARENA.cellAt(cells);
    private final long y = ARENA.cellAt(cells + 1);

    private boolean increment(final Mutator m, final long ref) {
        m.begin();
        ARENA.increment(m, ref);
        return m.tryCommit();
    }

    /** Increments its own cell. */
    @Actor
    public void first(final III_Result r) {
        r.r1 = increment(ARENA.first, x) ? 1 : 0;
    }

    /** Increments its own cell. */
    @Actor
    public void second(final III_Result r) {
        r.r2 = increment(ARENA.second, y) ? 1 : 0;
    }

    /** Adds up. */
    @Arbiter
    public void sum(final III_Result r) {
        r.r3 = ARENA.committed(ARENA.judge, x) + ARENA.committed(ARENA.judge, y);
    }
}
