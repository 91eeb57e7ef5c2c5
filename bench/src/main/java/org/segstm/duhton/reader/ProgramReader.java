package org.segstm.duhton.reader;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.segstm.duhton.DuhtonError;

/** Reads program text. Works without recursion, so that no nesting of the text overflows the stack. */
public final class ProgramReader {
    /** Error text: the text ends inside a list. */
    public static final String MORE_OPEN = "more '(' than ')'";
    /** Error text: a list is closed that was not open. */
    public static final String MORE_CLOSED = "more ')' than '('";

    private ProgramReader() {
    }

    /**
     * Reads a whole program.
     *
     * @param text      of the program.
     * @param firstLine number of its first line.
     * @return the expressions of the program in a list.
     */
    public static ListDatum read(final String text, final int firstLine) {
        final Tokenizer tokens = new Tokenizer(text, firstLine);
        final Deque<OpenList> enclosing = new ArrayDeque<>();
        OpenList current = new OpenList(Location.of(firstLine, 1));
        for (Tokenizer.Kind kind = tokens.next(); kind != Tokenizer.Kind.END; kind = tokens.next()) {
            switch (kind) {
                case OPEN:
                    enclosing.push(current);
                    current = new OpenList(tokens.location());
                    break;
                case CLOSE:
                    if (enclosing.isEmpty()) {
                        throw new DuhtonError(MORE_CLOSED, tokens.line());
                    }
                    final ListDatum closed = current.close();
                    current = enclosing.pop();
                    current.items.add(closed);
                    break;
                default:
                    current.items.add(atom(tokens.token(), tokens.location()));
                    break;
            }
        }
        if (!enclosing.isEmpty()) {
            throw new DuhtonError(MORE_OPEN, Location.line(current.location));
        }
        return current.close();
    }

    /**
     * How many lists are open after a line.
     *
     * @param textLine   a whole line.
     * @param openBefore number of lists open before it.
     * @return number of open lists; less than 0 as soon as more were closed than opened.
     */
    public static int openLists(final String textLine, final int openBefore) {
        final Tokenizer tokens = new Tokenizer(textLine, 1);
        int open = openBefore;
        for (Tokenizer.Kind kind = tokens.next(); kind != Tokenizer.Kind.END && open >= 0; kind = tokens.next()) {
            open += kind == Tokenizer.Kind.OPEN ? 1 : kind == Tokenizer.Kind.CLOSE ? -1 : 0;
        }
        return open;
    }

    private static Datum atom(final String token, final long location) {
        final Integer number = CInteger.parse(token);
        return number == null ? new SymbolDatum(token, location) : new IntDatum(number, location);
    }

    private static final class OpenList {
        private final List<Datum> items = new ArrayList<>();
        private final long location;

        OpenList(final long location) {
            this.location = location;
        }

        ListDatum close() {
            return new ListDatum(items, location);
        }
    }
}
