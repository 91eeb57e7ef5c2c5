package org.segstm.bench.survive;

/**
 * One thread's part of a program that allocates and keeps: a table of lists. A step takes a list away, checks it, and
 * puts a new one into its place. Threads do not share tables.
 */
interface Survivors extends AutoCloseable {
    /** Nodes of a list. */
    int NODES_IN_LIST = 8;

    /**
     * Fills all slots.
     *
     * @param slots number of slots.
     */
    void fill(int slots);

    /**
     * Replaces lists.
     *
     * @param steps how many; one transaction where there are any.
     * @param seed  of the random slots.
     */
    void replace(int steps, long seed);

    /**
     * Looks at all lists.
     *
     * @return sum of the numbers of all nodes: {@code slots * (slots - 1) / 2 * NODES_IN_LIST} when nothing is lost.
     */
    long sum();

    @Override
    void close();

    /** Which heap. */
    enum Kind {
        /** Ours. */
        SEGSTM,
        /** Ours in no-STM mode, for one thread. */
        SERIAL,
        /** Java's, with the collector of the JVM. */
        JAVA
    }
}
