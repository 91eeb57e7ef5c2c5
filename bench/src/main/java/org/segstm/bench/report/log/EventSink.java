package org.segstm.bench.report.log;

/** Takes what a parser finds, in the order of the log. Times are in nanoseconds since the log began. */
public interface EventSink {
    /**
     * The header; comes first.
     *
     * @param header of the log.
     */
    void header(LogHeader header);

    /**
     * A mutator.
     *
     * @param number of it.
     * @param time   when it was attached.
     * @param name   of it.
     */
    void mutator(int number, long time, String name);

    /**
     * An event of a mutator. Those of one mutator come in order of time.
     *
     * @param number   of the mutator.
     * @param time     of the event.
     * @param kind     index in the header's list of kinds.
     * @param argument the first argument, 0 when the kind has none.
     */
    void event(int number, long time, int kind, long argument);

    /**
     * Events of a mutator could not be read: what it did next is not known.
     *
     * @param number of the mutator.
     * @param time   of the last event before.
     */
    void gap(int number, long time);

    /**
     * The text that a number stands for.
     *
     * @param table {@link org.segstm.heap.event.EventFormat#LAYOUTS} or another table.
     * @param id    the number.
     * @param text  what it stands for.
     */
    void name(int table, long id, String text);

    /**
     * A heap that writes to the log.
     *
     * @param settings of the heap, for a person to read.
     */
    void heap(String settings);

    /**
     * A transaction was rolled back because of another one.
     *
     * @param conflict of the two.
     */
    void conflict(LoggedConflict conflict);

    /**
     * A reshare or major collection.
     *
     * @param begin when it began.
     * @param end   when it ended.
     * @param kind  of collection.
     * @param cause of it.
     */
    void collection(long begin, long end, String kind, String cause);

    /**
     * The log was closed: it is complete.
     *
     * @param time when.
     */
    void end(long time);

    /**
     * Something that could not be read.
     *
     * @param text what is wrong, and where.
     */
    void problem(String text);
}
