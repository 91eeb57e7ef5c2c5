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

/** Write barrier of objects that are written again: nanoseconds for each store. */
public class WriteBenchmark extends TimedBenchmark {
    /**
     * Objects in the cache.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void cached(final WrittenPopulation state) {
        final Mutator m = state.mutator;
        for (final long ref : state.refs) {
            m.putLong(ref, COUNT, ref);
        }
    }

    /**
     * The same as generated code does it.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void cachedGenerated(final WrittenPopulation state) {
        final Mutator m = state.mutator;
        final long base = m.segmentBase();
        for (final long ref : state.refs) {
            Barriers.writeBarrier(m, base, ref);
            RawAccess.putLong(m, base, ref, COUNT.offset(), ref);
        }
    }

    /**
     * Without barrier.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void rawCached(final WrittenPopulation state) {
        final long base = state.mutator.segmentBase();
        for (final long ref : state.refs) {
            Memory.putLong(base + ref + COUNT.offset(), ref);
        }
    }

    /**
     * Java objects.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void javaCached(final JavaPopulation state) {
        long number = 0;
        for (final JavaNode object : state.objects) {
            object.value = number++;
        }
    }

    /**
     * Objects anywhere in 48 MB.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void random(final WrittenPopulation state) {
        final Mutator m = state.mutator;
        final long[] refs = state.farRefs;
        final int first = state.next();
        for (int i = first; i < first + Population.OBJECTS; i++) {
            m.putLong(refs[i], COUNT, i);
        }
    }

    /**
     * The same as generated code does it.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void randomGenerated(final WrittenPopulation state) {
        final Mutator m = state.mutator;
        final long base = m.segmentBase();
        final long[] refs = state.farRefs;
        final int first = state.next();
        for (int i = first; i < first + Population.OBJECTS; i++) {
            Barriers.writeBarrier(m, base, refs[i]);
            RawAccess.putLong(m, base, refs[i], COUNT.offset(), i);
        }
    }

    /**
     * Without barrier.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void rawRandom(final WrittenPopulation state) {
        final long base = state.mutator.segmentBase();
        final long[] refs = state.farRefs;
        final int first = state.next();
        for (int i = first; i < first + Population.OBJECTS; i++) {
            Memory.putLong(base + refs[i] + COUNT.offset(), i);
        }
    }

    /**
     * Java objects.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void javaRandom(final JavaPopulation state) {
        final JavaNode[] objects = state.farObjects;
        final int first = state.next();
        for (int i = first; i < first + Population.OBJECTS; i++) {
            objects[i].value = i;
        }
    }

    /**
     * A list of 10,000 nodes, which is read for it.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.LIST_NODES)
    public void list(final WrittenPopulation state) {
        final Mutator m = state.mutator;
        for (long node = state.list; node != 0; node = m.getRef(node, LEFT)) {
            m.putLong(node, VALUE, node);
        }
    }

    /**
     * Without barriers.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.LIST_NODES)
    public void rawList(final WrittenPopulation state) {
        final long base = state.mutator.segmentBase();
        for (long node = state.list; node != 0; node = Memory.getLong(base + node + LEFT.offset())) {
            Memory.putLong(base + node + VALUE.offset(), node);
        }
    }

    /**
     * Java objects.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.LIST_NODES)
    public void javaList(final JavaPopulation state) {
        long number = 0;
        for (JavaNode node = state.list; node != null; node = node.left) {
            node.value = number++;
        }
    }

    /**
     * A tree of 8191 nodes, recursively, which is read for it.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.TREE_NODES)
    public void tree(final WrittenPopulation state) {
        write(state.mutator, state.tree);
    }

    private static void write(final Mutator m, final long node) {
        if (node != 0) {
            m.putLong(node, VALUE, node);
            write(m, m.getRef(node, LEFT));
            write(m, m.getRef(node, RIGHT));
        }
    }

    /**
     * Without barriers.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.TREE_NODES)
    public void rawTree(final WrittenPopulation state) {
        rawWrite(state.mutator.segmentBase(), state.tree);
    }

    private static void rawWrite(final long base, final long node) {
        if (node != 0) {
            Memory.putLong(base + node + VALUE.offset(), node);
            rawWrite(base, Memory.getLong(base + node + LEFT.offset()));
            rawWrite(base, Memory.getLong(base + node + RIGHT.offset()));
        }
    }

    /**
     * Java objects.
     *
     * @param state what to write.
     */
    @Benchmark
    @OperationsPerInvocation(Population.TREE_NODES)
    public void javaTree(final JavaPopulation state) {
        javaWrite(state.tree, 1);
    }

    private static void javaWrite(final JavaNode node, final long value) {
        if (node != null) {
            node.value = value;
            javaWrite(node.left, value + 1);
            javaWrite(node.right, value + 1);
        }
    }
}
