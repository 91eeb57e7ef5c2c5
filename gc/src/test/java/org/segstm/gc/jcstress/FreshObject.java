package org.segstm.gc.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.segstm.heap.Mutator;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

/** A fresh object in a page that another view is making private, or has, comes with its content. */
@JCStressTest
@Outcome(id = "-1", expect = ACCEPTABLE,
    desc = "The reader validated before the object was linked.")
@Outcome(id = "42", expect = ACCEPTABLE,
    desc = "The reader met the object, and all of it.")
@Outcome(id = "7", expect = ACCEPTABLE,
    desc = "The maker was done before the reader began: the reader met what it wrote itself.")
@Outcome(expect = FORBIDDEN,
    desc = "The reader met an object without its content.")
@State
public class FreshObject {
    private static final Arena ARENA = new Arena(3);
    /** Made last: the next one will lie beside it. */
    private static volatile long newest;
    private final int cells = ARENA.zeroCells(ARENA.judge);
    private final long x = ARENA.cellAt(cells);

    /** Allocates an object and links it. */
    @Actor
    public void maker() {
        final Mutator m = ARENA.first;
        m.begin();
        m.push(m.allocate(ARENA.cell));
        ARENA.put(m, m.root(0), 42);
        m.putRef(x, ARENA.next, m.root(0));
        m.commit();
        newest = m.pop();
    }

    /** Makes the page private by a write to the object before, then looks for the fresh one. */
    @Actor
    public void reader(final I_Result r) {
        final Mutator m = ARENA.second;
        final long neighbour = newest;
        m.begin();
        if (neighbour != 0) {
            ARENA.put(m, neighbour, 7);
        }
        if (m.validate()) {
            final long made = m.getRef(x, ARENA.next);
            r.r1 = made == 0 ? -1 : ARENA.get(m, made);
            m.abort();
        } else {
            r.r1 = -2;
        }
    }
}
