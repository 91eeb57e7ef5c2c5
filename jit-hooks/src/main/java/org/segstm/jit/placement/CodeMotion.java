package org.segstm.jit.placement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One round of lazy code motion over the graph: no path executes more barriers of this kind than when each access had
 * its own, and as few as that allows; each as late as possible.
 */
final class CodeMotion {
    private final List<FlowNode> nodes;
    private final Transfer[] transfers;
    private final Map<FlowNode, Integer> positions = new IdentityHashMap<>();
    private final int width;
    private final BitSet[] knownIn;
    private final BitSet[] knownOut;
    private final BitSet[] wantedIn;
    private final BitSet[] wantedOut;
    private final BitSet[] laterIn;
    private final List<Insertion> insertions = new ArrayList<>();

    CodeMotion(final List<FlowNode> nodes, final Transfer[] transfers) {
        this.nodes = nodes;
        this.transfers = transfers;
        this.width = transfers[0].width();
        knownIn = sets(true);
        knownOut = sets(true);
        wantedIn = sets(true);
        wantedOut = sets(true);
        laterIn = sets(true);
        for (int i = 0; i < nodes.size(); i++) {
            positions.put(nodes.get(i), i);
        }
        findKnown();
        findWanted();
        findLater();
        decide();
    }

    /** What goes onto edges of the graph; an access keeps its own barrier by one on the edge to it. */
    List<Insertion> insertions() {
        return insertions;
    }

    private BitSet[] sets(final boolean full) {
        final BitSet[] sets = new BitSet[nodes.size()];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = new BitSet(width);
            sets[i].set(0, full ? width : 0);
        }
        return sets;
    }

    private int at(final FlowNode node) {
        return positions.get(node);
    }

    private void findKnown() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < nodes.size(); i++) {
                final BitSet in = new BitSet(width);
                boolean first = true;
                for (final FlowNode before : nodes.get(i).previous) {
                    if (first) {
                        in.or(knownOut[at(before)]);
                    } else {
                        in.and(knownOut[at(before)]);
                    }
                    first = false;
                }
                knownIn[i] = in;
                final BitSet out = transfers[i].after(in);
                changed |= !out.equals(knownOut[i]);
                knownOut[i] = out;
            }
        }
    }

    /** What is needed on every way that goes on from here, as long as the code is not left. */
    private void findWanted() {
        final boolean[] ending = reachesEnd();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = nodes.size() - 1; i >= 0; i--) {
                final BitSet out = new BitSet(width);
                boolean first = true;
                for (final FlowNode after : nodes.get(i).next) {
                    if (first) {
                        out.or(wantedIn[at(after)]);
                    } else {
                        out.and(wantedIn[at(after)]);
                    }
                    first = false;
                }
                if (!ending[i]) {
                    out.clear();
                }
                wantedOut[i] = out;
                final BitSet in = (BitSet) out.clone();
                in.andNot(transfers[i].stopped);
                in.andNot(transfers[i].gained);
                in.or(transfers[i].needed);
                changed |= !in.equals(wantedIn[i]);
                wantedIn[i] = in;
            }
        }
    }

    /** In a loop without end, nothing is ever sure to be needed. */
    private boolean[] reachesEnd() {
        final boolean[] ending = new boolean[nodes.size()];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = nodes.size() - 1; i >= 0; i--) {
                final boolean ends = nodes.get(i).next.isEmpty()
                    || nodes.get(i).next.stream().anyMatch(after -> ending[at(after)]);
                changed |= ends && !ending[i];
                ending[i] |= ends;
            }
        }
        return ending;
    }

    private BitSet earliest(final int from, final int to) {
        final BitSet result = (BitSet) wantedIn[to].clone();
        result.andNot(knownOut[from]);
        final BitSet higher = (BitSet) wantedOut[from].clone();
        higher.andNot(transfers[from].stopped);
        result.andNot(higher);
        return result;
    }

    private BitSet later(final int from, final int to) {
        final BitSet result = (BitSet) laterIn[from].clone();
        result.andNot(transfers[from].needed);
        result.or(earliest(from, to));
        return result;
    }

    private void findLater() {
        laterIn[0].clear();
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 1; i < nodes.size(); i++) {
                final BitSet in = new BitSet(width);
                in.set(0, width);
                for (final FlowNode before : nodes.get(i).previous) {
                    in.and(later(at(before), i));
                }
                changed |= !in.equals(laterIn[i]);
                laterIn[i] = in;
            }
        }
    }

    private void decide() {
        for (int i = 0; i < nodes.size(); i++) {
            final FlowNode node = nodes.get(i);
            for (final FlowNode after : node.next) {
                final int target = at(after);
                final BitSet inserted = later(i, target);
                inserted.andNot(laterIn[target]);
                inserted.stream().forEach(k -> insertions.add(new Insertion(node, after, k, false)));
            }
            final BitSet kept = (BitSet) transfers[i].needed.clone();
            kept.and(laterIn[i]);
            kept.stream().forEach(k -> insertions.add(new Insertion(node.previous.get(0), node, k, true)));
        }
    }

    /** A barrier on an edge of the graph. */
    static final class Insertion {
        final FlowNode from;
        final FlowNode to;
        final int key;
        /** Is it the one of the access behind it? */
        final boolean kept;

        Insertion(final FlowNode from, final FlowNode to, final int key, final boolean kept) {
            this.from = from;
            this.to = to;
            this.key = key;
            this.kept = kept;
        }
    }
}
