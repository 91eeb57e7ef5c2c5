package org.segstm.jit.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the edges that close loops, and which of them need a poll. */
final class BackEdges {
    private final CodeView code;
    private final List<Slot> found = new ArrayList<>();
    private final int[] state;

    private BackEdges(final CodeView code) {
        this.code = code;
        state = new int[code.blockCount()];
        search();
    }

    /**
     * Edges to be polled on.
     *
     * @param code with loops.
     * @return slots of the edges; every cycle has one, or has a poll of the kind asked for on each way around.
     */
    static Set<Slot> toPoll(final CodeView code) {
        final Set<Slot> polled = new HashSet<>();
        if (code.polls() != Polls.NONE) {
            final BackEdges edges = new BackEdges(code);
            for (final Slot edge : edges.found) {
                if (!edges.hasPollOnEachWay(edge)) {
                    polled.add(edge);
                }
            }
        }
        return polled;
    }

    /** Depth first, with a stack of its own; an edge to a block on the path closes a loop. */
    private void search() {
        final List<int[]> path = new ArrayList<>();
        path.add(new int[] {0, 0});
        state[0] = 1;
        while (!path.isEmpty()) {
            final int[] top = path.get(path.size() - 1);
            if (top[1] == code.successorCount(top[0])) {
                state[top[0]] = 2;
                path.remove(path.size() - 1);
                continue;
            }
            final int edge = top[1]++;
            final int target = code.successor(top[0], edge);
            if (state[target] == 1) {
                found.add(new Slot(Slot.At.EDGE, top[0], edge));
            } else if (state[target] == 0) {
                state[target] = 1;
                path.add(new int[] {target, 0});
            }
        }
    }

    private boolean hasPollOnEachWay(final Slot edge) {
        final int head = code.successor(edge.block(), edge.index());
        final boolean[] polledAtEnd = new boolean[code.blockCount()];
        final boolean[] polledAtBegin = new boolean[code.blockCount()];
        for (int b = 0; b < polledAtEnd.length; b++) {
            polledAtEnd[b] = true;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int b = 0; b < polledAtBegin.length; b++) {
                polledAtBegin[b] = b != head && b != 0;
            }
            for (int b = 0; b < polledAtEnd.length; b++) {
                for (int i = 0; state[b] != 0 && i < code.successorCount(b); i++) {
                    polledAtBegin[code.successor(b, i)] &= polledAtEnd[b];
                }
            }
            polledAtBegin[head] = false;
            for (int b = 0; b < polledAtEnd.length; b++) {
                final boolean polled = polledAtBegin[b] || polls(b);
                changed |= polled != polledAtEnd[b];
                polledAtEnd[b] = polled;
            }
        }
        return polledAtEnd[edge.block()];
    }

    private boolean polls(final int block) {
        for (int i = 0; i < code.size(block); i++) {
            final Op op = code.op(block, i);
            if (op == Op.BREAK || op == Op.SAFEPOINT && code.polls() == Polls.SAFEPOINT) {
                return true;
            }
        }
        return false;
    }
}
