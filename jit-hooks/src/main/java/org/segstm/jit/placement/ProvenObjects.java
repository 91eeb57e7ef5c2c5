package org.segstm.jit.placement;

import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values are sure to be objects where: because they were made or accessed, or passed a guard, on every way that
 * leads there. A barrier of such a value may come before a later guard.
 */
final class ProvenObjects {
    private final CodeView code;
    private final Keys keys;
    private final Map<FlowNode, BitSet> behind = new IdentityHashMap<>();

    private ProvenObjects(final CodeView code, final Keys keys) {
        this.code = code;
        this.keys = keys;
    }

    /** Notes in each node what is proven before it. */
    static void find(final CodeView code, final Keys keys, final List<FlowNode> nodes) {
        new ProvenObjects(code, keys).solve(nodes);
    }

    private void solve(final List<FlowNode> nodes) {
        final BitSet all = new BitSet();
        all.set(0, code.valueCount());
        nodes.forEach(node -> behind.put(node, all));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (final FlowNode node : nodes) {
                final BitSet proven = node.previous.isEmpty() ? new BitSet() : (BitSet) all.clone();
                node.previous.forEach(before -> proven.and(behind.get(before)));
                node.proven = proven;
                final BitSet after = after(node);
                changed |= !after.equals(behind.put(node, after));
            }
        }
    }

    private BitSet after(final FlowNode node) {
        final BitSet proven = (BitSet) node.proven.clone();
        if (node.kind == FlowNode.Kind.OPERATION) {
            final Op op = code.op(node.block, node.index);
            if (op.isAccess()) {
                proven.set(code.object(node.block, node.index));
            } else if (op == Op.GUARD && code.proves(node.block, node.index) != CodeView.NO_VALUE) {
                proven.set(code.proves(node.block, node.index));
            }
            final int result = op == Op.MERGE ? CodeView.NO_VALUE : code.result(node.block, node.index);
            if (result != CodeView.NO_VALUE) {
                proven.set(result, op == Op.ALLOCATE);
            }
        } else if (node.kind == FlowNode.Kind.MERGES) {
            final int target = code.successor(node.block, node.index);
            for (int i = 0; i < code.size(target) && code.op(target, i) == Op.MERGE; i++) {
                proven.clear(code.result(target, i));
            }
        }
        keys.forEachCopy(node, (from, to) -> proven.set(to, node.proven.get(from)));
        return proven;
    }
}
