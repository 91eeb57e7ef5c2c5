package org.segstm.bench.soak;

import org.segstm.heap.Mutator;

import java.util.Random;

/**
 * Queues as linked lists whose nodes are numbered: what is added at one end goes at the other, so that every object
 * gets old and dies old.
 */
final class QueueChurn implements Churn {
    private static final int QUEUES = 8;
    private static final int LONGEST = 4000;
    private static final int MOST_ADDED = 300;
    private final GraphHeap heap;
    /** First and last node of each queue. */
    private long ends;

    QueueChurn(final GraphHeap heap) {
        this.heap = heap;
    }

    @Override
    public void fill(final Mutator mutator) {
        ends = heap.newTable(mutator, "queues", 2 * QUEUES);
        for (int i = 0; i < QUEUES; i++) {
            final int queue = i;
            mutator.atomicallyDo(m -> {
                final long first = m.allocate(heap.node);
                m.putRefAt(ends, 2L * queue, first);
                m.putRefAt(ends, 2L * queue + 1, first);
            });
        }
    }

    @Override
    public void step(final Mutator mutator, final Random random) {
        final int queue = random.nextInt(QUEUES);
        add(mutator, 2L * queue + 1, 1 + random.nextInt(MOST_ADDED));
        long first = mutator.getRefAt(ends, 2L * queue);
        final long newest = mutator.getLong(mutator.getRefAt(ends, 2L * queue + 1), heap.value);
        while (newest - mutator.getLong(first, heap.value) >= LONGEST) {
            final long next = mutator.getRef(first, heap.left);
            GraphHeap.check(mutator.getLong(next, heap.value) == mutator.getLong(first, heap.value) + 1,
                "numbers of a queue");
            first = next;
        }
        mutator.putRefAt(ends, 2L * queue, first);
    }

    private void add(final Mutator m, final long end, final int count) {
        for (int i = 0; i < count; i++) {
            final long last = m.getRefAt(ends, end);
            final long ref = m.allocate(heap.node);
            m.putLong(ref, heap.value, m.getLong(last, heap.value) + 1);
            m.putRef(last, heap.left, ref);
            m.putRefAt(ends, end, ref);
            m.safepoint();
        }
    }
}
