package org.segstm.gc.jcstress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.segstm.heap.Mutator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

/** Who makes the world stand still meets nobody inside a transaction, but at safepoints. */
@JCStressTest
@Outcome(id = "0", expect = ACCEPTABLE,
    desc = "The mutator was outside, or at a safepoint.")
@Outcome(id = "1", expect = FORBIDDEN,
    desc = "The mutator was running.")
@State
public class SafepointHandShake {
    private static final Arena ARENA = new Arena(3);
    private static final int INCREMENTS = 10;
    private static final int LOOKS = 500;
    private static final VarHandle INSIDE = handle();
    private final int cells = ARENA.zeroCells(ARENA.judge);
    private final long x = ARENA.cellAt(cells);
    private int inside;

    private static VarHandle handle() {
        try {
            return MethodHandles.lookup().findVarHandle(SafepointHandShake.class, "inside", int.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private void work(final Mutator m) {
        INSIDE.setOpaque(this, 1);
        for (int i = 0; i < INCREMENTS; i++) {
            ARENA.increment(m, x);
        }
        INSIDE.setOpaque(this, 0);
    }

    /** Runs, with a safepoint in the middle. */
    @Actor
    public void mutator() {
        final Mutator m = ARENA.first;
        m.begin();
        work(m);
        m.safepoint();
        work(m);
        m.commit();
    }

    /** Makes the world stand still. */
    @Actor
    public void stopper(final I_Result r) {
        ARENA.heap.whileStopped(stopped -> {
            for (int i = 0; i < LOOKS; i++) {
                r.r1 |= (int) INSIDE.getOpaque(this);
            }
        });
    }
}
