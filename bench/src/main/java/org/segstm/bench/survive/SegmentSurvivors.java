package org.segstm.bench.survive;

import org.segstm.bench.tool.BenchException;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectLayout;

import java.util.SplittableRandom;

/** Objects of our heap, 32 bytes each; the table is a large array. */
final class SegmentSurvivors implements Survivors {
    private static final int FILLED_AT_ONCE = 1000;
    private static final int STEPS_BETWEEN_SAFEPOINTS = 16;
    private final ObjectLayout node;
    private final ObjectLayout tableLayout;
    private final Field number;
    private final Field next;
    private final Mutator mutator;
    private final GlobalRoot root;
    private int slots;

    SegmentSurvivors(final SurvivorLayouts layouts, final SegmentHeap heap, final String name) {
        node = layouts.node();
        tableLayout = layouts.table();
        number = layouts.number();
        next = layouts.next();
        mutator = heap.attachMutator(name);
        root = heap.newGlobalRoot(name);
    }

    @Override
    public void fill(final int newSlots) {
        slots = newSlots;
        mutator.atomicallyDo(m -> {
            m.push(m.allocate(tableLayout, slots));
            m.collectNursery();
        });
        root.set(mutator.root(mutator.rootDepth() - 1));
        mutator.pop();
        for (int from = 0; from < slots; from += FILLED_AT_ONCE) {
            final int start = from;
            mutator.atomicallyDo(m -> {
                for (int i = start; i < Math.min(slots, start + FILLED_AT_ONCE); i++) {
                    put(m, root.get(), i);
                }
            });
        }
    }

    @Override
    public void replace(final int steps, final long seed) {
        mutator.atomicallyDo(m -> {
            final SplittableRandom random = new SplittableRandom(seed);
            final long table = root.get();
            for (int i = 0; i < steps; i++) {
                final int slot = random.nextInt(slots);
                for (long ref = m.getRefAt(table, slot); ref != 0; ref = m.getRef(ref, next)) {
                    if (m.getLong(ref, number) != slot) {
                        throw new BenchException("the heap has lost a node: slot " + slot);
                    }
                }
                put(m, table, slot);
                if (i % STEPS_BETWEEN_SAFEPOINTS == 0) {
                    m.safepoint();
                }
            }
        });
    }

    private void put(final Mutator m, final long table, final int slot) {
        long list = 0;
        for (int i = 0; i < NODES_IN_LIST; i++) {
            final long ref = m.allocate(node);
            m.putLong(ref, number, slot);
            m.putRef(ref, next, list);
            list = ref;
        }
        m.putRefAt(table, slot, list);
    }

    @Override
    public long sum() {
        return mutator.atomically(m -> {
            long sum = 0;
            for (int i = 0; i < slots; i++) {
                for (long ref = m.getRefAt(root.get(), i); ref != 0; ref = m.getRef(ref, next)) {
                    sum += m.getLong(ref, number);
                }
            }
            return sum;
        });
    }

    @Override
    public void close() {
        mutator.close();
    }
}
