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

/** Two increments of one cell race for the end of the log. Results: committed, committed, sum. */
@JCStressTest
@Outcome(id = "1, 1, 2", expect = ACCEPTABLE,
    desc = "One began after the other had committed.")
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE,
    desc = "The second lost the race, found that it had read an old value and rolled back.")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE,
    desc = "The first lost the race, found that it had read an old value and rolled back.")
@Outcome(id = "1, 1, 1", expect = FORBIDDEN,
    desc = "Lost update.")
@Outcome(id = "0, 0, 0", expect = FORBIDDEN,
    desc = "Each gave way to the other.")
@Outcome(expect = FORBIDDEN,
    desc = "A rolled back increment counts.")
@State
public class CommitRace {
    private static final Arena ARENA = new Arena(3);
    private final int cells = ARENA.zeroCells(ARENA.judge);
    private final long x = ARENA.cellAt(cells);

    private boolean increment(final Mutator m) {
        m.begin();
        ARENA.increment(m, x);
        return m.tryCommit();
    }

    /** Increments. */
    @Actor
    public void first(final III_Result r) {
        r.r1 = increment(ARENA.first) ? 1 : 0;
    }

    /** Increments. */
    @Actor
    public void second(final III_Result r) {
        r.r2 = increment(ARENA.second) ? 1 : 0;
    }

    /** Adds up. */
    @Arbiter
    public void sum(final III_Result r) {
        r.r3 = ARENA.committed(ARENA.judge, x);
    }
}
