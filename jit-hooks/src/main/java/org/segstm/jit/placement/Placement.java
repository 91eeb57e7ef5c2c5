package org.segstm.jit.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What to execute where. Made by {@link BarrierPlacer}; lists are in the order of execution, mostly empty. */
public final class Placement {
    private final Map<Slot, List<Barrier>> barriers = new HashMap<>();
    private final Set<Slot> polls = new HashSet<>();
    private final Polls pollKind;

    Placement(final Polls pollKind) {
        this.pollKind = pollKind;
    }

    void add(final Slot slot, final Barrier barrier) {
        barriers.computeIfAbsent(slot, s -> new ArrayList<>()).add(barrier);
    }

    void addPoll(final int block, final int edge) {
        polls.add(new Slot(Slot.At.EDGE, block, edge));
    }

    List<Barrier> at(final Slot slot) {
        return Collections.unmodifiableList(barriers.getOrDefault(slot, List.of()));
    }

    Set<Slot> slots() {
        return barriers.keySet();
    }

    /** For tests: a placement that lacks one. */
    boolean remove(final Slot slot, final int index) {
        return barriers.get(slot).remove(index) != null;
    }

    /**
     * Before all else.
     *
     * @return what to execute.
     */
    public List<Barrier> atEntry() {
        return at(new Slot(Slot.At.ENTRY, 0, 0));
    }

    /**
     * Before an operation.
     *
     * @param block of the operation.
     * @param index of the operation; the size of the block for what comes before the jump at its end.
     * @return what to execute.
     */
    public List<Barrier> before(final int block, final int index) {
        return at(new Slot(Slot.At.OPERATION, block, index));
    }

    /**
     * On the slow path of a {@link Op#SAFEPOINT} or {@link Op#BREAK}, when it is done.
     *
     * @param block of the operation.
     * @param index of the operation.
     * @return what to execute.
     */
    public List<Barrier> onSlowPath(final int block, final int index) {
        return at(new Slot(Slot.At.OPERATION_SLOW, block, index));
    }

    /**
     * Is there a poll on an edge?
     *
     * @param block that the edge leaves.
     * @param edge  its number.
     * @return true when there is, of the kind {@link #pollKind()}.
     */
    public boolean hasPoll(final int block, final int edge) {
        return polls.contains(new Slot(Slot.At.EDGE, block, edge));
    }

    /**
     * Kind of the polls on edges.
     *
     * @return the kind the code asked for.
     */
    public Polls pollKind() {
        return pollKind;
    }

    /**
     * On an edge, before its poll if it has one.
     *
     * @param block that the edge leaves.
     * @param edge  its number.
     * @return what to execute.
     */
    public List<Barrier> onEdge(final int block, final int edge) {
        return at(new Slot(Slot.At.EDGE, block, edge));
    }

    /**
     * On the slow path of the poll of an edge, when it is done.
     *
     * @param block that the edge leaves.
     * @param edge  its number.
     * @return what to execute.
     */
    public List<Barrier> onEdgeSlowPath(final int block, final int edge) {
        return at(new Slot(Slot.At.EDGE_SLOW, block, edge));
    }

    /**
     * On an edge, behind its poll, before merges are assigned.
     *
     * @param block that the edge leaves.
     * @param edge  its number.
     * @return what to execute.
     */
    public List<Barrier> onEdgeAfterPoll(final int block, final int edge) {
        return at(new Slot(Slot.At.EDGE_AFTER, block, edge));
    }

    /**
     * On an edge, when the merges of its target are assigned.
     *
     * @param block that the edge leaves.
     * @param edge  its number.
     * @return what to execute.
     */
    public List<Barrier> onEdgeMerged(final int block, final int edge) {
        return at(new Slot(Slot.At.EDGE_MERGED, block, edge));
    }

    /**
     * Does an edge need code of its own?
     *
     * @param block that the edge leaves.
     * @param edge  its number.
     * @return true when something is on it.
     */
    public boolean isEdgeUsed(final int block, final int edge) {
        return hasPoll(block, edge) || !onEdge(block, edge).isEmpty() || !onEdgeMerged(block, edge).isEmpty();
    }

    /**
     * Number of barriers in the code, slow paths included.
     *
     * @param kind of barrier.
     * @return how many there are.
     */
    public int count(final Barrier.Kind kind) {
        return (int) barriers.values().stream().flatMap(List::stream).filter(b -> b.kind() == kind).count();
    }

    /**
     * Shows all barriers.
     *
     * @param visitor called for each, in no order.
     */
    public void forEach(final Consumer<Barrier> visitor) {
        barriers.values().forEach(list -> list.forEach(visitor));
    }
}
