package org.segstm.jit.placement;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Proves that a placement is enough: on every path each access has been covered, each outside effect is done by an
 * inevitable transaction, and each loop polls. It shares nothing with the placer but the code's description: it walks
 * blocks, and what it knows are sets of facts, intersected where ways meet.
 */
public final class PlacementVerifier {
    private final CodeView code;
    private final Placement placement;
    private final Set<Integer> counters = new HashSet<>();
    private final List<Knowledge> atBegin = new ArrayList<>();
    private final Set<String> violations = new TreeSet<>();
    private boolean reporting;

    private PlacementVerifier(final CodeView code, final Placement placement) {
        this.code = code;
        this.placement = placement;
        for (int b = 0; b < code.blockCount(); b++) {
            atBegin.add(null);
            for (int i = 0; i < code.size(b); i++) {
                if (code.op(b, i) == Op.ADD) {
                    counters.add(code.object(b, i));
                }
            }
        }
    }

    /**
     * Looks for accesses that a path leaves uncovered.
     *
     * @param code      of the VM.
     * @param placement for it.
     * @return what is wrong, one line each; empty when the placement is sound.
     */
    public static List<String> findViolations(final CodeView code, final Placement placement) {
        final PlacementVerifier verifier = new PlacementVerifier(code, placement);
        verifier.solve();
        verifier.reporting = true;
        for (int b = 0; b < code.blockCount(); b++) {
            if (verifier.atBegin.get(b) != null) {
                verifier.walk(b, verifier.atBegin.get(b).copy());
            }
        }
        verifier.checkPolls();
        return List.copyOf(verifier.violations);
    }

