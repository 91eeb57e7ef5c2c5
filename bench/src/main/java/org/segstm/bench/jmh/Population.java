package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.segstm.heap.Mutator;

import java.util.Random;

import static org.segstm.bench.jmh.JmhHeap.HEAP;

/**
 * A mutator inside a transaction that lasts as long as the benchmark, and what it works on. Objects in random order are
 * far from one another, but their refs are read in order, so that only the objects miss the cache.
 */
@State(Scope.Thread)
public class Population {
    static final int OBJECTS = 1000;
    static final int FAR_OBJECTS = 1_500_000;
    static final int TREE_DEPTH = 12;
    static final int TREE_NODES = (2 << TREE_DEPTH) - 1;
    static final int LIST_NODES = 10_000;
    static final long SMALL_ARRAY_BYTES = 32 << 10;
    static final long LARGE_ARRAY_BYTES = 48 << 20;
    private static final long SEED = 7;

    Mutator mutator;
    long[] refs;
    long[] farRefs;
    long list;
    long tree;
    long smallArray;
    long largeArray;
    /** Where the next reading of far objects begins. */
    int position;

    /** Begins, and touches everything once. */
    @Setup(Level.Trial)
    public void begin() {
        refs = Made.REFS;
        farRefs = Made.FAR_REFS;
        list = Made.LIST;
        tree = Made.TREE;
        smallArray = Made.SMALL_ARRAY;
        largeArray = Made.LARGE_ARRAY;
        mutator = HEAP.attachMutator("benchmark");
        mutator.begin();
        for (final long ref : farRefs) {
            mutator.getLong(ref, JmhHeap.COUNT);
        }
        for (long i = 0; i < LARGE_ARRAY_BYTES; i += Long.BYTES) {
            mutator.getLongAt(largeArray, i);
        }
    }

    /** Gives up what was done. */
    @TearDown(Level.Trial)
    public void end() {
        if (mutator.inTransaction()) {
            mutator.abort();
        }
        mutator.close();
    }

    /** First of the next {@link #OBJECTS} far objects. */
    int next() {
        final int first = position;
        position = first + 2 * OBJECTS > FAR_OBJECTS ? 0 : first + OBJECTS;
        return first;
    }

    /** Objects of all populations of this JVM. */
    private static final class Made {
        static final long[] REFS = JmhHeap.newCells(OBJECTS);
        static final long[] FAR_REFS = JmhHeap.newCells(FAR_OBJECTS);
        static final long LIST = JmhHeap.newList(LIST_NODES);
        static final long TREE = JmhHeap.newTree(TREE_DEPTH);
        static final long SMALL_ARRAY = JmhHeap.newNumbers(SMALL_ARRAY_BYTES);
        static final long LARGE_ARRAY = JmhHeap.newNumbers(LARGE_ARRAY_BYTES);

        static {
            final Random random = new Random(SEED);
            for (int i = FAR_REFS.length - 1; i > 0; i--) {
                final int j = random.nextInt(i + 1);
                final long swapped = FAR_REFS[i];
                FAR_REFS[i] = FAR_REFS[j];
                FAR_REFS[j] = swapped;
            }
        }
    }
}
