package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.segstm.bridge.Memory;
import org.segstm.heap.Mutator;
import org.segstm.jit.Barriers;
import org.segstm.jit.RawAccess;

import static org.segstm.bench.jmh.JmhHeap.COUNT;
import static org.segstm.bench.jmh.JmhHeap.LEFT;
import static org.segstm.bench.jmh.JmhHeap.RIGHT;
import static org.segstm.bench.jmh.JmhHeap.VALUE;

/** Read barrier: nanoseconds for each object that is read. */
public class ReadBenchmark extends TimedBenchmark {
    /**
     * Objects in the cache.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long cached(final Population state) {
        final Mutator m = state.mutator;
        final long[] refs = state.refs;
        long sum = 0;
        for (final long ref : refs) {
            sum += m.getLong(ref, COUNT);
        }
        return sum;
    }

    /**
     * The same as generated code does it.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long cachedGenerated(final Population state) {
        final Mutator m = state.mutator;
        final long base = m.segmentBase();
        final byte version = m.readVersion();
        final long[] refs = state.refs;
        long sum = 0;
        for (final long ref : refs) {
            Barriers.readBarrier(base, ref, version);
            sum += RawAccess.getLong(m, base, ref, COUNT.offset());
        }
        return sum;
    }

    /**
     * Without barrier.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long rawCached(final Population state) {
        final long base = state.mutator.segmentBase();
        final long[] refs = state.refs;
        long sum = 0;
        for (final long ref : refs) {
            sum += Memory.getLong(base + ref + COUNT.offset());
        }
        return sum;
    }

    /**
     * Java objects.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long javaCached(final JavaPopulation state) {
        long sum = 0;
        for (final JavaNode object : state.objects) {
            sum += object.value;
        }
        return sum;
    }

    /**
     * Objects anywhere in 48 MB.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long random(final Population state) {
        final Mutator m = state.mutator;
        final long[] refs = state.farRefs;
        final int first = state.next();
        long sum = 0;
        for (int i = first; i < first + Population.OBJECTS; i++) {
            sum += m.getLong(refs[i], COUNT);
        }
        return sum;
    }

    /**
     * The same as generated code does it.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long randomGenerated(final Population state) {
        final Mutator m = state.mutator;
        final long base = m.segmentBase();
        final byte version = m.readVersion();
        final long[] refs = state.farRefs;
        final int first = state.next();
        long sum = 0;
        for (int i = first; i < first + Population.OBJECTS; i++) {
            Barriers.readBarrier(base, refs[i], version);
            sum += RawAccess.getLong(m, base, refs[i], COUNT.offset());
        }
        return sum;
    }

    /**
     * Without barrier.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long rawRandom(final Population state) {
        final long base = state.mutator.segmentBase();
        final long[] refs = state.farRefs;
        final int first = state.next();
        long sum = 0;
        for (int i = first; i < first + Population.OBJECTS; i++) {
            sum += Memory.getLong(base + refs[i] + COUNT.offset());
        }
        return sum;
    }

    /**
     * Java objects.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long javaRandom(final JavaPopulation state) {
        final JavaNode[] objects = state.farObjects;
        final int first = state.next();
        long sum = 0;
        for (int i = first; i < first + Population.OBJECTS; i++) {
            sum += objects[i].value;
        }
        return sum;
    }

    /**
     * A list of 10,000 nodes.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.LIST_NODES)
    public long list(final Population state) {
        final Mutator m = state.mutator;
        long sum = 0;
        for (long node = state.list; node != 0; node = m.getRef(node, LEFT)) {
            sum += m.getLong(node, VALUE);
        }
        return sum;
    }

    /**
     * Without barrier.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.LIST_NODES)
    public long rawList(final Population state) {
        final long base = state.mutator.segmentBase();
        long sum = 0;
        for (long node = state.list; node != 0; node = Memory.getLong(base + node + LEFT.offset())) {
            sum += Memory.getLong(base + node + VALUE.offset());
        }
        return sum;
    }

    /**
     * Java objects.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.LIST_NODES)
    public long javaList(final JavaPopulation state) {
        long sum = 0;
        for (JavaNode node = state.list; node != null; node = node.left) {
            sum += node.value;
        }
        return sum;
    }

    /**
     * A tree of 8191 nodes, recursively.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.TREE_NODES)
    public long tree(final Population state) {
        return sum(state.mutator, state.tree);
    }

    private static long sum(final Mutator m, final long node) {
        return node == 0 ? 0
            : m.getLong(node, VALUE) + sum(m, m.getRef(node, LEFT)) + sum(m, m.getRef(node, RIGHT));
    }

    /**
     * Without barrier.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.TREE_NODES)
    public long rawTree(final Population state) {
        return rawSum(state.mutator.segmentBase(), state.tree);
    }

    private static long rawSum(final long base, final long node) {
        return node == 0 ? 0 : Memory.getLong(base + node + VALUE.offset())
            + rawSum(base, Memory.getLong(base + node + LEFT.offset()))
            + rawSum(base, Memory.getLong(base + node + RIGHT.offset()));
    }

    /**
     * Java objects.
     *
     * @param state what to read.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.TREE_NODES)
    public long javaTree(final JavaPopulation state) {
        return javaSum(state.tree);
    }

    private static long javaSum(final JavaNode node) {
        return node == null ? 0 : node.value + javaSum(node.left) + javaSum(node.right);
    }
}
