package org.segstm.bench.pauses;

import org.segstm.bench.tool.BenchException;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.SplittableRandom;

/**
 * A table of short lists: live memory of a given size. The slots are filled in scattered order, so that marking, which
 * follows the table, runs from cache miss to cache miss as it does in programs. The table is one large array.
 */
final class Population implements AutoCloseable {
    private static final int NODES_IN_LIST = 4;
    private static final int NODE_BYTES = 48;
    private static final int LIST_BYTES = NODES_IN_LIST * NODE_BYTES + Long.BYTES;
    private static final int FILLED_AT_ONCE = 2000;
    private static final int REPLACED = 100;
    private static final int DYING = 500;
    private static final long SCATTER = 7_368_787;

    private final SegmentHeap heap;
    private final ObjectLayout node;
    private final Field number;
    private final Field next;
    private final GlobalRoot root;
    private final int slots;
    private final SplittableRandom random;

    Population(final HeapContext context, final long liveBytes, final long seed) {
        heap = SegmentHeap.open(context);
        final ObjectLayout.Builder builder = ObjectLayout.named("node");
        number = builder.field("number", FieldType.INT64);
        next = builder.field("next", FieldType.REF);
        for (int i = 0; i < NODE_BYTES / Long.BYTES - 3; i++) {
            builder.field("payload" + i, FieldType.INT64);
        }
        node = heap.register(builder);
        final ObjectLayout table = heap.register(ObjectLayout.named("table").variableRefs());
        slots = Math.toIntExact(liveBytes / LIST_BYTES);
        random = new SplittableRandom(seed);
        root = heap.prebuild("population", mutator -> mutator.allocate(table, slots));
    }

    SegmentHeap heap() {
        return heap;
    }

    /** Puts a list into every slot. */
    void fill(final Mutator mutator) {
        for (int from = 0; from < slots; from += FILLED_AT_ONCE) {
            final int start = from;
            final int end = Math.min(slots, from + FILLED_AT_ONCE);
            mutator.atomicallyDo(m -> {
                for (int i = start; i < end; i++) {
                    put(m, (int) (i * SCATTER % slots));
                }
            });
        }
    }

    /** A transaction: most of what it allocates dies at once, the rest takes the place of older lists. */
    void replaceSome(final Mutator mutator) {
        mutator.atomicallyDo(m -> {
            for (int i = 0; i < REPLACED; i++) {
                put(m, random.nextInt(slots));
                for (int k = 0; k < DYING / REPLACED * NODES_IN_LIST; k++) {
                    m.allocate(node);
                }
                m.safepoint();
            }
        });
    }

    private void put(final Mutator m, final int slot) {
        long list = 0;
        for (int i = 0; i < NODES_IN_LIST; i++) {
            final long ref = m.allocate(node);
            m.putLong(ref, number, slot);
            m.putRef(ref, next, list);
            list = ref;
        }
        m.putRefAt(root.get(), slot, list);
    }

    /** All slots must hold their own list. */
    void check(final Mutator mutator) {
        mutator.atomicallyDo(m -> {
            for (int i = 0; i < slots; i++) {
                int nodes = 0;
                for (long ref = m.getRefAt(root.get(), i); ref != 0; ref = m.getRef(ref, next)) {
                    nodes += m.getLong(ref, number) == i ? 1 : 0;
                }
                if (nodes != NODES_IN_LIST) {
                    throw new BenchException("the heap has lost nodes: slot " + i + " of " + slots + " has " + nodes);
                }
            }
        });
    }

    @Override
    public void close() {
        heap.close();
    }
}
