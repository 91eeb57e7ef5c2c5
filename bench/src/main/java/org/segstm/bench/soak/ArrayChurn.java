package org.segstm.bench.soak;

import org.segstm.heap.Mutator;

import java.util.Random;

/** One large array whose elements are replaced here and there: cards get dirty, and clean again. */
final class ArrayChurn implements Churn {
    private static final int LENGTH = 200_000;
    private static final int SLOTS_IN_USE_STEP = 20;
    private static final int REPLACED = 50;
    private final GraphHeap heap;
    private long array;

    ArrayChurn(final GraphHeap heap) {
        this.heap = heap;
    }

    @Override
    public void fill(final Mutator mutator) {
        array = heap.newTable(mutator, "array", LENGTH);
        mutator.atomicallyDo(m -> {
            for (int k = 0; k < LENGTH; k += SLOTS_IN_USE_STEP) {
                replace(m, k);
            }
        });
    }

    @Override
    public void step(final Mutator mutator, final Random random) {
        for (int i = 0; i < REPLACED; i++) {
            final int k = random.nextInt(LENGTH / SLOTS_IN_USE_STEP) * SLOTS_IN_USE_STEP;
            GraphHeap.check(mutator.getLong(mutator.getRefAt(array, k), heap.value) == k, "element of the array");
            replace(mutator, k);
        }
    }

    private void replace(final Mutator m, final int k) {
        final long ref = m.allocate(heap.node);
        m.putLong(ref, heap.value, k);
        m.putRefAt(array, k, ref);
        m.safepoint();
    }
}
