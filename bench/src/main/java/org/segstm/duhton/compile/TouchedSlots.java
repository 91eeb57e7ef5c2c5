package org.segstm.duhton.compile;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;

/** Which variables of a function an expression reads or binds. */
final class TouchedSlots {
    private final BitSet all = new BitSet();
    private final Map<Node, BitSet> written = new IdentityHashMap<>();
    private final Map<Node, BitSet> touched = new IdentityHashMap<>();

    /** For a function with so many slots. */
    TouchedSlots(final int slots) {
        all.set(0, slots);
    }

    /** Variables that it may bind. */
    BitSet written(final Node node) {
        final BitSet known = written.get(node);
        if (known != null) {
            return known;
        }
        final BitSet found = new BitSet();
        final Outline outline = node.outline();
        if (outline.kind() == Outline.Kind.UNKNOWN) {
            found.or(all);
        } else if (outline.kind() == Outline.Kind.LOCAL_WRITE) {
            found.set((int) outline.number());
        }
        outline.presentParts().forEach(part -> found.or(written(part)));
        written.put(node, found);
        return found;
    }

    /** Variables that it may bind or look at. */
    BitSet touched(final Node node) {
        final BitSet known = touched.get(node);
        if (known != null) {
            return known;
        }
        final BitSet found = new BitSet();
        final Outline outline = node.outline();
        switch (outline.kind()) {
            case UNKNOWN:
                found.or(all);
                break;
            case LOCAL_READ:
            case LOCAL_WRITE:
            case LOCAL_TEST:
                found.set((int) outline.number());
                break;
            default:
                break;
        }
        outline.presentParts().forEach(part -> found.or(touched(part)));
        touched.put(node, found);
        return found;
    }
}
