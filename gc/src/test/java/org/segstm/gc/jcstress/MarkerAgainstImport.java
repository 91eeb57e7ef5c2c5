package org.segstm.gc.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.segstm.heap.Mutator;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

/** A reader marks, then imports: what it marked must not have changed, or it ends there. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE,
    desc = "Nothing was committed before the second read.")
@Outcome(id = "1, 1", expect = ACCEPTABLE,
    desc = "The writer committed before the first read.")
@Outcome(id = "-1, -1", expect = ACCEPTABLE,
    desc = "Committed between the reads: the import met the mark and the reader rolled back.")
@Outcome(id = {"0, 1", "1, 0"}, expect = FORBIDDEN,
    desc = "Zombie: the snapshot changed under the reader.")
@Outcome(expect = FORBIDDEN,
    desc = "A value that nobody wrote.")
@State
public class MarkerAgainstImport {
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

    /** Reads, validates early, reads. */
    @Actor
    public void reader(final II_Result r) {
        final Mutator m = ARENA.second;
        m.begin();
        final int seen = ARENA.get(m, x);
        if (m.validate()) {
            r.r1 = seen;
            r.r2 = ARENA.get(m, y);
            m.commit();
        } else {
            r.r1 = -1;
            r.r2 = -1;
        }
    }
}
