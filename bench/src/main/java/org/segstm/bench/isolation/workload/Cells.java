package org.segstm.bench.isolation.workload;

import org.segstm.bench.isolation.check.IsolationViolation;
import org.segstm.bench.isolation.history.Version;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectLayout;

import java.util.SplittableRandom;

/**
 * Variables of one shape. What a variable holds is a version, with check words beside it where there is room, so that
 * a reader notices an object of which it sees only a part.
 */
abstract class Cells {
    private final String shape;
    private final int firstVariable;
    private final int count;
    private final GlobalRoot root;
    private long table;

    /**
     * Makes the description of cells that {@link #found} will make.
     *
     * @param heap          that they live in.
     * @param shape         a word for people.
     * @param firstVariable number of the first variable.
     * @param count         variables.
     */
    Cells(final SegmentHeap heap, final String shape, final int firstVariable, final int count) {
        this.shape = shape;
        this.firstVariable = firstVariable;
        this.count = count;
        this.root = heap.newGlobalRoot(shape);
    }

    final String shape() {
        return shape;
    }

    final int firstVariable() {
        return firstVariable;
    }

    final int count() {
        return count;
    }

    /** Old objects do not move, so a committed ref is good for ever. */
    final long table() {
        return table;
    }

    /** Makes all objects, in a transaction of its own. */
    final void found(final Mutator mutator, final ObjectLayout array) {
        mutator.atomicallyDo(m -> {
            m.push(m.allocate(array, objects()));
            for (int i = 0; i < objects(); i++) {
                m.putRefAt(m.root(m.rootDepth() - 1), i, create(m, i));
            }
        });
        table = mutator.pop();
        root.set(table);
    }

    /** Objects in the table. */
    abstract int objects();

    /** Makes an object of the table with the initial versions; no safepoint on the way. */
    abstract long create(Mutator m, int object);

    /** Reads a variable. */
    abstract long read(Mutator m, int index);

    /** Reads a variable that is about to be stored into; may rely on the write barrier for the read mark. */
    long readToStore(final Mutator m, final int index, final SplittableRandom dice) {
        return read(m, index);
    }

    /** Stores a version. */
    abstract void store(Mutator m, int index, long version, SplittableRandom dice);

    final long initial(final int index) {
        return Version.initial(firstVariable + index);
    }

    /** The check word that was found must belong to the version that was found. */
    final void check(final int index, final long version, final long word, final long found) {
        if (found != Version.checkWord(version, word)) {
            throw new IsolationViolation("an object is torn: x" + (firstVariable + index) + " (" + shape + ") = "
                + Version.toString(version) + " with word " + word + " of another version: 0x"
                + Long.toHexString(found));
        }
    }
}
