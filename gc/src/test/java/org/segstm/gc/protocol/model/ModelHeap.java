package org.segstm.gc.protocol.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The committed states of a heap: all nodes, and what each commit has changed. */
final class ModelHeap {
    private final List<ModelNode> nodes = new ArrayList<>();
    private final List<Commit> commits = new ArrayList<>();
    private final Map<Long, ModelNode> byIdentity = new HashMap<>();

    ModelNode newNode(final Shape shape, final int length) {
        final ModelNode node = new ModelNode(nodes.size() + 1, shape, length);
        nodes.add(node);
        return node;
    }

    ModelNode node(final int number) {
        return nodes.get(number - 1);
    }

    /** Is a word of a ref slot one for a node, not null or an immediate? */
    static boolean isNode(final long word) {
        return word != 0 && (word & 1) == 0;
    }

    /** The node that such a word stands for. */
    ModelNode nodeOf(final long word) {
        return node((int) (word >>> 1));
    }

    /** A node has that identity: returns which one had it before, if another one, or null. */
    ModelNode identified(final long identity, final ModelNode node) {
        node.identity(identity);
        final ModelNode before = byIdentity.put(identity, node);
        return before == node ? null : before;
    }

    List<ModelNode> nodes() {
        return nodes;
    }

    int commitCount() {
        return commits.size();
    }

    /** How many commits a view of a revision contains. */
    int commitsAtRevision(final long revision) {
        int count = commits.size();
        while (count > 0 && commits.get(count - 1).revision > revision) {
            count--;
        }
        return count;
    }

    /** Has a commit among some changed one of the granules? */
    boolean changed(final int fromCommit, final int toCommit, final Set<Long> granules) {
        for (int i = fromCommit; i < toCommit; i++) {
            for (final Long granule : commits.get(i).granules) {
                if (granules.contains(granule)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Appends a commit of an update. */
    void commit(final long revision, final Set<Long> granules, final Map<ModelNode, Map<Integer, Long>> writes) {
        if (!commits.isEmpty() && commits.get(commits.size() - 1).revision >= revision) {
            throw new AssertionError("revisions must increase strictly: last="
                + commits.get(commits.size() - 1).revision + " new=" + revision);
        }
        commits.add(new Commit(revision, granules));
        writes.forEach((node, slots) -> {
            final long[] words = node.newestWords().clone();
            slots.forEach((slot, word) -> words[slot] = word);
            node.commit(commits.size(), words);
        });
    }

    /** What an update transaction changed, at a revision of the log. */
    private static final class Commit {
        private final long revision;
        private final Set<Long> granules;

        Commit(final long revision, final Set<Long> granules) {
            this.revision = revision;
            this.granules = granules;
        }
    }
}
