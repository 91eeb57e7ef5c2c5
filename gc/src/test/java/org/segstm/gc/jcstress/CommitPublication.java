package org.segstm.gc.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.segstm.heap.Mutator;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

/** A commit becomes visible at once and whole. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE,
    desc = "The reader began before the writer committed.")
@Outcome(id = "1, 1", expect = ACCEPTABLE,
    desc = "The reader began after the writer committed.")
@Outcome(id = {"0, 1", "1, 0"}, expect = FORBIDDEN,
    desc = "Half a commit was seen.")
@Outcome(expect = FORBIDDEN,
    desc = "A value that nobody wrote.")
@State
public class CommitPublication {
    private static final Arena ARENA = new Arena(3);
    private final int cells = ARENA.zeroCells(ARENA.judge);
    private final long x = ARENA.cellAt(cells);
    private final long y = ARENA.cellAt(cells + 1);

    /** Writes both cells. */
    @Actor
    public void writer() {
        final Mutator m = ARENA.first;
        m.begin();
        ARENA.put(m, x, 1);
        ARENA.put(m, y, 1);
        m.commit();
    }

    /** Reads both cells. */
    @Actor
    public void reader(final II_Result r) {
        final Mutator m = ARENA.second;
        m.begin();
        r.r1 = ARENA.get(m, x);
        r.r2 = ARENA.get(m, y);
        m.commit();
    }
}
