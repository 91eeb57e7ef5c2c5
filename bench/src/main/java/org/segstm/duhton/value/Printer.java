package org.segstm.duhton.value;

import org.segstm.duhton.DuhtonError;
import org.segstm.heap.Mutator;

/** The printed forms of values. */
public final class Printer {
    /** Deepest nesting that is printed; a list may contain itself. */
    private static final int MAXIMUM_DEPTH = 50_000;

    private final Mutator mutator;
    private final Shapes shapes;
    private final Symbols symbols;
    private final OutputText text;

    /**
     * Makes the printer of a thread.
     *
     * @param mutator of the thread.
     * @param shapes  of the heap.
     * @param symbols of the program.
     * @param text    to append to.
     */
    public Printer(final Mutator mutator, final Shapes shapes, final Symbols symbols, final OutputText text) {
        this.mutator = mutator;
        this.shapes = shapes;
        this.symbols = symbols;
        this.text = text;
    }

    /**
     * Appends the printed form of a value. Reaches no safepoint.
     *
     * @param value to print.
     * @param line  of the source, for the error.
     */
    public void print(final long value, final int line) {
        print(value, 0, line);
    }

    private void print(final long value, final int depth, final int line) {
        if (depth > MAXIMUM_DEPTH) {
            throw new DuhtonError(DuhtonError.RECURSION_TOO_DEEP, line);
        }
        if (Values.isInt(value)) {
            text.append(Integer.toString(Values.intOf(value)));
        } else if (value == Values.NONE) {
            text.append("None");
        } else if (shapes.isSymbol(mutator, value)) {
            text.append('\'').append(symbols.name(mutator.getInt(value, shapes.symbolId))).append('\'');
        } else if (shapes.isFloat(mutator, value)) {
            text.append(Double.toString(shapes.floatOf(mutator, value)));
        } else if (shapes.isCons(mutator, value)) {
            printCons(value, depth, line);
        } else if (shapes.isList(mutator, value)) {
            printList(value, depth, line);
        } else if (shapes.isContainer(mutator, value)) {
            text.append("<container ");
            print(mutator.getRef(value, shapes.content), depth + 1, line);
            text.append('>');
        } else {
            text.append('<').append(shapes.typeName(mutator, value)).append('>');
        }
    }

    private void printCons(final long consRef, final int depth, final int line) {
        text.append("( ");
        print(mutator.getRef(consRef, shapes.car), depth + 1, line);
        long rest = mutator.getRef(consRef, shapes.cdr);
        while (shapes.isCons(mutator, rest)) {
            text.append(' ');
            print(mutator.getRef(rest, shapes.car), depth + 1, line);
            rest = mutator.getRef(rest, shapes.cdr);
        }
        if (rest != Values.NONE) {
            text.append(" . ");
            print(rest, depth + 1, line);
        }
        text.append(" )");
    }

    private void printList(final long listRef, final int depth, final int line) {
        final int count = Lists.length(mutator, shapes, listRef);
        if (count == 0) {
            text.append("[]");
            return;
        }
        text.append("[ ");
        for (int i = 0; i < count; i++) {
            print(Lists.get(mutator, shapes, listRef, i, line), depth + 1, line);
            text.append(' ');
        }
        text.append(']');
    }
}
