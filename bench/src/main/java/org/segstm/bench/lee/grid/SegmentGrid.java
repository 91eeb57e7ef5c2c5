package org.segstm.bench.lee.grid;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectLayout;

import java.util.function.Function;

/**
 * One large object of our heap, four bytes for each cell: conflicts are found for cards of 32 cells. Glances are
 * transactions that only read: they see one state of the whole grid, and commit without looking at what others did.
 */
final class SegmentGrid implements Grid {
    private static final int LOG_BYTES_IN_CELL = 2;
    /** The one heap of this JVM, a constant for C2. */
    private static final SegmentHeap HEAP = SegmentHeap.open(new HeapContext());
    private static final ObjectLayout GRID = HEAP.register(ObjectLayout.named("grid").variableBytes());
    private static final GlobalRoot ROOT = HEAP.newGlobalRoot("grid");

    SegmentGrid(final int[] contents) {
        try (Mutator mutator = HEAP.attachMutator("setup")) {
            ROOT.set(0);
            mutator.atomicallyDo(m -> {
                m.push(m.allocate(GRID, (long) contents.length << LOG_BYTES_IN_CELL));
                for (int i = 0; i < contents.length; i++) {
                    m.putIntAt(m.root(0), (long) i << LOG_BYTES_IN_CELL, contents[i]);
                }
                m.collectNursery();
                ROOT.set(m.pop());
            });
        }
    }

    @Override
    public GridSession newSession(final String name) {
        return new Session(HEAP.attachMutator(name), ROOT.get());
    }

    @Override
    public String settings() {
        return HEAP.context().toString();
    }

    private static final class Session extends GridSession {
        private final Mutator mutator;
        private final long grid;
        private boolean glancing;

        Session(final Mutator mutator, final long grid) {
            this.mutator = mutator;
            this.grid = grid;
        }

        @Override
        public Runnable atomic(final Runnable body) {
            final Function<Mutator, Object> block = m -> {
                body.run();
                return null;
            };
            return () -> mutator.atomically(block);
        }

        @Override
        public Runnable glance(final Runnable body) {
            final Runnable transaction = atomic(body);
            return () -> {
                glancing = true;
                transaction.run();
                glancing = false;
            };
        }

        @Override
        public int get(final int cell) {
            return mutator.getIntAt(grid, (long) cell << LOG_BYTES_IN_CELL);
        }

        @Override
        public void set(final int cell, final int value) {
            mutator.putIntAt(grid, (long) cell << LOG_BYTES_IN_CELL, value);
        }

        /** A glance commits whatever others did meanwhile; the other transactions need not go on when they cannot. */
        @Override
        public void poll() {
            mutator.safepoint();
            if (!glancing) {
                mutator.validateOrAbort();
            }
        }

        @Override
        public void close() {
            mutator.close();
        }
    }
}
