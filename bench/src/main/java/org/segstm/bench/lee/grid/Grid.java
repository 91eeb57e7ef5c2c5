package org.segstm.bench.lee.grid;

/** The cells of one board while it is being laid. */
public interface Grid extends AutoCloseable {
    /**
     * Access for one thread, to be called in it.
     *
     * @param name of the thread.
     * @return the session.
     */
    GridSession newSession(String name);

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
