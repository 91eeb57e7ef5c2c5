package org.segstm.bench.compare.peer;

/** What all threads of one party share: cells and a map, set up already. */
public interface Store extends AutoCloseable {
    /**
     * Access for one thread, to be called in it.
     *
     * @param name of the thread.
     * @return the session.
     */
    Session newSession(String name);

    /**
     * Settings worth printing.
     *
     * @return text, or nothing.
     */
    default String settings() {
        return "";
    }

    @Override
    default void close() {
        // Most have nothing to give back.
    }
}
