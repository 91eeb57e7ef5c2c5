package org.segstm.bench.survive;

import org.segstm.bench.tool.BenchException;

import java.util.SplittableRandom;

/** Plain Java objects, nothing synchronized. */
final class JavaSurvivors implements Survivors {
    private Node[] table;

    @Override
    public void fill(final int slots) {
        table = new Node[slots];
        for (int i = 0; i < slots; i++) {
            put(i);
        }
    }

    @Override
    public void replace(final int steps, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < steps; i++) {
            final int slot = random.nextInt(table.length);
            for (Node node = table[slot]; node != null; node = node.next) {
                if (node.number != slot) {
                    throw new BenchException("the heap has lost a node: slot " + slot);
                }
            }
            put(slot);
        }
    }

    private void put(final int slot) {
        Node list = null;
        for (int i = 0; i < NODES_IN_LIST; i++) {
            list = new Node(slot, list);
        }
        table[slot] = list;
    }

    @Override
    public long sum() {
        long sum = 0;
        for (final Node list : table) {
            for (Node node = list; node != null; node = node.next) {
                sum += node.number;
            }
        }
        return sum;
    }

    @Override
    public void close() {
        table = null;
    }

    /** 24 bytes with compressed refs. */
    private static final class Node {
        final long number;
        final Node next;

        Node(final long number, final Node next) {
            this.number = number;
            this.next = next;
        }
    }
}
