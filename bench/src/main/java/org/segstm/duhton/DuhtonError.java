package org.segstm.duhton;

/** An error of a Duhton program: ends the program (or the line of an interactive session) with its text. */
public final class DuhtonError extends RuntimeException {
    /** Stands for a source line that is not known. */
    public static final int UNKNOWN_LINE = 0;
    /** Text of the error that stands in for an overflow of the stack. */
    public static final String RECURSION_TOO_DEEP = "recursion too deep";
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String lastWords;

    /**
     * An error at a place of the source.
     *
     * @param text of the error.
     * @param line of the source, from 1, or {@link #UNKNOWN_LINE}.
     */
    public DuhtonError(final String text, final int line) {
        this(text, line, null);
    }

    /**
     * An error that has something to say on standard output.
     *
     * @param text      of the error.
     * @param line      of the source, from 1, or {@link #UNKNOWN_LINE}.
     * @param lastWords a line for standard output, whether or not the transaction commits; null for none.
     */
    public DuhtonError(final String text, final int line, final String lastWords) {
        // Errors end programs and are told by their text: no stack trace of the interpreter is wanted.
        super(text, null, true, false);
        this.line = line;
        this.lastWords = lastWords;
    }

    /**
     * Where the error happened.
     *
     * @return line of the source, from 1, or {@link #UNKNOWN_LINE}.
     */
    public int line() {
        return line;
    }

    /**
     * What the error says on standard output.
     *
     * @return a line without its end, or null.
     */
    public String lastWords() {
        return lastWords;
    }

    /**
     * What is shown to the user: the fixed text, then the line where it is known.
     *
     * @return one line of text.
     */
    public String report() {
        return line == UNKNOWN_LINE ? getMessage() : getMessage() + " (line " + line + ")";
    }
}
