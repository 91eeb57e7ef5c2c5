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

/** Each writes its cell when the other one is zero. Results: committed, committed, sum. */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE,
    desc = "One began after the other had committed, and wrote nothing.")
@Outcome(id = {"1, 0, 1", "0, 1, 1"}, expect = ACCEPTABLE,
    desc = "Both began before one committed: the other rolled back.")
@Outcome(id = "1, 1, 2", expect = FORBIDDEN,
    desc = "Write skew: both saw zero and both wrote.")
@Outcome(expect = FORBIDDEN,
    desc = "No serial order gives this.")
@State
public class WriteSkew {
    private static final Arena ARENA = new Arena(3);
    private final int cells = ARENA.zeroCells(ARENA.judge);
    private final long x = ARENA.cellAt(cells);
    private final long y = ARENA.cellAt(cells + 1);

    private boolean setUnlessSet(final Mutator m, final long own, final long other) {
        m.begin();
        if (ARENA.get(m, other) == 0) {
            ARENA.put(m, own, 1);
        }
        return m.tryCommit();
    }

    /** Writes x. */
    @Actor
    public void first(final III_Result r) {
        r.r1 = setUnlessSet(ARENA.first, x, y) ? 1 : 0;
    }

    /** Writes y. */
    @Actor
    public void second(final III_Result r) {
        r.r2 = setUnlessSet(ARENA.second, y, x) ? 1 : 0;
    }

    /** Adds up. */
    @Arbiter
    public void sum(final III_Result r) {
        r.r3 = ARENA.committed(ARENA.judge, x) + ARENA.committed(ARENA.judge, y);
    }
}
