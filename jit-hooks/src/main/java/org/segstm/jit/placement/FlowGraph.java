package org.segstm.jit.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The reachable code as nodes, one or more for each operation and edge. */
final class FlowGraph {
    private final CodeView code;
    private final Set<Slot> polls;
    private final Map<Integer, FlowNode> heads = new HashMap<>();
    private final FlowNode entry = new FlowNode(FlowNode.Kind.ENTRY, 0, 0, null, new Slot(Slot.At.ENTRY, 0, 0));

    FlowGraph(final CodeView code, final Set<Slot> polls) {
        this.code = code;
        this.polls = polls;
        final Deque<Integer> work = new ArrayDeque<>();
        entry.leadsTo(head(0, work));
        while (!work.isEmpty()) {
            build(work.pop(), work);
        }
    }

    private FlowNode head(final int block, final Deque<Integer> work) {
        final FlowNode known = heads.get(block);
        if (known != null) {
            return known;
        }
        final FlowNode made =
            new FlowNode(FlowNode.Kind.HEAD, block, 0, new Slot(Slot.At.OPERATION, block, 0), null);
        heads.put(block, made);
        work.push(block);
        return made;
    }

    private void build(final int block, final Deque<Integer> work) {
        FlowNode last = heads.get(block);
        final int size = code.size(block);
        for (int i = 0; i < size; i++) {
            final Slot before = new Slot(Slot.At.OPERATION, block, i);
            last = code.op(block, i).isPoll()
                ? poll(last, block, i, before, new Slot(Slot.At.OPERATION_SLOW, block, i), null)
                : append(last, new FlowNode(FlowNode.Kind.OPERATION, block, i, before, null));
        }
        if (code.successorCount(block) == 0) {
            return;
        }
        // So that there is a place before the jump.
        last = append(last, new FlowNode(FlowNode.Kind.JOIN, block, size,
            new Slot(Slot.At.OPERATION, block, size), null));
        for (int edge = 0; edge < code.successorCount(block); edge++) {
            edge(last, block, edge, work);
        }
    }

    private void edge(final FlowNode from, final int block, final int edge, final Deque<Integer> work) {
        final int target = code.successor(block, edge);
        final Slot slot = new Slot(Slot.At.EDGE, block, edge);
        FlowNode last = append(from, new FlowNode(FlowNode.Kind.EDGE, block, edge, slot, slot));
        Slot behind = slot;
        if (polls.contains(slot)) {
            behind = new Slot(Slot.At.EDGE_AFTER, block, edge);
            last = poll(last, block, edge, slot, new Slot(Slot.At.EDGE_SLOW, block, edge), behind);
        }
        if (code.size(target) > 0 && code.op(target, 0) == Op.MERGE) {
            last = append(last, new FlowNode(FlowNode.Kind.MERGES, block, edge, behind,
                new Slot(Slot.At.EDGE_MERGED, block, edge)));
        }
        last.leadsTo(head(target, work));
    }

    private static FlowNode poll(final FlowNode from, final int block, final int index, final Slot before,
        final Slot slow, final Slot behind) {
        final boolean onEdge = behind != null;
        final FlowNode question = append(from, new FlowNode(FlowNode.Kind.POLL, block, index, before, null));
        final FlowNode join = new FlowNode(FlowNode.Kind.JOIN, block, index, null, behind);
        append(question, new FlowNode(FlowNode.Kind.FAST, block, index, null, null)).leadsTo(join);
        final FlowNode slowPath = new FlowNode(FlowNode.Kind.SLOW, block, index, slow, slow);
        slowPath.number = onEdge ? 1 : 0;
        append(question, slowPath).leadsTo(join);
        return join;
    }

    private static FlowNode append(final FlowNode from, final FlowNode node) {
        from.leadsTo(node);
        return node;
    }

    FlowNode entry() {
        return entry;
    }

    /** All nodes, each after those that lead to it but for loops; they are numbered in this order. */
    List<FlowNode> inOrder() {
        final List<FlowNode> done = new ArrayList<>();
        final Set<FlowNode> seen = new HashSet<>();
        final Deque<FlowNode> path = new ArrayDeque<>();
        final Deque<Integer> positions = new ArrayDeque<>();
        seen.add(entry);
        path.push(entry);
        positions.push(0);
        while (!path.isEmpty()) {
            final FlowNode node = path.peek();
            final int position = positions.pop();
            if (position < node.next.size()) {
                positions.push(position + 1);
                final FlowNode target = node.next.get(position);
                if (seen.add(target)) {
                    path.push(target);
                    positions.push(0);
                }
            } else {
                path.pop();
                done.add(node);
            }
        }
        Collections.reverse(done);
        return done;
    }
}
