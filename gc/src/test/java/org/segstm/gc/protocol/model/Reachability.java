package org.segstm.gc.protocol.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes can be reached through strong refs, in the views of all players. */
final class Reachability {
    private Reachability() {
    }

    /** Nodes that somebody can reach: no collection may take them for dead. */
    static Set<ModelNode> surelyAlive(final List<Player> players) {
        final Set<ModelNode> alive = new HashSet<>();
        final List<Long> committedRoots = new ArrayList<>();
        for (final Player player : players) {
            final ModelTransaction transaction = player.transaction();
            committedRoots.addAll(transaction == null ? player.roots() : transaction.rootsAtBegin());
            if (transaction != null && !transaction.isDoomed()) {
                for (final ModelSavepoint savepoint : player.savepoints()) {
                    final Set<ModelNode> before = new HashSet<>();
                    final Map<ModelNode, long[]> made = savepoint.freshWords();
                    spread(before, nodes(player.model(), savepoint.roots()),
                        (node, slot) -> transaction.peek(node, slot, savepoint, made), player.model());
                    alive.addAll(before);
                }
                final Set<ModelNode> seen = new HashSet<>();
                spread(seen, nodes(player.model(), player.roots()), (node, slot) -> transaction.peek(node, slot),
                    player.model());
                alive.addAll(seen);
            }
        }
        final ModelHeap model = players.get(0).model();
        final Set<ModelNode> committed = new HashSet<>();
        spread(committed, nodes(model, committedRoots), (node, slot) -> node.newestWords()[slot], model);
        alive.addAll(committed);
        return alive;
    }

    /**
     * Nodes that a major collection may keep when all views are current: also for what running transactions have
     * allocated or written, whether they can reach it or not.
     */
    static Set<ModelNode> possiblyAlive(final List<Player> players) {
        final List<ModelNode> starts = new ArrayList<>();
        for (final Player player : players) {
            final ModelTransaction transaction = player.transaction();
            if (transaction == null) {
                starts.addAll(nodes(player.model(), player.roots()));
            } else {
                starts.addAll(nodes(player.model(), transaction.rootsAtBegin()));
                if (!transaction.isDoomed()) {
                    starts.addAll(nodes(player.model(), player.roots()));
                    player.savepoints().forEach(one -> starts.addAll(nodes(player.model(), one.roots())));
                    starts.addAll(transaction.fresh());
                    starts.addAll(transaction.writes().keySet());
                    transaction.registered().forEach(one -> starts.add(one.node()));
                }
            }
        }
        final Set<ModelNode> alive = new HashSet<>();
        spread(alive, starts, players);
        return alive;
    }

    /** Adds what can be reached in the newest state, and over what running transactions have written. */
    static void spread(final Set<ModelNode> found, final Collection<ModelNode> starts, final List<Player> players) {
        final Map<ModelNode, List<Long>> written = new HashMap<>();
        for (final Player player : players) {
            if (player.transaction() != null && !player.transaction().isDoomed()) {
                addRefs(written, player.transaction().writes());
                for (final ModelSavepoint savepoint : player.savepoints()) {
                    addRefs(written, savepoint.writes());
                    savepoint.freshWords().forEach((node, words) -> {
                        for (int slot = 0; slot < words.length; slot++) {
                            addRef(written, node, slot, words[slot]);
                        }
                    });
                }
            }
        }
        final ModelHeap model = players.get(0).model();
        final List<ModelNode> next = new ArrayList<>(starts);
        while (!next.isEmpty()) {
            final Set<ModelNode> before = new HashSet<>(found);
            spread(found, next, (node, slot) -> node.lastWords()[slot], model);
            next.clear();
            for (final ModelNode node : found) {
                if (!before.contains(node) && written.containsKey(node)) {
                    next.addAll(nodes(model, written.get(node)));
                }
            }
        }
    }

    private static void addRefs(
        final Map<ModelNode, List<Long>> refs, final Map<ModelNode, Map<Integer, Long>> writes) {
        writes.forEach((node, slots) -> slots.forEach((slot, word) -> addRef(refs, node, slot, word)));
    }

    private static void addRef(
        final Map<ModelNode, List<Long>> refs, final ModelNode node, final int slot, final long word) {
        if (node.isRef(slot) && ModelHeap.isNode(word)) {
            refs.computeIfAbsent(node, n -> new ArrayList<>()).add(word);
        }
    }

    private static void spread(
        final Set<ModelNode> found, final Collection<ModelNode> starts, final WordReader reader,
        final ModelHeap model) {
        final Deque<ModelNode> open = new ArrayDeque<>();
        for (final ModelNode start : starts) {
            if (found.add(start)) {
                open.push(start);
            }
        }
        while (!open.isEmpty()) {
            final ModelNode node = open.pop();
            for (int slot = 0; slot < node.slots(); slot++) {
                if (node.isRef(slot)) {
                    final long word = reader.word(node, slot);
                    if (ModelHeap.isNode(word) && found.add(model.nodeOf(word))) {
                        open.push(model.nodeOf(word));
                    }
                }
            }
        }
    }

    private static List<ModelNode> nodes(final ModelHeap model, final Collection<Long> words) {
        final List<ModelNode> nodes = new ArrayList<>();
        words.stream().filter(ModelHeap::isNode).forEach(word -> nodes.add(model.nodeOf(word)));
        return nodes;
    }

    /** The word that counts. */
    private interface WordReader {
        long word(ModelNode node, int slot);
    }
}
