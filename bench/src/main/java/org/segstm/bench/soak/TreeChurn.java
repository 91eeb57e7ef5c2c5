package org.segstm.bench.soak;

import org.segstm.heap.Mutator;

import java.util.Random;

/** Trees of random depth in a table; the value of a node is the number of nodes below it, itself among them. */
final class TreeChurn implements Churn {
    private static final int SLOTS = 256;
    private static final int DEEPEST = 9;
    private static final int TREES_IN_STEP = 4;
    private final GraphHeap heap;
    private long slots;

    TreeChurn(final GraphHeap heap) {
        this.heap = heap;
    }

    @Override
    public void fill(final Mutator mutator) {
        slots = heap.newTable(mutator, "trees", SLOTS);
        final Random random = new Random(1);
        for (int i = 0; i < SLOTS; i++) {
            final int k = i;
            final int depth = 1 + random.nextInt(DEEPEST);
            mutator.atomicallyDo(m -> replace(m, k, depth));
        }
    }

    @Override
    public void step(final Mutator mutator, final Random random) {
        for (int i = 0; i < TREES_IN_STEP; i++) {
            final int k = random.nextInt(SLOTS);
            final long tree = mutator.getRefAt(slots, k);
            GraphHeap.check(count(mutator, tree) == mutator.getLong(tree, heap.value), "nodes of a tree");
            replace(mutator, k, 1 + random.nextInt(DEEPEST));
        }
    }

    private void replace(final Mutator m, final int k, final int depth) {
        build(m, depth);
        m.putRefAt(slots, k, m.pop());
    }

    /** Leaves the tree on the shadow stack. */
    private void build(final Mutator m, final int depth) {
        long nodes = 1;
        if (depth > 0) {
            build(m, depth - 1);
            build(m, depth - 1);
        }
        final long ref = m.allocate(heap.node);
        if (depth > 0) {
            final long rightRef = m.pop();
            final long leftRef = m.pop();
            m.putRef(ref, heap.left, leftRef);
            m.putRef(ref, heap.right, rightRef);
            nodes += m.getLong(leftRef, heap.value) + m.getLong(rightRef, heap.value);
        }
        m.putLong(ref, heap.value, nodes);
        m.push(ref);
        m.safepoint();
    }

    private long count(final Mutator m, final long tree) {
        return tree == 0 ? 0 : 1 + count(m, m.getRef(tree, heap.left)) + count(m, m.getRef(tree, heap.right));
    }
}
