package org.segstm.bench.layout;

import org.segstm.heap.Mutator;

import static org.segstm.bench.layout.LayoutHeap.NEXT;
import static org.segstm.bench.layout.LayoutHeap.NODE;
import static org.segstm.bench.layout.LayoutHeap.TABLE;
import static org.segstm.bench.layout.LayoutHeap.VALUE;

/**
 * Objects that survive: replaces 100 lists of 8 nodes in a table of the thread's own, which is the root of its shadow
 * stack. A node's value tells the slot that its list is for.
 */
final class SurvivorLoop extends LayoutLoop {
    private static final int LISTS = 100;
    private static final int NODES_IN_LIST = 8;
    private final int slots;

    SurvivorLoop(final Mutator mutator, final long[] cells, final long seed) {
        super(mutator, cells, seed);
        this.slots = cells.length;
        mutator.atomicallyDo(m -> m.push(m.allocate(TABLE, slots)));
    }

    @Override
    void runBatch() {
        final Mutator m = mutator;
        long rnd = random;
        m.begin();
        for (int i = 0; i < LISTS; i++) {
            rnd = nextRandom(rnd);
            final int slot = below(slots, rnd);
            long list = 0;
            for (int j = 0; j < NODES_IN_LIST; j++) {
                final long node = m.allocate(NODE);
                m.putLong(node, VALUE, slot);
                m.putRef(node, NEXT, list);
                list = node;
            }
            m.putRefAt(m.root(0), slot, list);
            m.safepoint();
        }
        if (m.tryCommit()) {
            committed++;
        } else {
            aborted++;
        }
        random = rnd;
    }

    @Override
    long operationsPerTransaction() {
        return LISTS * NODES_IN_LIST;
    }

    @Override
    String check() {
        return mutator.atomically(m -> {
            for (int slot = 0; slot < slots; slot++) {
                final long list = m.getRefAt(m.root(0), slot);
                int nodes = 0;
                for (long node = list; node != 0; node = m.getRef(node, NEXT)) {
                    if (m.getLong(node, VALUE) != slot || ++nodes > NODES_IN_LIST) {
                        return "the list of slot " + slot + " is not what was put there";
                    }
                }
                if (list != 0 && nodes != NODES_IN_LIST) {
                    return "the list of slot " + slot + " has lost nodes: " + nodes;
                }
            }
            return "";
        });
    }
}
