package org.segstm.bench.isolation.check;

import java.util.Arrays;

/**
 * A directed graph of numbered nodes. Tells whether it has a cycle by taking away, again and again, a node that no edge
 * leads to (Kahn 1962); what is left is searched for a shortest cycle.
 */
final class OrderGraph {
    private static final long MOST_VISITS = 200_000_000;
    private static final int NOWHERE = -1;

    private int nodes;
    /** Nodes from here on cost nothing on a path: time. */
    private int firstFree;
    private int edges;
    private int[] from = new int[1 << 16];
    private int[] to = new int[1 << 16];
    private int[] starts = new int[0];
    private int[] targets = new int[0];
    private int[] incoming = new int[0];
    private int[] queue = new int[0];

    /** Starts anew. */
    void start(final int newNodes, final int newFirstFree) {
        nodes = newNodes;
        firstFree = newFirstFree;
        edges = 0;
    }

    void edge(final int source, final int target) {
        if (edges == from.length) {
            from = Arrays.copyOf(from, 2 * edges);
            to = Arrays.copyOf(to, 2 * edges);
        }
        from[edges] = source;
        to[edges++] = target;
    }

    int edges() {
        return edges;
    }

    /**
     * Searches for a cycle.
     *
     * @return the nodes of a shortest one in order, free ones left out; empty when there is none.
     */
    int[] findCycle() {
        sortEdges();
        int tail = 0;
        for (int node = 0; node < nodes; node++) {
            if (incoming[node] == 0) {
                queue[tail++] = node;
            }
        }
        for (int head = 0; head < tail; head++) {
            final int node = queue[head];
            for (int e = starts[node]; e < starts[node + 1]; e++) {
                if (--incoming[targets[e]] == 0) {
                    queue[tail++] = targets[e];
                }
            }
        }
        return tail == nodes ? new int[0] : shortestCycle();
    }

    private void sortEdges() {
        if (starts.length < nodes + 1) {
            starts = new int[nodes + 1];
            incoming = new int[nodes];
            queue = new int[nodes];
        }
        if (targets.length < edges) {
            targets = new int[from.length];
        }
        Arrays.fill(starts, 0, nodes + 1, 0);
        Arrays.fill(incoming, 0, nodes, 0);
        for (int e = 0; e < edges; e++) {
            starts[from[e] + 1]++;
            incoming[to[e]]++;
        }
        for (int node = 0; node < nodes; node++) {
            starts[node + 1] += starts[node];
        }
        for (int e = edges - 1; e >= 0; e--) {
            targets[starts[from[e]]++] = to[e];
        }
        for (int node = nodes; node > 0; node--) {
            starts[node] = starts[node - 1];
        }
        starts[0] = 0;
    }

    /** From every node that is left, as long as patience lasts: a path back to itself through the fewest nodes. */
    private int[] shortestCycle() {
        final int[] previous = new int[nodes];
        final int[] distance = new int[nodes];
        int[] best = new int[0];
        long visits = 0;
        for (int node = 0; node < firstFree && (best.length == 0 || visits < MOST_VISITS); node++) {
            if (incoming[node] > 0) {
                final int limit = best.length == 0 ? Integer.MAX_VALUE : best.length;
                visits += search(node, limit, previous, distance);
                if (previous[node] != NOWHERE) {
                    best = path(node, previous);
                    if (best.length == 2) {
                        return best;
                    }
                }
            }
        }
        return best;
    }

    /** Breadth first, free nodes before others. Edges among nodes that are taken away already lead nowhere. */
    private long search(final int start, final int limit, final int[] previous, final int[] distance) {
        Arrays.fill(previous, NOWHERE);
        Arrays.fill(distance, Integer.MAX_VALUE);
        final IntDeque open = new IntDeque(nodes);
        open.addLast(start);
        distance[start] = 0;
        long visits = nodes >> 4;
        while (!open.isEmpty()) {
            final int node = open.removeFirst();
            for (int e = starts[node]; e < starts[node + 1]; e++) {
                final int target = targets[e];
                final int cost = target < firstFree ? 1 : 0;
                final int way = distance[node] + cost;
                visits++;
                if (target == start && way < limit) {
                    previous[start] = node;
                    return visits;
                }
                if (incoming[target] > 0 && way < distance[target] && way < limit) {
                    distance[target] = way;
                    previous[target] = node;
                    if (cost == 0) {
                        open.addFirst(target);
                    } else {
                        open.addLast(target);
                    }
                }
            }
        }
        return visits;
    }

    private int[] path(final int start, final int[] previous) {
        int length = 0;
        int node = start;
        do {
            length += node < firstFree ? 1 : 0;
            node = previous[node];
        } while (node != start);
        final int[] nodesOnPath = new int[length];
        do {
            if (node < firstFree) {
                nodesOnPath[--length] = node;
            }
            node = previous[node];
        } while (node != start);
        return nodesOnPath;
    }

    /** A ring of node numbers. A node may be in it several times. */
    private static final class IntDeque {
        private int[] elements;
        private int head;
        private int size;

        IntDeque(final int capacity) {
            elements = new int[Integer.highestOneBit(Math.max(1, Math.min(capacity, 1 << 16))) * 2];
        }

        boolean isEmpty() {
            return size == 0;
        }

        void addLast(final int element) {
            growIfFull();
            elements[head + size++ & elements.length - 1] = element;
        }

        void addFirst(final int element) {
            growIfFull();
            head = head - 1 & elements.length - 1;
            elements[head] = element;
            size++;
        }

        int removeFirst() {
            final int element = elements[head];
            head = head + 1 & elements.length - 1;
            size--;
            return element;
        }

        private void growIfFull() {
            if (size == elements.length) {
                final int[] larger = new int[2 * size];
                for (int i = 0; i < size; i++) {
                    larger[i] = elements[head + i & size - 1];
                }
                elements = larger;
                head = 0;
            }
        }
    }
}
