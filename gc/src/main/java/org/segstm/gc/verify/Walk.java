package org.segstm.gc.verify;

import org.segstm.gc.space.RefSet;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.util.LongList;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;

/**
 * What was met and how, breadth first: an entry per object, which the next ones name as their parent, so that the path
 * of a broken ref is a shortest one. The list of entries is the worklist, too.
 */
final class Walk {
    /** In place of an index: the source is one root. */
    static final long NO_INDEX = -1;
    private static final int ENTRY_LENGTH = 3;

    /** Three elements per object: ref, parent entry or minus source number minus 1, offset in the parent or index. */
    private final LongList entries = new LongList();
    private final RefSet met = new RefSet();
    private final List<String> sources = new ArrayList<>();
    private final ObjectRules rules;
    private final WordView view;
    private int next;
    private int parent;

    Walk(final ObjectRules rules, final WordView view) {
        this.rules = rules;
        this.view = view;
    }

    /** The roots that follow come from here. */
    void source(final String name) {
        sources.add(name);
        parent = -sources.size();
    }

    /** A checked ref was found at an index of the source, or at an offset in the current object. */
    void meet(final long ref, final long place) {
        if (met.add(ref)) {
            entries.add(ref);
            entries.add(parent);
            entries.add(place);
        }
    }

    /** The next object to look into, or 0 when all have been. */
    long next() {
        if (next == entries.size()) {
            return 0;
        }
        parent = next;
        next += ENTRY_LENGTH;
        return entries.get(parent);
    }

    /** The ref at a place of the source or current object is broken. */
    HeapVerificationException brokenRef(final long value, final long place, final String problem) {
        return broken(parent, place, value, problem);
    }

    /** The current object is broken. */
    HeapVerificationException brokenObject(final String problem) {
        return broken((int) entries.get(parent + 1), entries.get(parent + 2), entries.get(parent), problem);
    }

    private HeapVerificationException broken(
        final int holder, final long place, final long value, final String problem) {
        final Deque<String> steps = new ArrayDeque<>();
        int entry = holder;
        long at = place;
        while (entry >= 0) {
            steps.addFirst(step(entries.get(entry), at));
            at = entries.get(entry + 2);
            entry = (int) entries.get(entry + 1);
        }
        final String source = sources.get(-entry - 1);
        steps.addFirst(at == NO_INDEX ? source : source + '[' + at + ']');
        return new HeapVerificationException(String.join(" -> ", steps) + "[0x" + Long.toHexString(value) + "]: "
            + problem);
    }

    private String step(final long ref, final long offset) {
        final ObjectLayout layout = rules.layoutOf(view, ref);
        return layout + placeIn(layout, offset);
    }

    /** Name of a place in an object, as it is appended to the layout's name. */
    static String placeIn(final ObjectLayout layout, final long offset) {
        if (offset < ObjectHeader.HEADER_LENGTH) {
            return ".header";
        }
        if (layout.isVariable() && offset >= layout.variableOffset()) {
            return "[" + (layout.variablePart() == ObjectLayout.VariablePart.REFS
                ? offset - layout.variableOffset() >>> LOG_BYTES_IN_WORD : offset - layout.variableOffset()) + ']';
        }
        if (layout.isVariable() && offset == ObjectHeader.VARIABLE_LENGTH_OFFSET) {
            return ".length";
        }
        for (final Field field : layout.fields()) {
            if (field.offset() >>> LOG_BYTES_IN_WORD == offset >>> LOG_BYTES_IN_WORD) {
                return '.' + field.name();
            }
        }
        return "+" + offset;
    }
}
