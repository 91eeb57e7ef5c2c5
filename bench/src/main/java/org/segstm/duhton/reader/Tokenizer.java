package org.segstm.duhton.reader;

/**
 * Cuts program text into parentheses and atoms. A comment starts with a semicolon where a token could start; inside an
 * atom the semicolon is a character like any other.
 */
public final class Tokenizer {
    private final String text;
    private int position;
    private int line;
    private int lineStart;
    private int tokenStart;
    private int tokenEnd;

    /**
     * Starts at the beginning of a text.
     *
     * @param text      to cut.
     * @param firstLine number of the text's first line.
     */
    public Tokenizer(final String text, final int firstLine) {
        this.text = text;
        this.line = firstLine;
    }

    /**
     * Goes to the next token.
     *
     * @return its kind.
     */
    public Kind next() {
        skipBlanksAndComments();
        if (position == text.length()) {
            return Kind.END;
        }
        tokenStart = position;
        final char first = text.charAt(position++);
        if (first != '(' && first != ')') {
            while (position < text.length() && !endsAtom(text.charAt(position))) {
                position++;
            }
        }
        tokenEnd = position;
        return first == '(' ? Kind.OPEN : first == ')' ? Kind.CLOSE : Kind.ATOM;
    }

    /**
     * Text of the token that {@link #next()} went to.
     *
     * @return the token.
     */
    public String token() {
        return text.substring(tokenStart, tokenEnd);
    }

    /**
     * Line of the token that {@link #next()} went to.
     *
     * @return line number.
     */
    public int line() {
        return line;
    }

    /**
     * Where the token that {@link #next()} went to starts.
     *
     * @return line and column, see {@link Location}.
     */
    public long location() {
        return Location.of(line, tokenStart - lineStart + 1);
    }

    private void skipBlanksAndComments() {
        boolean comment = false;
        while (position < text.length()) {
            final char c = text.charAt(position);
            if (c == '\n') {
                line++;
                lineStart = position + 1;
                comment = false;
            } else if (c == ';') {
                comment = true;
            } else if (!comment && !isBlank(c)) {
                return;
            }
            position++;
        }
    }

    private static boolean endsAtom(final char c) {
        return isBlank(c) || c == '(' || c == ')';
    }

    private static boolean isBlank(final char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    /** Kinds of token. */
    public enum Kind {
        /** Opening parenthesis. */
        OPEN,
        /** Closing parenthesis. */
        CLOSE,
        /** An int or a symbol. */
        ATOM,
        /** End of the text. */
        END
    }
}
