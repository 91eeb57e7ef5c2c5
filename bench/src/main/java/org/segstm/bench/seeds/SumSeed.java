package org.segstm.bench.seeds;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/** Sum of the numbers up to n: each thread adds its part, number by number, to an object of its own. */
final class SumSeed extends ParallelSeed {
    private static final long NUMBERS_IN_TRANSACTION = 10_000;
    private static final long SAFEPOINT_MASK = 1023;
    private final long size;
    private final Field sum;
    private final GlobalRoot table;

    SumSeed(final HeapContext context, final Seed.Shape shape, final int threads, final long size) {
        super(context, shape, threads);
        this.size = size;
        final ObjectLayout.Builder builder = ObjectLayout.named("sum");
        sum = builder.field("sum", FieldType.INT64);
        final ObjectLayout layout = heap.register(builder);
        final ObjectLayout sums = heap.register(ObjectLayout.named("sums").variableRefs());
        table = heap.newGlobalRoot("sums");
        try (Mutator mutator = heap.attachMutator("setup")) {
            mutator.atomicallyDo(m -> {
                m.push(m.allocate(sums, threads));
                for (int i = 0; i < threads; i++) {
                    m.putRefAt(m.root(0), i, m.allocate(layout));
                }
            });
            table.set(mutator.pop());
        }
    }

    @Override
    void work(final Mutator mutator, final int thread) {
        final long end = size * (thread + 1) / threads;
        mutator.atomicallyDo(m -> m.putLong(m.getRefAt(table.get(), thread), sum, 0));
        for (long first = size * thread / threads; first < end; first += NUMBERS_IN_TRANSACTION) {
            final long from = first;
            final long to = Math.min(end, first + NUMBERS_IN_TRANSACTION);
            mutator.atomicallyDo(m -> add(m, thread, from, to));
        }
    }

    private void add(final Mutator mutator, final int thread, final long from, final long to) {
        long ref = mutator.getRefAt(table.get(), thread);
        for (long number = from; number < to; number++) {
            mutator.putLong(ref, sum, mutator.getLong(ref, sum) + number + 1);
            if ((number & SAFEPOINT_MASK) == 0) {
                mutator.safepoint();
                ref = mutator.getRefAt(table.get(), thread);
            }
        }
        finish(mutator);
    }

    @Override
    long result() {
        try (Mutator mutator = heap.attachMutator("check")) {
            return mutator.atomically(m -> {
                long all = 0;
                for (int i = 0; i < threads; i++) {
                    all += m.getLong(m.getRefAt(table.get(), i), sum);
                }
                return all;
            });
        }
    }

    @Override
    long expected() {
        return size * (size + 1) / 2;
    }
}
