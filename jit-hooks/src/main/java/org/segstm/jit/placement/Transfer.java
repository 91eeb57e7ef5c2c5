package org.segstm.jit.placement;

import java.util.BitSet;

/**
 * What a node does to knowledge of one kind: {@code out = ((in + gained) - ended) + made + copied}. To be inevitable is
 * one bit; of read and write barriers there is a bit per key.
 */
final class Transfer {
    final Barrier.Kind mode;
    final FlowNode node;
    /** What must be known before the node. */
    final BitSet needed = new BitSet();
    /** What is known behind the node because of what it does or has made sure of. */
    final BitSet gained = new BitSet();
    /** What is not known any more. */
    final BitSet ended = new BitSet();
    /** What is known of an object made here. */
    final BitSet made = new BitSet();
    /** What must not be done ahead of the node though it is needed behind. */
    final BitSet stopped = new BitSet();
    private final CodeView code;
    private final Keys keys;
    private final Polls edgePolls;

    Transfer(final Barrier.Kind mode, final FlowNode node, final CodeView code, final Keys keys,
        final Polls edgePolls) {
        this.mode = mode;
        this.node = node;
        this.code = code;
        this.keys = keys;
        this.edgePolls = edgePolls;
        switch (node.kind) {
            case ENTRY:
                stopped.set(0, width());
                break;
            case OPERATION:
                operation(code.op(node.block, node.index));
                break;
            case SLOW:
                if (mode == Barrier.Kind.WRITE || isBreak()) {
                    ended.set(0, width());
                }
                break;
            case MERGES:
                mergesDefine();
                break;
            case BARRIER:
                barrier();
                break;
            default:
                break;
        }
        stopped.or(ended);
    }

    /** Number of bits. */
    int width() {
        return mode == Barrier.Kind.INEVITABLE ? 1 : keys.count();
    }

    private boolean isBreak() {
        return node.number == 1 ? edgePolls == Polls.BREAK : code.op(node.block, node.index) == Op.BREAK;
    }

    private void operation(final Op op) {
        if (op.isAccess()) {
            access(op);
        } else if (op == Op.CALL) {
            call(code.effect(node.block, node.index));
        } else if (op == Op.GUARD) {
            stopUnsafe();
        } else if (op == Op.ALLOCATE && mode == Barrier.Kind.INEVITABLE) {
            stopped.set(0);
        }
        // What a merge defines is defined on the edges.
        final int result = op == Op.MERGE ? CodeView.NO_VALUE : code.result(node.block, node.index);
        if (result != CodeView.NO_VALUE && mode != Barrier.Kind.INEVITABLE) {
            ended.or(keys.ofValue(result));
            if (op == Op.ALLOCATE) {
                made.or(keys.ofObject(result));
            }
        }
    }

    private void access(final Op op) {
        final boolean needs = mode == Barrier.Kind.WRITE ? op != Op.LOAD
            : mode == Barrier.Kind.READ && op == Op.LOAD && !code.place(node.block, node.index).isUnmarked();
        if (needs) {
            needed.set(node.key);
            gained.or(keys.servedBy(node.key));
        }
    }

    private void call(final CallEffect effect) {
        if (mode == Barrier.Kind.INEVITABLE && effect.needsInevitable()) {
            needed.set(0);
            gained.set(0);
        }
        if (effect.breaks() || effect.collects() && mode == Barrier.Kind.WRITE) {
            ended.set(0, width());
        }
        stopUnsafe();
    }

    /** Only of what is there anyhow can the barrier come before a check: a guard may be one of an index too. */
    private void stopUnsafe() {
        for (int k = 0; k < width(); k++) {
            if (mode == Barrier.Kind.INEVITABLE || !isObject(keys.key(k).value)
                || !keys.key(k).place.isInEachObject()) {
                stopped.set(k);
            }
        }
    }

    private boolean isObject(final int value) {
        return node.proven.get(value) || code.isKnownObject(value);
    }

    private void mergesDefine() {
        if (mode == Barrier.Kind.INEVITABLE) {
            return;
        }
        final int target = code.successor(node.block, node.index);
        for (int i = 0; i < code.size(target) && code.op(target, i) == Op.MERGE; i++) {
            ended.or(keys.ofValue(code.result(target, i)));
        }
    }

    private void barrier() {
        if (node.barrier == Barrier.Kind.INEVITABLE) {
            if (mode == Barrier.Kind.INEVITABLE) {
                gained.set(0);
            } else if (mode == Barrier.Kind.WRITE) {
                ended.set(0, width());
            }
        } else if (node.barrier == mode
            || mode == Barrier.Kind.READ && keys.writeMarks(node.key)) {
            gained.or(keys.servedBy(node.key));
        }
    }

    /** What is known behind the node. */
    BitSet after(final BitSet before) {
        final BitSet result = (BitSet) before.clone();
        result.or(gained);
        result.andNot(ended);
        result.or(made);
        if (mode != Barrier.Kind.INEVITABLE) {
            keys.forEachCopy(node, (from, to) -> copy(before, result, from, to));
        }
        return result;
    }

    private void copy(final BitSet before, final BitSet result, final int from, final int to) {
        final BitSet targets = keys.ofObject(to);
        for (int k = targets.nextSetBit(0); k >= 0; k = targets.nextSetBit(k + 1)) {
            final Place place = keys.key(k).place;
            final int source = keys.numberOf(from, place);
            if (source >= 0 && before.get(source) && !isIndexDefined(place)) {
                result.set(k);
            }
        }
    }

    private boolean isIndexDefined(final Place place) {
        final boolean[] defined = new boolean[1];
        if (place.kind() == Place.Kind.ITEM) {
            keys.forEachCopy(node, (from, to) -> defined[0] |= to == place.indexValue());
            defined[0] |= node.kind == FlowNode.Kind.MERGES && isMerged(place.indexValue());
        }
        return defined[0];
    }

    private boolean isMerged(final int value) {
        final int target = code.successor(node.block, node.index);
        for (int i = 0; i < code.size(target) && code.op(target, i) == Op.MERGE; i++) {
            if (code.result(target, i) == value) {
                return true;
            }
        }
        return false;
    }
}
