package org.segstm.duhton.interp;

import java.util.List;
import org.segstm.duhton.reader.Datum;
import org.segstm.duhton.reader.ListDatum;
import org.segstm.duhton.reader.SymbolDatum;

/** A list of the text that is to be evaluated: a name and what it is applied to. */
public final class Form {
    private final String name;
    private final List<Datum> arguments;
    private final int line;

    Form(final ListDatum list) {
        this.name = ((SymbolDatum) list.items().get(0)).name();
        this.arguments = list.items().subList(1, list.items().size());
        this.line = list.line();
    }

    /**
     * What is applied.
     *
     * @return name of a builtin or user function.
     */
    public String name() {
        return name;
    }

    /**
     * The arguments.
     *
     * @return all of them.
     */
    public List<Datum> arguments() {
        return arguments;
    }

    /**
     * An argument.
     *
     * @param index from 0.
     * @return the argument.
     */
    public Datum argument(final int index) {
        return arguments.get(index);
    }

    /**
     * How many arguments there are.
     *
     * @return their number.
     */
    public int count() {
        return arguments.size();
    }

    /**
     * The arguments from one on.
     *
     * @param index of the first.
     * @return the rest.
     */
    public List<Datum> argumentsFrom(final int index) {
        return arguments.subList(index, arguments.size());
    }

    /**
     * Where it starts.
     *
     * @return line of the source.
     */
    public int line() {
        return line;
    }

    /**
     * The node of a form that is applied to the wrong number of arguments.
     *
     * @param expected what the form takes instead, such as "one argument".
     * @return node that is the error.
     */
    public Node wrongArguments(final String expected) {
        return wrongArguments(name, expected);
    }

    /**
     * The node of a form that is applied to the wrong number of arguments.
     *
     * @param operation name to tell.
     * @param expected  what the form takes instead, such as "one argument".
     * @return node that is the error.
     */
    public Node wrongArguments(final String operation, final String expected) {
        return new ErrorNode(operation + ": expected " + expected, line);
    }
}
