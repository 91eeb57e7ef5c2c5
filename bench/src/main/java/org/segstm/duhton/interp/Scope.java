package org.segstm.duhton.interp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.segstm.duhton.reader.Datum;
import org.segstm.duhton.reader.ListDatum;
import org.segstm.duhton.reader.SymbolDatum;

/**
 * The names that a piece of text can bind, with their slots in the frame. The main program binds globals and has no
 * slots. A slot too many does no harm: it stays unbound.
 */
public final class Scope {
    private static final String SETQ = "setq";
    private static final String DEFUN = "defun";
    private static final String QUOTE = "quote";

    private final Map<String, Integer> variables = new HashMap<>();
    private final Map<String, Integer> functions = new HashMap<>();
    private int length;

    private Scope() {
    }

    /**
     * The scope of the main program.
     *
     * @return a scope without slots.
     */
    static Scope global() {
        return new Scope();
    }

    /**
     * The scope of a function.
     *
     * @param parameters symbols; the first slots, in order.
     * @param body       text of the function.
     * @param hidden     builtins that the program may redefine, whose forms can mean anything.
     * @return the scope.
     */
    static Scope ofFunction(final List<Datum> parameters, final List<Datum> body, final Set<String> hidden) {
        final Scope scope = new Scope();
        for (final Datum parameter : parameters) {
            scope.variables.put(((SymbolDatum) parameter).name(), scope.length++);
        }
        final Deque<Datum> unseen = new ArrayDeque<>(body);
        while (!unseen.isEmpty()) {
            final Datum datum = unseen.pop();
            if (datum instanceof ListDatum) {
                scope.scan((ListDatum) datum, hidden, unseen);
            }
        }
        return scope;
    }

    private void scan(final ListDatum form, final Set<String> hidden, final Deque<Datum> unseen) {
        final List<Datum> items = form.items();
        if (form.isCallOf(SETQ)) {
            for (int i = 1; i < items.size(); i += 2) {
                addSlot(variables, items.get(i));
            }
        }
        if (form.isCallOf(DEFUN) && items.size() > 1) {
            addSlot(functions, items.get(1));
        }
        final boolean opaque = form.isCallOf(DEFUN) && !hidden.contains(DEFUN)
            || form.isCallOf(QUOTE) && !hidden.contains(QUOTE);
        if (!opaque) {
            items.forEach(unseen::push);
        }
    }

    private void addSlot(final Map<String, Integer> slots, final Datum name) {
        if (name instanceof SymbolDatum && slots.putIfAbsent(((SymbolDatum) name).name(), length) == null) {
            length++;
        }
    }

    /**
     * Slot of a variable that the text can bind.
     *
     * @param name of the variable.
     * @return its slot, null when it can only be a global one.
     */
    public Integer variableSlot(final String name) {
        return variables.get(name);
    }

    /**
     * Slot of a function that the text can define.
     *
     * @param name of the function.
     * @return its slot, null when it can only be a global one.
     */
    public Integer functionSlot(final String name) {
        return functions.get(name);
    }

    /**
     * Variables and functions of a frame.
     *
     * @return their number, 0 for the main program.
     */
    public int length() {
        return length;
    }
}
