package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.segstm.bridge.Memory;
import org.segstm.heap.Mutator;

import static org.segstm.bench.jmh.JmhHeap.HEAP;
import static org.segstm.bench.jmh.JmhHeap.LEFT;
import static org.segstm.bench.jmh.JmhHeap.NODE;

/**
 * Minor collection of a nursery with 10,000 nodes of 32 bytes, some of which live on as a list: nanoseconds for each
 * node, dead or alive.
 */
public class MinorCollectionBenchmark extends TimedBenchmark {
    private static final int NODES = 10_000;
    private static final int PERCENT = 100;

    /**
     * Collects.
     *
     * @param state with a nursery.
     */
    @Benchmark
    @OperationsPerInvocation(NODES)
    public void collect(final FullNursery state) {
        state.mutator.collectNursery();
    }

    /**
     * Copies so many nodes, one by one, to where the last one ended.
     *
     * @param state with memory.
     */
    @Benchmark
    @OperationsPerInvocation(NODES)
    public void rawCopy(final Area state) {
        final long bytes = NODE.fixedSize();
        for (int i = 0; i < state.survivors(); i++) {
            Memory.copyWords(state.fromAddress + i * bytes * PERCENT / Math.max(1, state.survivingPercent),
                state.toAddress + i * bytes, bytes);
        }
    }

    /**
     * Copies so many nodes of a Java list into another one.
     *
     * @param state with a list.
     * @return the copy.
     */
    @Benchmark
    @OperationsPerInvocation(NODES)
    public Object javaCopy(final JavaList state) {
        JavaNode copy = null;
        for (JavaNode node = state.list; node != null; node = node.left) {
            final JavaNode next = new JavaNode();
            next.value = node.value;
            next.left = copy;
            copy = next;
        }
        return copy;
    }

    /** A nursery that is filled anew for each collection. */
    @State(Scope.Thread)
    public static class FullNursery {
        /** Nodes that live on, of a hundred. */
        @Param({"0", "10", "100"})
        private int survivingPercent;

        private Mutator mutator;

        /** Attaches. */
        @Setup(Level.Trial)
        public void attach() {
            mutator = HEAP.attachMutator("benchmark");
        }

        /** Fills the nursery. */
        @Setup(Level.Invocation)
        public void fill() {
            mutator.begin();
            mutator.push(0);
            final int root = mutator.rootDepth() - 1;
            for (int i = 0; i < NODES; i++) {
                final long node = mutator.allocate(NODE);
                if (i % PERCENT < survivingPercent) {
                    mutator.putRef(node, LEFT, mutator.root(root));
                    mutator.setRoot(root, node);
                }
            }
        }

        /** Gives up the survivors. */
        @TearDown(Level.Invocation)
        public void abort() {
            mutator.abort();
        }

        /** Closes. */
        @TearDown(Level.Trial)
        public void close() {
            mutator.close();
        }
    }

    /** Memory to copy from and to. */
    @State(Scope.Thread)
    public static class Area {
        /** Nodes that live on, of a hundred. */
        @Param({"0", "10", "100"})
        private int survivingPercent;

        private long fromAddress;
        private long toAddress;

        /** Allocates. */
        @Setup(Level.Trial)
        public void allocate() {
            fromAddress = Memory.allocateZeroed(NODES * NODE.fixedSize());
            toAddress = Memory.allocateZeroed(NODES * NODE.fixedSize());
        }

        int survivors() {
            return NODES * survivingPercent / PERCENT;
        }

        /** Frees. */
        @TearDown(Level.Trial)
        public void free() {
            Memory.free(fromAddress);
            Memory.free(toAddress);
        }
    }

    /** A list of the survivors. */
    @State(Scope.Thread)
    public static class JavaList {
        /** Nodes that live on, of a hundred. */
        @Param({"0", "10", "100"})
        private int survivingPercent;

        private JavaNode list;

        /** Makes the list. */
        @Setup(Level.Trial)
        public void make() {
            list = JavaNode.list(NODES * survivingPercent / PERCENT);
        }
    }
}
