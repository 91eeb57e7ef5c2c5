package org.segstm.duhton.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The symbols by name. Each is an object in the heap; committed objects never move, so their refs are kept here, and
 * {@link Constants} keeps the objects alive. Only the main program's thread adds symbols, while no worker runs.
 */
public final class Symbols {
    private final Map<String, Long> refs = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    /**
     * Ref of a symbol.
     *
     * @param name that {@link Constants} has interned.
     * @return ref of the committed symbol object.
     */
    public long ref(final String name) {
        return refs.get(name);
    }

    /**
     * Name of a symbol.
     *
     * @param id from the symbol object.
     * @return its name.
     */
    public String name(final int id) {
        return names.get(id);
    }

    /**
     * Which of these are not interned yet?
     *
     * @param wanted names.
     * @return those without a symbol, in their order.
     */
    List<String> unknown(final Collection<String> wanted) {
        final List<String> unknown = new ArrayList<>(wanted);
        unknown.removeIf(refs::containsKey);
        return unknown;
    }

    int size() {
        return names.size();
    }

    void add(final String name, final long ref) {
        refs.put(name, ref);
        names.add(name);
    }
}
