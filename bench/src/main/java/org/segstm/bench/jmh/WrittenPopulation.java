package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;

import static org.segstm.bench.jmh.JmhHeap.COUNT;
import static org.segstm.bench.jmh.JmhHeap.LEFT;
import static org.segstm.bench.jmh.JmhHeap.RIGHT;
import static org.segstm.bench.jmh.JmhHeap.VALUE;

/** A population all of which the transaction has written already, so that every further store takes the fast path. */
public class WrittenPopulation extends Population {
    private static final int WORD = Long.BYTES;

    /** Writes everything once. */
    @Setup(Level.Trial)
    public void write() {
        for (final long ref : refs) {
            mutator.putLong(ref, COUNT, 1);
        }
        for (final long ref : farRefs) {
            mutator.putLong(ref, COUNT, 1);
        }
        for (long node = list; node != 0; node = mutator.getRef(node, LEFT)) {
            mutator.putLong(node, VALUE, 1);
        }
        writeTree(tree);
        writeArray(smallArray, SMALL_ARRAY_BYTES);
        writeArray(largeArray, LARGE_ARRAY_BYTES);
    }

    private void writeTree(final long node) {
        if (node != 0) {
            mutator.putLong(node, VALUE, 1);
            writeTree(mutator.getRef(node, LEFT));
            writeTree(mutator.getRef(node, RIGHT));
        }
    }

    private void writeArray(final long array, final long bytes) {
        for (long i = 0; i < bytes; i += WORD) {
            mutator.putLongAt(array, i, 1);
        }
    }
}
