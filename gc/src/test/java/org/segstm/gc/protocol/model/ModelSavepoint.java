package org.segstm.gc.protocol.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a transaction had done when a nested block began. What it has read is not among it: that stays read. */
final class ModelSavepoint {
    private final Map<ModelNode, Map<Integer, Long>> writes = new HashMap<>();
    private final List<ModelNode> fresh;
    private final List<long[]> freshWords = new ArrayList<>();
    private final List<Long> roots;
    private final int callbacks;
    private final int registered;
    private final int taken;
    private final ModelMerge merge;

    ModelSavepoint(
        final Map<ModelNode, Map<Integer, Long>> writesSoFar, final List<ModelNode> freshSoFar,
        final List<Long> rootsNow, final int callbacksSoFar, final int registeredSoFar, final int takenSoFar,
        final ModelMerge mergeSoFar) {
        merge = mergeSoFar;
        writesSoFar.forEach((node, slots) -> writes.put(node, new HashMap<>(slots)));
        fresh = new ArrayList<>(freshSoFar);
        fresh.forEach(node -> freshWords.add(node.freshWords().clone()));
        roots = new ArrayList<>(rootsNow);
        callbacks = callbacksSoFar;
        registered = registeredSoFar;
        taken = takenSoFar;
    }

    /** Puts all back as it was. */
    void restore(
        final Map<ModelNode, Map<Integer, Long>> writesNow, final List<ModelNode> freshNow,
        final List<Long> rootsNow) {
        writesNow.clear();
        writesNow.putAll(writes);
        freshNow.clear();
        freshNow.addAll(fresh);
        for (int i = 0; i < fresh.size(); i++) {
            System.arraycopy(freshWords.get(i), 0, fresh.get(i).freshWords(), 0, freshWords.get(i).length);
        }
        rootsNow.clear();
        rootsNow.addAll(roots);
    }

    List<Long> roots() {
        return roots;
    }

    /** What was written: an abort of the block brings it back. */
    Map<ModelNode, Map<Integer, Long>> writes() {
        return writes;
    }

    /** What the objects of the transaction looked like. */
    Map<ModelNode, long[]> freshWords() {
        final Map<ModelNode, long[]> words = new HashMap<>();
        for (int i = 0; i < fresh.size(); i++) {
            words.put(fresh.get(i), freshWords.get(i));
        }
        return words;
    }

    /** What it had done to objects without conflicts and to counters; follows the view. */
    ModelMerge merge() {
        return merge;
    }

    int callbacks() {
        return callbacks;
    }

    /** Number of objects made. */
    int fresh() {
        return fresh.size();
    }

    /** Number of finalizers registered. */
    int registered() {
        return registered;
    }

    /** Number of finalizers taken from the queue. */
    int taken() {
        return taken;
    }
}
