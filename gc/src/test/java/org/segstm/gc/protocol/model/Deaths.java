package org.segstm.gc.protocol.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What collections say has died: by weak refs that are null, destructors and finalizers. They speak in the middle of an
 * action, when the model does not know its outcome; so what they say is written down and judged afterwards. As the dead
 * stay dead, that need not be at once.
 */
final class Deaths {
    private final ModelHeap model;
    private final Set<ModelNode> supposedDead = new HashSet<>();
    private final Map<ModelNode, Long> destroyed = new HashMap<>();
    private final List<Finalized> finalized = new ArrayList<>();
    private final List<ModelFinalizer> registered = new ArrayList<>();
    private final Set<ModelFinalizer> taken = new HashSet<>();
    private final List<String> failures = new ArrayList<>();

    Deaths(final ModelHeap model) {
        this.model = model;
    }

    /** A weak ref to it was found to be null, its place to be another one's, or it has its turn to be finalized. */
    void foundDead(final ModelNode node) {
        if (!node.isDead()) {
            node.setDead();
            supposedDead.add(node);
        }
    }

    /** In a destructor. */
    void destroyed(final long number, final long content) {
        if (number < 1 || number > model.nodes().size()) {
            failed("destructor saw what is no number of a node: " + number);
            return;
        }
        final ModelNode node = model.node((int) number);
        if (destroyed.put(node, content) != null || node.isDestroyed()) {
            failed("destroyed twice: " + node);
        }
        node.setDestroyed();
    }

    /** In a finalizer. */
    void finalized(final ModelFinalizer finalizer, final long[] words) {
        finalized.add(new Finalized(finalizer, words));
    }

    /** Its transaction has committed. */
    void registered(final ModelFinalizer finalizer) {
        registered.add(finalizer);
    }

    /** The object of a node was taken from the queue by a running transaction. */
    ModelFinalizer taken(final ModelNode node) {
        for (final ModelFinalizer finalizer : registered) {
            if (finalizer.isQueued() && finalizer.node() == node && !finalizer.isDone() && taken.add(finalizer)) {
                foundDead(node);
                return finalizer;
            }
        }
        throw new AssertionError("not in the queue, or taken twice: " + node);
    }

    /** The transactions that took them have ended. */
    void released(final List<ModelFinalizer> finalizers) {
        taken.removeAll(finalizers);
    }

    void failed(final String what) {
        failures.add(what);
    }

    /** After each action. */
    void judgeEvents() {
        check(failures.isEmpty(), failures.toString());
        destroyed.forEach((node, content) -> {
            check(node.lastWords()[Shape.CONTENT_SLOT] == content, "destructor saw " + content + " instead of "
                + node.lastWords()[Shape.CONTENT_SLOT] + " in " + node);
            supposedDead.add(node);
        });
        destroyed.clear();
        for (final Finalized one : finalized) {
            final ModelNode node = one.finalizer.node();
            check(one.finalizer.isCommitted(), "finalized though its transaction has not committed: " + node);
            one.finalizer.done();
            check(Words.areEqual(node, one.words), "finalizer saw " + Arrays.toString(one.words) + " in " + node);
            foundDead(node);
        }
        finalized.clear();
    }

    /** From time to time: nothing that is said to be dead can be reached. */
    void judge(final List<Player> players) {
        if (!supposedDead.isEmpty()) {
            final Set<ModelNode> alive = Reachability.surelyAlive(players);
            for (final ModelNode node : supposedDead) {
                check(!alive.contains(node), "said to be dead, but can be reached: " + node);
            }
            supposedDead.clear();
        }
    }

    /**
     * A major collection is just over: what cannot be reached in any way is dead. What waits for a finalizer keeps what
     * it refers to.
     */
    void afterMajor(final List<Player> players) {
        final Set<ModelNode> possible = Reachability.possiblyAlive(players);
        final List<ModelNode> waiting = new ArrayList<>();
        registered.stream().filter(one -> !one.isDone()).forEach(one -> waiting.add(one.node()));
        Reachability.spread(possible, waiting, players);
        for (final ModelNode node : model.nodes()) {
            if (!node.isFresh() && !possible.contains(node)) {
                node.setDead();
                check(!node.shape().hasDestructor() || node.isDestroyed(), "its destructor did not run: " + node);
            }
        }
    }

    /** Number of finalizers that have still to run. */
    long pending() {
        return registered.stream().filter(one -> !one.isDone()).count();
    }

    private static void check(final boolean holds, final String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** A finalizer has run. */
    private static final class Finalized {
        private final ModelFinalizer finalizer;
        private final long[] words;

        Finalized(final ModelFinalizer finalizer, final long[] words) {
            this.finalizer = finalizer;
            this.words = words;
        }
    }
}
