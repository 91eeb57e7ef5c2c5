package org.segstm.gc.protocol.model;

import org.segstm.heap.layout.ConflictRule;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a transaction does to objects without conflicts and to counters, and what becomes of it as its view moves:
 * deltas of counters stay; a word of an object without conflicts is its own as long as it differs from the committed
 * one whenever that changes.
 */
final class ModelMerge {
    private final Map<ModelNode, Map<Integer, Long>> deltas = new HashMap<>();
    private final Map<ModelNode, Map<Integer, Long>> hints = new HashMap<>();

    static boolean isNormal(final ModelNode node) {
        return node.shape().layout().conflictRule() == ConflictRule.NORMAL;
    }

    static boolean isCounter(final ModelNode node) {
        return node.shape().layout().conflictRule() == ConflictRule.COUNTER;
    }

    ModelMerge copy() {
        final ModelMerge copy = new ModelMerge();
        deltas.forEach((node, slots) -> copy.deltas.put(node, new HashMap<>(slots)));
        hints.forEach((node, slots) -> copy.hints.put(node, new HashMap<>(slots)));
        return copy;
    }

    boolean isEmpty() {
        return deltas.isEmpty() && hints.isEmpty();
    }

    /** What the transaction sees where that is committed. */
    long seen(final ModelNode node, final int slot, final long committed) {
        final Map<Integer, Long> own = (isCounter(node) ? deltas : hints).get(node);
        final Long word = own == null ? null : own.get(slot);
        return word == null ? committed : isCounter(node) ? committed + word : word;
    }

    /** Adds to a counter, or stores into an object without conflicts. */
    void write(final ModelNode node, final int slot, final long word) {
        if (isCounter(node)) {
            deltas.computeIfAbsent(node, n -> new HashMap<>()).merge(slot, word, Long::sum);
        } else {
            hints.computeIfAbsent(node, n -> new HashMap<>()).put(slot, word);
        }
    }

    /** The view moves over a commit. */
    void moveOver(final int commit) {
        hints.forEach((node, slots) -> {
            final long[] before = node.wordsAt(commit);
            final long[] after = node.wordsAt(commit + 1);
            slots.entrySet().removeIf(slot ->
                before[slot.getKey()] != after[slot.getKey()] && slot.getValue() == before[slot.getKey()]);
        });
    }

    /** Does it change objects without conflicts, as committed? */
    boolean changesHints(final int seen) {
        return hints.entrySet().stream().anyMatch(node -> node.getValue().entrySet().stream()
            .anyMatch(slot -> node.getKey().wordsAt(seen)[slot.getKey()] != slot.getValue()));
    }

    /** Readers of these conflict with it. */
    void addGranules(final Set<Long> granules) {
        deltas.forEach((node, slots) -> slots.forEach((slot, delta) -> {
            if (delta != 0) {
                granules.add(node.granuleKey(slot));
            }
        }));
    }

    /** Words that the commit leaves, when it follows the newest. */
    void addWrites(final int seen, final Map<ModelNode, Map<Integer, Long>> writes) {
        deltas.forEach((node, slots) -> slots.forEach((slot, delta) ->
            writes.computeIfAbsent(node, n -> new HashMap<>()).put(slot, node.newestWords()[slot] + delta)));
        hints.forEach((node, slots) -> slots.forEach((slot, word) -> {
            if (node.wordsAt(seen)[slot] != word) {
                writes.computeIfAbsent(node, n -> new HashMap<>()).put(slot, word);
            }
        }));
    }
}