    /**
     * Throws when a placement is not sound.
     *
     * @param code      of the VM.
     * @param placement for it.
     * @throws IllegalStateException that lists what is wrong.
     */
    public static void verify(final CodeView code, final Placement placement) {
        final List<String> violations = findViolations(code, placement);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("placement is not sound: " + String.join("; ", violations)
                + System.lineSeparator() + PlacementPrinter.print(code, placement));
        }
    }

    private void solve() {
        final Knowledge entry = new Knowledge();
        execute(placement.atEntry(), entry);
        atBegin.set(0, entry);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int b = 0; b < code.blockCount(); b++) {
                if (atBegin.get(b) != null) {
                    changed |= walk(b, atBegin.get(b).copy());
                }
            }
        }
    }

    /** Says whether a block that follows has learned that it knows less. */
    private boolean walk(final int block, final Knowledge known) {
        for (int i = 0; i < code.size(block); i++) {
            execute(placement.before(block, i), known);
            operation(block, i, known);
        }
        execute(placement.before(block, code.size(block)), known);
        boolean changed = false;
        for (int edge = 0; edge < code.successorCount(block); edge++) {
            changed |= edge(block, edge, known.copy());
        }
        return changed;
    }

    private boolean edge(final int block, final int edge, final Knowledge start) {
        Knowledge known = start;
        execute(placement.onEdge(block, edge), known);
        if (placement.hasPoll(block, edge)) {
            known = poll(known, placement.pollKind() == Polls.BREAK, placement.onEdgeSlowPath(block, edge));
            execute(placement.onEdgeAfterPoll(block, edge), known);
        }
        final int target = code.successor(block, edge);
        merges(block, edge, target, known);
        execute(placement.onEdgeMerged(block, edge), known);
        final Knowledge before = atBegin.get(target);
        if (before == null) {
            atBegin.set(target, known);
            return true;
        }
        return before.keepCommon(known);
    }

    private void merges(final int block, final int edge, final int target, final Knowledge known) {
        final Knowledge before = known.copy();
        int count = 0;
        while (count < code.size(target) && code.op(target, count) == Op.MERGE) {
            known.forget(code.result(target, count++));
        }
        for (int i = 0; i < count; i++) {
            known.alias(before, code.mergeInput(target, i, block, edge), code.result(target, i));
        }
        // An index that was merged means something else now.
        for (int i = 0; i < count; i++) {
            known.forgetIndex(code.result(target, i));
        }
    }

    private Knowledge poll(final Knowledge fast, final boolean breaks, final List<Barrier> repairs) {
        final Knowledge slow = fast.copy();
        slow.collected();
        if (breaks) {
            slow.transactionEnded();
        }
        execute(repairs, slow);
        fast.keepCommon(slow);
        return fast;
    }

    private void execute(final List<Barrier> barriers, final Knowledge known) {
        for (final Barrier barrier : barriers) {
            switch (barrier.kind()) {
                case INEVITABLE:
                    known.collected();
                    known.inevitable = true;
                    break;
                case WRITE:
                    known.written.add(new Fact(barrier.value(), barrier.place()));
                    if (!counters.contains(barrier.value())) {
                        known.read.add(new Fact(barrier.value(), barrier.place()));
                    }
                    break;
                default:
                    known.read.add(new Fact(barrier.value(), barrier.place()));
                    break;
            }
        }
    }

    private void operation(final int block, final int index, final Knowledge known) {
        final Op op = code.op(block, index);
        if (op.isAccess()) {
            final Place place = code.place(block, index);
            final int object = code.object(block, index);
            if (op == Op.LOAD && !place.isUnmarked() && !covered(known.read, object, place)) {
                report("load without read barrier", block, index);
            }
            if (op != Op.LOAD && !covered(known.written, object, place)) {
                report("store without write barrier", block, index);
            }
        } else if (op == Op.CALL) {
            final CallEffect effect = code.effect(block, index);
            if (effect.needsInevitable() && !known.inevitable) {
                report("outside effect in a transaction that may abort", block, index);
            }
            if (effect.collects()) {
                known.collected();
            }
            if (effect.breaks()) {
                known.transactionEnded();
            }
        } else if (op.isPoll()) {
            poll(known, op == Op.BREAK, placement.onSlowPath(block, index));
        }
        define(op, block, index, known);
    }

    private void define(final Op op, final int block, final int index, final Knowledge known) {
        final int result = code.result(block, index);
        if (result == CodeView.NO_VALUE || op == Op.MERGE) {
            return;
        }
        final Knowledge before = known.copy();
        known.forget(result);
        if (op == Op.COPY) {
            known.alias(before, code.object(block, index), result);
            known.forgetIndex(result);
        } else if (op == Op.ALLOCATE) {
            known.read.add(new Fact(result, null));
            known.written.add(new Fact(result, null));
        }
    }

    /** Of a range each card counts. */
    private static boolean covered(final Set<Fact> facts, final int object, final Place place) {
        if (facts.contains(new Fact(object, null))) {
            return true;
        }
        for (final Fact fact : facts) {
            if (fact.value == object && fact.place != null && fact.place.covers(place)
                || fact.value == object && fact.place != null && fact.place.covers(place.exact())) {
                return true;
            }
        }
        return false;
    }

    private void report(final String rule, final int block, final int index) {
        if (reporting) {
            violations.add(rule + " at b" + block + ":" + index + " " + code.describe(block, index));
        }
    }

    /** Takes all polled edges and blocks away; what remains must have no cycle. */
    private void checkPolls() {
        if (code.polls() == Polls.NONE) {
            return;
        }
        final int[] waysIn = new int[code.blockCount()];
        final List<Integer> ready = new ArrayList<>();
        int left = 0;
        for (int b = 0; b < waysIn.length; b++) {
            left += atBegin.get(b) != null ? 1 : 0;
            for (int e = 0; atBegin.get(b) != null && e < code.successorCount(b); e++) {
                waysIn[code.successor(b, e)] += isPolled(b, e) ? 0 : 1;
            }
        }
        for (int b = 0; b < waysIn.length; b++) {
            if (waysIn[b] == 0 && atBegin.get(b) != null) {
                ready.add(b);
            }
        }
        while (!ready.isEmpty()) {
            final int b = ready.remove(ready.size() - 1);
            left--;
            for (int e = 0; e < code.successorCount(b); e++) {
                if (!isPolled(b, e) && --waysIn[code.successor(b, e)] == 0) {
                    ready.add(code.successor(b, e));
                }
            }
        }
        if (left != 0) {
            violations.add("a loop without poll");
        }
    }

    private boolean isPolled(final int block, final int edge) {
        boolean polled = placement.hasPoll(block, edge);
        for (int i = 0; i < code.size(block); i++) {
            polled |= code.op(block, i) == Op.BREAK
                || code.op(block, i) == Op.SAFEPOINT && code.polls() == Polls.SAFEPOINT;
        }
        return polled;
    }

    /** That a place in the object of a value is covered; null: the whole object, however it is divided. */
    private record Fact(int value, Place place) {
    }

    /** What holds at a point, on whatever way it was reached. */
    private static final class Knowledge {
        private final Set<Fact> read = new HashSet<>();
        private final Set<Fact> written = new HashSet<>();
        private boolean inevitable;

        Knowledge copy() {
            final Knowledge copy = new Knowledge();
            copy.read.addAll(read);
            copy.written.addAll(written);
            copy.inevitable = inevitable;
            return copy;
        }

        boolean keepCommon(final Knowledge other) {
            final boolean less = keepCommon(read, other.read) | keepCommon(written, other.written)
                | inevitable && !other.inevitable;
            inevitable &= other.inevitable;
            return less;
        }

        /** A fact stays when the other side has it in any form. */
        private static boolean keepCommon(final Set<Fact> mine, final Set<Fact> others) {
            final Set<Fact> gained = new HashSet<>();
            for (final Fact fact : others) {
                if (!mine.contains(fact) && fact.place != null && covered(mine, fact.value, fact.place)) {
                    gained.add(fact);
                }
            }
            final boolean less = mine.removeIf(f -> f.place == null
                ? !others.contains(f) : !covered(others, f.value, f.place));
            mine.addAll(gained);
            return less;
        }

        void collected() {
            written.clear();
        }

        void transactionEnded() {
            read.clear();
            written.clear();
            inevitable = false;
        }

        void forget(final int value) {
            read.removeIf(f -> f.value == value);
            written.removeIf(f -> f.value == value);
            forgetIndex(value);
        }

        void forgetIndex(final int value) {
            read.removeIf(f -> isIndexedBy(f, value));
            written.removeIf(f -> isIndexedBy(f, value));
        }

        private static boolean isIndexedBy(final Fact fact, final int value) {
            return fact.place != null && fact.place.kind() == Place.Kind.ITEM && fact.place.indexValue() == value;
        }

        void alias(final Knowledge before, final int from, final int to) {
            before.read.stream().filter(f -> f.value == from).forEach(f -> read.add(new Fact(to, f.place)));
            before.written.stream().filter(f -> f.value == from).forEach(f -> written.add(new Fact(to, f.place)));
        }
    }
}
