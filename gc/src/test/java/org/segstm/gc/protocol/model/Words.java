package org.segstm.gc.protocol.model;

import org.segstm.heap.Mutator;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;

/** The words of an object as the model has them: refs are twice the numbers of nodes. */
final class Words {
    private static final int MOST_WORDS = 60;

    private Words() {
    }

    /** The first ones, in the view of the running transaction. Its node need not be known to the model by now. */
    static long[] read(final Mutator mutator, final ModelNode node, final long ref) {
        final long[] words = new long[Math.min(MOST_WORDS, node.slots())];
        for (int slot = 0; slot < words.length; slot++) {
            final long value = node.shape().read(mutator, ref, slot);
            final boolean isObject = (node.isRef(slot) || node.isWeak(slot)) && ObjectHeader.isObjectRef(value);
            words[slot] = isObject ? 2 * numberOf(mutator, value) : value;
        }
        return words;
    }

    /** What a node has in its slot 0. */
    static long numberOf(final Mutator mutator, final long ref) {
        final ObjectLayout layout = mutator.layoutOf(ref);
        final Field number = layout.fields().get(0);
        return mutator.getLong(ref, number);
    }

    /** All but the weak ones. */
    static boolean areEqual(final ModelNode node, final long[] read) {
        for (int slot = 0; slot < read.length; slot++) {
            if (!node.isWeak(slot) && read[slot] != node.lastWords()[slot]) {
                return false;
            }
        }
        return true;
    }
}
