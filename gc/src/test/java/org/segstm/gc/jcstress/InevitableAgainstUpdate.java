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

/** An inevitable transaction against an update of the same cell. Results: committed, committed, sum. */
@JCStressTest
@Outcome(id = "1, 1, 2", expect = ACCEPTABLE,
    desc = "One after the other.")
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE,
    desc = "The update had read what the inevitable transaction wrote, and rolled back.")
@Outcome(id = {"0, 1, 1", "0, 0, 0"}, expect = FORBIDDEN,
    desc = "An inevitable transaction aborted.")
@Outcome(expect = FORBIDDEN,
    desc = "Lost update.")
@State
public class InevitableAgainstUpdate {
    private static final Arena ARENA = new Arena(3);
    private final int cells = ARENA.zeroCells(ARENA.judge);
    private final long x = ARENA.cellAt(cells);

    /** Increments for sure. */
    @Actor
    public void inevitable(final III_Result r) {
        final Mutator m = ARENA.first;
        m.beginInevitable("cannot be undone");
        ARENA.increment(m, x);
        m.safepoint();
        r.r1 = m.tryCommit() ? 1 : 0;
    }

    /** Increments, perhaps. */
    @Actor
    public void update(final III_Result r) {
        final Mutator m = ARENA.second;
        m.begin();
        ARENA.increment(m, x);
        r.r2 = m.tryCommit() ? 1 : 0;
    }

    /** Adds up. */
    @Arbiter
    public void sum(final III_Result r) {
        r.r3 = ARENA.committed(ARENA.judge, x);
    }
}
