package org.segstm.bench.soak;

import org.segstm.heap.Mutator;

import java.util.Random;

/** Byte arrays of all sizes, most of them with pages of their own: free runs of pages must not fall to pieces. */
final class BlobChurn implements Churn {
    private static final int SLOTS = 64;
    private static final int LOG_LONGEST = 19;
    private static final int SHORTEST = 64;
    private final GraphHeap heap;
    private long slots;

    BlobChurn(final GraphHeap heap) {
        this.heap = heap;
    }

    @Override
    public void fill(final Mutator mutator) {
        slots = heap.newTable(mutator, "blobs", SLOTS);
        for (int i = 0; i < SLOTS; i++) {
            final int k = i;
            mutator.atomicallyDo(m -> replace(m, k, SHORTEST << k % (LOG_LONGEST - 6)));
        }
    }

    @Override
    public void step(final Mutator mutator, final Random random) {
        final int k = random.nextInt(SLOTS);
        final long blob = mutator.getRefAt(slots, k);
        final int length = (int) mutator.length(blob);
        GraphHeap.check(mutator.getByteAt(blob, 0) == mark(length)
            && mutator.getByteAt(blob, length - 1) == mark(length)
            && mutator.getByteAt(blob, length / 2) == 0, "bytes of a blob");
        replace(mutator, k, SHORTEST + random.nextInt(1 << 1 + random.nextInt(LOG_LONGEST)));
    }

    private void replace(final Mutator m, final int k, final int length) {
        final long blob = m.allocate(heap.blob, length);
        m.putByteAt(blob, 0, mark(length));
        m.putByteAt(blob, length - 1, mark(length));
        m.putRefAt(slots, k, blob);
        m.safepoint();
    }

    private static byte mark(final int length) {
        return (byte) (length | 1);
    }
}
