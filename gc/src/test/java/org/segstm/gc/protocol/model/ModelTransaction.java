package org.segstm.gc.protocol.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a running transaction should see, and what it may not survive. */
final class ModelTransaction {
    private final ModelHeap heap;
    private final List<Long> rootsAtBegin;
    private final Set<Long> marked = new HashSet<>();
    private final Map<ModelNode, Map<Integer, Long>> writes = new HashMap<>();
    private final List<ModelNode> fresh = new ArrayList<>();
    /** One for each nested block begun so far. */
    private final List<ModelMerge> mergesBefore = new ArrayList<>();
    private ModelMerge merge = new ModelMerge();
    private final List<ModelFinalizer> registered = new ArrayList<>();
    private final List<ModelFinalizer> taken = new ArrayList<>();
    private int seen;
    private boolean doomed;

    ModelTransaction(final ModelHeap heap, final List<Long> roots) {
        this.heap = heap;
        this.rootsAtBegin = new ArrayList<>(roots);
        this.seen = heap.commitCount();
    }

    List<Long> rootsAtBegin() {
        return rootsAtBegin;
    }

    /** Somebody has moved the view over a conflicting commit: the transaction was rolled back. */
    boolean isDoomed() {
        return doomed;
    }

    boolean isUpToDate() {
        return seen == heap.commitCount();
    }

    boolean hasWritten() {
        return !writes.isEmpty() || !merge.isEmpty();
    }

    boolean hasFresh() {
        return !fresh.isEmpty();
    }

    /** Has a commit that it has not seen changed what it read or wrote? */
    boolean conflicts() {
        return heap.changed(seen, heap.commitCount(), marked);
    }

    /** Its view has that revision now. */
    void moveTo(final long revision) {
        final int now = heap.commitsAtRevision(revision);
        if (now < seen) {
            throw new AssertionError("the view went back: from " + seen + " to " + now + " commits");
        }
        doomed |= heap.changed(seen, now, marked);
        moveOver(now);
    }

    ModelSavepoint savepoint(final List<Long> roots, final int callbacks) {
        final ModelMerge mergeBefore = merge.copy();
        mergesBefore.add(mergeBefore);
        return new ModelSavepoint(writes, fresh, roots, callbacks, registered.size(), taken.size(), mergeBefore);
    }

    /** Objects made since. */
    List<ModelNode> freshSince(final ModelSavepoint savepoint) {
        return fresh.subList(savepoint.fresh(), fresh.size());
    }

    /** Finalizers taken from the queue since. */
    List<ModelFinalizer> takenSince(final ModelSavepoint savepoint) {
        return taken.subList(savepoint.taken(), taken.size());
    }

    void restore(final ModelSavepoint savepoint, final List<Long> roots) {
        savepoint.restore(writes, fresh, roots);
        registered.subList(savepoint.registered(), registered.size()).clear();
        taken.subList(savepoint.taken(), taken.size()).clear();
        merge = savepoint.merge().copy();
    }

    private void moveOver(final int now) {
        for (; seen < now; seen++) {
            merge.moveOver(seen);
            mergesBefore.forEach(before -> before.moveOver(seen));
        }
    }

    ModelNode create(final Shape shape, final int length) {
        final ModelNode node = heap.newNode(shape, length);
        fresh.add(node);
        return node;
    }

    List<ModelNode> fresh() {
        return fresh;
    }

    Map<ModelNode, Map<Integer, Long>> writes() {
        return writes;
    }

    List<ModelFinalizer> registered() {
        return registered;
    }

    /** From a finalizer queue. */
    List<ModelFinalizer> taken() {
        return taken;
    }

    long read(final ModelNode node, final int slot) {
        if (!node.shape().isUnmarked()) {
            marked.add(node.granuleKey(slot));
        }
        return peek(node, slot);
    }

    /** Reads without being seen. */
    long peek(final ModelNode node, final int slot) {
        if (node.isFresh()) {
            return node.freshWords()[slot];
        }
        if (!ModelMerge.isNormal(node)) {
            return merge.seen(node, slot, node.wordsAt(seen)[slot]);
        }
        return peek(node, slot, writes);
    }

    /** Reads what a nested block returns to when it is undone. */
    long peek(final ModelNode node, final int slot, final ModelSavepoint savepoint, final Map<ModelNode, long[]> made) {
        final long[] words = made.get(node);
        if (words != null) {
            return words[slot];
        }
        return ModelMerge.isNormal(node) ? peek(node, slot, savepoint.writes())
            : savepoint.merge().seen(node, slot, node.wordsAt(seen)[slot]);
    }

    private long peek(final ModelNode node, final int slot, final Map<ModelNode, Map<Integer, Long>> written) {
        final Map<Integer, Long> own = written.get(node);
        final Long word = own == null ? null : own.get(slot);
        return word != null ? word : node.wordsAt(seen)[slot];
    }

    void write(final ModelNode node, final int slot, final long word) {
        if (node.isFresh()) {
            node.freshWords()[slot] = ModelMerge.isCounter(node) ? node.freshWords()[slot] + word : word;
        } else if (!ModelMerge.isNormal(node)) {
            merge.write(node, slot, word);
        } else {
            marked.add(node.granuleKey(slot));
            writes.computeIfAbsent(node, n -> new HashMap<>()).put(slot, word);
        }
    }

    /** Does it change anything committed? */
    boolean isUpdate() {
        return !changedGranules().isEmpty() || merge.changesHints(seen);
    }

    boolean writesWhatWasRead(final ModelTransaction other) {
        final Set<Long> granules = changedGranules();
        granules.retainAll(other.marked);
        return !granules.isEmpty();
    }

    private Set<Long> changedGranules() {
        final Set<Long> granules = new HashSet<>();
        writes.forEach((node, slots) -> slots.forEach((slot, word) -> {
            if (node.wordsAt(seen)[slot] != word) {
                granules.add(node.granuleKey(slot));
            }
        }));
        merge.addGranules(granules);
        return granules;
    }

    /** In solo mode a commit brings the view up to date before it looks what has changed. */
    void catchUp() {
        moveOver(heap.commitCount());
    }

    /** It has committed, and its view has that revision. */
    void commit(final long revision) {
        final boolean update = isUpdate();
        final Set<Long> granules = changedGranules();
        merge.addWrites(seen, writes);
        fresh.forEach(ModelNode::commitFresh);
        registered.forEach(ModelFinalizer::committed);
        taken.forEach(ModelFinalizer::done);
        if (update) {
            heap.commit(revision, granules, writes);
        }
    }
}
