package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.segstm.bridge.Memory;
import org.segstm.heap.Mutator;

import static org.segstm.bench.jmh.JmhHeap.COUNT;
import static org.segstm.bench.jmh.JmhHeap.HEAP;

/** Begin and commit of transactions that write nothing: nanoseconds for each. With {@code -t 2} on two threads. */
public class TransactionBenchmark extends TimedBenchmark {
    private static final int READS = 10;

    /**
     * Nothing in it.
     *
     * @param state to run in.
     */
    @Benchmark
    public void empty(final Runner state) {
        state.mutator.begin();
        state.mutator.commit();
    }

    /**
     * Nothing in it, as a block.
     *
     * @param state to run in.
     */
    @Benchmark
    public void emptyBlock(final Runner state) {
        state.mutator.atomicallyDo(m -> { });
    }

    /**
     * Ten reads.
     *
     * @param state to run in.
     * @return sum.
     */
    @Benchmark
    public long reads10(final Runner state) {
        final Mutator m = state.mutator;
        final long[] refs = state.refs;
        m.begin();
        long sum = 0;
        for (int i = 0; i < READS; i++) {
            sum += m.getLong(refs[i], COUNT);
        }
        m.commit();
        return sum;
    }

    /**
     * Two 64-bit words of one's own, as begin and commit store them: version and view revision.
     *
     * @param state to run in.
     */
    @Benchmark
    public void rawEmpty(final Runner state) {
        Memory.putLong(state.wordsAddress, ++state.number);
        Memory.putLongRelease(state.wordsAddress + Long.BYTES, state.number);
    }

    /**
     * Begin and end of a lock that nobody else wants.
     *
     * @param state to run in.
     */
    @Benchmark
    public void javaEmpty(final Runner state) {
        synchronized (state) {
            state.number++;
        }
    }

    /**
     * Ten reads of Java objects under a lock that nobody else wants.
     *
     * @param state to run in.
     * @return sum.
     */
    @Benchmark
    public long javaReads10(final Runner state) {
        long sum = 0;
        synchronized (state) {
            for (int i = 0; i < READS; i++) {
                sum += state.objects[i].value;
            }
        }
        return sum;
    }

    /** A mutator between transactions. */
    @State(Scope.Thread)
    public static class Runner {
        private static final long BYTES = 128;
        private Mutator mutator;
        private long[] refs;
        private JavaNode[] objects;
        private long wordsAddress;
        private long number;

        /** Makes what is read. */
        @Setup(Level.Trial)
        public void attach() {
            refs = JmhHeap.newCells(READS);
            objects = JavaNode.array(READS);
            wordsAddress = Memory.allocateZeroed(BYTES);
            mutator = HEAP.attachMutator("benchmark");
        }

        /** Detaches. */
        @TearDown(Level.Trial)
        public void detach() {
            mutator.close();
            Memory.free(wordsAddress);
        }
    }
}
