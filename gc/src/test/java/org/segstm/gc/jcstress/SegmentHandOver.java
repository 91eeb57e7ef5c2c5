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

/** Two mutators share one segment: what one did there is what the other finds. Results: read, read, sum. */
@JCStressTest
@Outcome(id = "0, 1, 2", expect = ACCEPTABLE,
    desc = "The first had the segment first.")
@Outcome(id = "1, 0, 2", expect = ACCEPTABLE,
    desc = "The second had the segment first.")
@Outcome(id = {"0, 0, 2", "0, 0, 1"}, expect = FORBIDDEN,
    desc = "Both had it at the same time.")
@Outcome(expect = FORBIDDEN,
    desc = "Something got lost when the segment changed hands.")
@State
public class SegmentHandOver {
    private static final Arena ARENA = new Arena(1);
    private final int cells = ARENA.zeroCells(ARENA.judge);
    private final long x = ARENA.cellAt(cells);

    private int increment(final Mutator m) {
        m.begin();
        final int before = ARENA.get(m, x);
        ARENA.put(m, x, before + 1);
        m.commit();
        return before;
    }

    /** Increments. */
    @Actor
    public void first(final III_Result r) {
        r.r1 = increment(ARENA.first);
    }

    /** Increments. */
    @Actor
    public void second(final III_Result r) {
        r.r2 = increment(ARENA.second);
    }

    /** Adds up. */
    @Arbiter
    public void sum(final III_Result r) {
        r.r3 = ARENA.committed(ARENA.judge, x);
    }
}
