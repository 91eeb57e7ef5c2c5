package org.segstm.jit.placement;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Places barriers, polls and {@code becomeInevitable} in code of a VM, so that each access is covered on every path,
 * and no path to an end of the code executes more of a kind than if each access had its own. Time: a few passes over
 * operations times places in objects.
 */
public final class BarrierPlacer {
    private static final Barrier.Kind[] ROUNDS = Barrier.Kind.values();
    private final CodeView code;
    private final Set<Slot> polls;
    private final Set<Keys.Key> exact = new HashSet<>();
    private FlowGraph graph;
    private Keys keys;

    private BarrierPlacer(final CodeView code) {
        this.code = code;
        this.polls = BackEdges.toPoll(code);
    }

    /**
     * Places barriers.
     *
     * @param code of the VM.
     * @return what to execute where; its barriers give no reasons, which take longer to find than places.
     */
    public static Placement place(final CodeView code) {
        return placed(code).result(null);
    }

    /**
     * Places barriers and says why: for people.
     *
     * @param code of the VM.
     * @return the same as by {@link #place}, with reasons.
     */
    public static Placement explain(final CodeView code) {
        final BarrierPlacer placer = placed(code);
        return placer.result(new Explainer(code, placer.keys));
    }

    private static BarrierPlacer placed(final CodeView code) {
        final BarrierPlacer placer = new BarrierPlacer(code);
        boolean done;
        do {
            done = placer.tryPlace();
        } while (!done);
        return placer;
    }

    /**
     * Places a barrier before each access, whatever is known: what to compare with.
     *
     * @param code of the VM.
     * @return what to execute where; polls are where {@link #place} puts them.
     */
    public static Placement naive(final CodeView code) {
        final Placement placement = new Placement(code.polls());
        for (int b = 0; b < code.blockCount(); b++) {
            for (int i = 0; i < code.size(b); i++) {
                final Op op = code.op(b, i);
                final Slot slot = new Slot(Slot.At.OPERATION, b, i);
                if (op == Op.CALL && code.effect(b, i).needsInevitable()) {
                    placement.add(slot, new Barrier(Barrier.Kind.INEVITABLE, CodeView.NO_VALUE, null, ""));
                } else if (op.isAccess() && (op != Op.LOAD || !code.place(b, i).isUnmarked())) {
                    placement.add(slot, new Barrier(op == Op.LOAD ? Barrier.Kind.READ : Barrier.Kind.WRITE,
                        code.object(b, i), code.place(b, i).exact(), ""));
                }
            }
        }
        BackEdges.toPoll(code).forEach(p -> placement.addPoll(p.block(), p.index()));
        return placement;
    }

    /** False when a range turned out not to be worth it: its accesses take the item alone then. */
    private boolean tryPlace() {
        graph = new FlowGraph(code, polls);
        keys = new Keys(code, graph.inOrder(), exact);
        ProvenObjects.find(code, keys, graph.inOrder());
        boolean done = true;
        for (final Barrier.Kind round : ROUNDS) {
            if (round == Barrier.Kind.INEVITABLE || keys.count() > 0) {
                done &= runRound(round);
            }
        }
        return done;
    }

    private boolean runRound(final Barrier.Kind round) {
        final List<FlowNode> nodes = graph.inOrder();
        final CodeMotion motion = new CodeMotion(nodes, transfers(round, nodes));
        final Map<List<Object>, FlowNode> last = new LinkedHashMap<>();
        boolean done = true;
        for (final CodeMotion.Insertion insertion : motion.insertions()) {
            if (insertion.kept && round != Barrier.Kind.INEVITABLE
                && keys.key(insertion.key).place.kind() == Place.Kind.ITEMS) {
                exact.add(keys.key(insertion.key));
                done = false;
            }
            final Slot slot = insertion.to.previous.size() == 1 && insertion.to.front != null
                ? insertion.to.front : insertion.from.end;
            final FlowNode barrier =
                new FlowNode(FlowNode.Kind.BARRIER, slot.block(), slot.index(), slot, slot);
            barrier.barrier = round;
            barrier.key = insertion.key;
            final List<Object> edge = List.of(insertion.from, insertion.to);
            last.getOrDefault(edge, insertion.from).insertBefore(barrier, insertion.to);
            last.put(edge, barrier);
        }
        return done;
    }

    private Transfer[] transfers(final Barrier.Kind mode, final List<FlowNode> nodes) {
        final Transfer[] transfers = new Transfer[nodes.size()];
        for (int i = 0; i < transfers.length; i++) {
            transfers[i] = new Transfer(mode, nodes.get(i), code, keys, code.polls());
        }
        return transfers;
    }

    private Placement result(final Explainer explainer) {
        final Placement placement = new Placement(code.polls());
        polls.forEach(p -> placement.addPoll(p.block(), p.index()));
        for (final FlowNode node : graph.inOrder()) {
            if (node.kind == FlowNode.Kind.BARRIER) {
                continue;
            }
            for (final FlowNode after : node.next) {
                for (FlowNode b = after; b.kind == FlowNode.Kind.BARRIER; b = b.next.get(0)) {
                    placement.add(b.front, barrier(b, explainer));
                }
            }
        }
        return placement;
    }

    private Barrier barrier(final FlowNode node, final Explainer explainer) {
        final String reason = explainer == null ? "" : explainer.reason(node);
        if (node.barrier == Barrier.Kind.INEVITABLE) {
            return new Barrier(Barrier.Kind.INEVITABLE, CodeView.NO_VALUE, null, reason);
        }
        final Keys.Key key = keys.key(node.key);
        return new Barrier(node.barrier, key.value, key.place, reason);
    }
}
