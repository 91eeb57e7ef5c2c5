package org.segstm.bench.report.log;

/** There is no event log in what was to be read; the message says what there is instead. */
public final class EventLogException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * An error.
     *
     * @param message what is wrong, without the name of the file.
     */
    public EventLogException(final String message) {
        super(message);
    }
}
