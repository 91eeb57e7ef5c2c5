package org.segstm.jit.placement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A step of the code between two points; several nodes may stand for one operation. */
final class FlowNode {
    final Kind kind;
    final int block;
    /** Of the operation or edge. */
    final int index;
    /** Where code before this node is put; null when there is no such place. */
    final Slot front;
    /** Where code behind this node is put; null when that is in front of the next one. */
    final Slot end;
    final List<FlowNode> next = new ArrayList<>(2);
    final List<FlowNode> previous = new ArrayList<>(2);
    /** Of barriers. */
    Barrier.Kind barrier;
    /** Of barriers, and of accesses: the key whose barrier they need. */
    int key = -1;
    /** Of slow paths: 1 when the poll is on an edge. */
    int number;
    /** Values that are sure to be objects here. */
    BitSet proven = new BitSet();

    FlowNode(final Kind kind, final int block, final int index, final Slot front, final Slot end) {
        this.kind = kind;
        this.block = block;
        this.index = index;
        this.front = front;
        this.end = end;
    }

    void leadsTo(final FlowNode target) {
        next.add(target);
        target.previous.add(this);
    }

    /** Puts a node between this one and one that follows it; of several edges to the same node, on one. */
    void insertBefore(final FlowNode inserted, final FlowNode target) {
        next.set(next.indexOf(target), inserted);
        target.previous.set(target.previous.indexOf(this), inserted);
        inserted.previous.add(this);
        inserted.next.add(target);
    }

    /** What a node is. */
    enum Kind {
        /** The begin of the code. */
        ENTRY,
        /** The begin of a block. */
        HEAD,
        /** An operation that is no poll. */
        OPERATION,
        /** An edge between blocks. */
        EDGE,
        /** The question whether a poll takes its slow path. */
        POLL,
        /** It does not. */
        FAST,
        /** Its slow path. */
        SLOW,
        /** Both paths again. */
        JOIN,
        /** The assignments of the merges that an edge leads to. */
        MERGES,
        /** A barrier that was placed. */
        BARRIER
    }
}
