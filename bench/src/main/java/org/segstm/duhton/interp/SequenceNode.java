package org.segstm.duhton.interp;

import java.util.Arrays;
import java.util.List;
import org.segstm.duhton.value.Values;

/** Expressions in order; the value is that of the last. */
public final class SequenceNode extends Node {
    private final Node[] init;
    private final Node last;

    private SequenceNode(final List<Node> nodes, final int line) {
        super(line);
        this.init = nodes.subList(0, nodes.size() - 1).toArray(new Node[0]);
        this.last = nodes.get(nodes.size() - 1);
    }

    /**
     * A sequence; a single expression is its own sequence.
     *
     * @param nodes in order.
     * @param line  of the source.
     * @return node whose value is None when there are no expressions.
     */
    public static Node of(final List<Node> nodes, final int line) {
        if (nodes.isEmpty()) {
            return new ConstantNode(Values.NONE, line);
        }
        return nodes.size() == 1 ? nodes.get(0) : new SequenceNode(nodes, line);
    }

    @Override
    public Outline outline() {
        final Node[] parts = Arrays.copyOf(init, init.length + 1);
        parts[init.length] = last;
        return new Outline(Outline.Kind.SEQUENCE, 0, parts);
    }

    @Override
    public long execute(final DuhtonThread thread, final int frame) {
        for (final Node node : init) {
            node.execute(thread, frame);
        }
        return last.execute(thread, frame);
    }

    @Override
    public boolean reachesSafepoint() {
        return last.reachesSafepoint() || anyReachesSafepoint(init);
    }
}
