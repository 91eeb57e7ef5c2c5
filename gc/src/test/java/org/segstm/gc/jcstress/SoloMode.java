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

/** One commits alone, without log entries; a guest comes and goes. Results: the guest's two reads, and the end. */
@JCStressTest
@Outcome(id = "0, 0, 2", expect = ACCEPTABLE,
    desc = "The guest came before the first commit.")
@Outcome(id = "1, 1, 2", expect = ACCEPTABLE,
    desc = "The guest came between the commits.")
@Outcome(id = "2, 2, 2", expect = ACCEPTABLE,
    desc = "The guest came after the second commit.")
@Outcome(id = {"0, 1, 2", "1, 0, 2", "0, 2, 2", "2, 0, 2", "1, 2, 2", "2, 1, 2"}, expect = FORBIDDEN,
    desc = "The guest saw half a commit.")
@Outcome(expect = FORBIDDEN,
    desc = "A commit got lost when solo mode ended or began.")
@State
public class SoloMode {
    private static final Arena ARENA = new Arena(3);
    private final int cells = ARENA.zeroCells(ARENA.first);
    private final long x = ARENA.cellAt(cells);
    private final long y = ARENA.cellAt(cells + 1);

    /** Commits twice: alone, or not. */
    @Actor
    public void resident() {
        final Mutator m = ARENA.first;
        for (int i = 0; i < 2; i++) {
            m.begin();
            ARENA.increment(m, x);
            m.safepoint();
            ARENA.increment(m, y);
            m.commit();
        }
    }

    /** Ends solo mode, reads, and lets it begin again. */
    @Actor
    public void guest(final III_Result r) {
        try (Mutator m = ARENA.heap.attachMutator("guest")) {
            m.begin();
            r.r1 = ARENA.get(m, x);
            r.r2 = ARENA.get(m, y);
            m.commit();
        }
    }

    /** Reads the end. */
    @Arbiter
    public void end(final III_Result r) {
        r.r3 = ARENA.committed(ARENA.first, x) * ARENA.committed(ARENA.first, y) / 2;
    }
}
