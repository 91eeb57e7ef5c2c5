package org.segstm.bench.inevitable;

import org.segstm.heap.Mutator;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Which transactions become inevitable, and when. All threads work on cells of their own. */
public enum InevitableShape {
    /** None; to compare with. */
    NONE {
        @Override
        void transaction(final InevitableRun run, final Mutator m, final int thread, final long seed) {
            run.touch(m, thread, seed, READS, WRITES);
        }
    },
    /** All of them, near their end, as a VM's whose primitives are not known to be harmless. */
    ALL_AT_THEIR_END {
        @Override
        void transaction(final InevitableRun run, final Mutator m, final int thread, final long seed) {
            run.touch(m, thread, seed, READS, WRITES - 1);
            m.becomeInevitable("primitive");
            run.touch(m, thread, seed + 1, READS / 8, 1);
        }
    },
    /** All those of the first thread, from their begin; it computes for long. The others' are counted. */
    ONE_THREAD_COMPUTES {
        @Override
        void transaction(final InevitableRun run, final Mutator m, final int thread, final long seed) {
            if (isApart(thread)) {
                m.becomeInevitable("computes");
                run.touch(m, thread, seed, LONG, WRITES);
            } else {
                run.touch(m, thread, seed, READS, WRITES);
            }
        }

        @Override
        boolean isApart(final int thread) {
            return thread == 0;
        }
    },
    /** All those of the first thread, which blocks outside meanwhile. The others' are counted. */
    ONE_THREAD_BLOCKS {
        @Override
        void transaction(final InevitableRun run, final Mutator m, final int thread, final long seed) {
            if (isApart(thread)) {
                m.becomeInevitable("blocks");
                run.touch(m, thread, seed, READS, WRITES);
                m.park();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                m.unpark();
            } else {
                run.touch(m, thread, seed, READS, WRITES);
            }
        }

        @Override
        boolean isApart(final int thread) {
            return thread == 0;
        }
    };

    private static final int READS = 400;
    private static final int WRITES = 4;
    private static final int LONG = 100_000;

    abstract void transaction(InevitableRun run, Mutator m, int thread, long seed);

    /** Is a thread one that is not counted? */
    boolean isApart(final int thread) {
        return false;
    }

    long increments(final int thread) {
        return WRITES;
    }
}
