package org.segstm.duhton.interp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.segstm.duhton.reader.Datum;
import org.segstm.duhton.reader.ListDatum;
import org.segstm.duhton.reader.SymbolDatum;

/** What can be told of text without knowing what its forms mean. Works without recursion. */
final class TextScan {
    private final Set<String> names = new LinkedHashSet<>();
    private final List<Datum> quoted = new ArrayList<>();
    private final Set<String> definedFunctions = new HashSet<>();

    TextScan(final ListDatum text) {
        final Deque<Datum> unseen = new ArrayDeque<>();
        unseen.push(text);
        while (!unseen.isEmpty()) {
            final Datum datum = unseen.pop();
            if (datum instanceof SymbolDatum) {
                names.add(((SymbolDatum) datum).name());
            } else if (datum instanceof ListDatum) {
                scan((ListDatum) datum);
                ((ListDatum) datum).items().forEach(unseen::push);
            }
        }
    }

    private void scan(final ListDatum list) {
        final List<Datum> items = list.items();
        if (list.isCallOf("quote") && items.size() == 2) {
            quoted.add(items.get(1));
        }
        if (list.isCallOf("defun") && items.size() > 1 && items.get(1) instanceof SymbolDatum) {
            definedFunctions.add(((SymbolDatum) items.get(1)).name());
        }
    }

    /** All symbols. */
    Set<String> names() {
        return names;
    }

    /** The data in forms that look like {@code quote}. */
    List<Datum> quoted() {
        return quoted;
    }

    /** The names in forms that look like {@code defun}. */
    Set<String> definedFunctions() {
        return definedFunctions;
    }
}
