package org.segstm.gc.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

/** A segment detaches and attaches again while another one commits. Results: read by who came back, sum. */
@JCStressTest
@Outcome(id = "0, 2", expect = ACCEPTABLE,
    desc = "It came back and committed first.")
@Outcome(id = "1, 2", expect = ACCEPTABLE,
    desc = "It came back and found the other commit.")
@Outcome(expect = FORBIDDEN,
    desc = "A commit got lost on the way out or in.")
@State
public class DetachAndAttach {
    private static final Arena ARENA = new Arena(3);
    private final int cells = ARENA.zeroCells(ARENA.judge);
    private final long x = ARENA.cellAt(cells);

    /** Stays attached, unless it is detached between its transactions. */
    @Actor
    public void resident() {
        ARENA.first.atomicallyDo(m -> ARENA.increment(m, x));
    }

    /** Drops the views of all who are idle, comes back, and drops them again. */
    @Actor
    public void traveller(final II_Result r) {
        ARENA.heap.detachIdle();
        r.r1 = ARENA.second.atomically(m -> {
            final int before = ARENA.get(m, x);
            ARENA.put(m, x, before + 1);
            return before;
        });
        ARENA.heap.detachIdle();
    }

    /** Adds up. */
    @Arbiter
    public void sum(final II_Result r) {
        r.r2 = ARENA.committed(ARENA.judge, x);
    }
}
