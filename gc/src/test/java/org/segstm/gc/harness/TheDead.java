package org.segstm.gc.harness;

import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.finalization.FinalizerQueue;
import org.segstm.heap.layout.DyingObject;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What finalizers and destructors of a script have noted, and its finalizer queues. Objects go by their numbers. */
final class TheDead {
    private final List<Long> finalized = new ArrayList<>();
    private final List<Long> destroyed = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, FinalizerQueue> queues = new HashMap<>();
    private final Map<String, Long> triggers = new HashMap<>();

    void addQueue(final SegmentHeap heap, final String name) {
        triggers.put(name, 0L);
        queues.put(name, heap.newFinalizerQueue(() -> triggers.merge(name, 1L, Long::sum)));
    }

    FinalizerQueue queue(final String name) {
        return queues.get(name);
    }

    long triggered(final String name) {
        return triggers.get(name);
    }

    /** Runs in a transaction, which counts when it commits. */
    void finalized(final Mutator m, final long ref) {
        final long number = m.getLong(ref, number(m.layoutOf(ref)));
        m.onCommit(() -> finalized.add(number));
    }

    void destroyed(final DyingObject object) {
        destroyed.add(object.getLong(number(object.layout())));
    }

    /** In the order in which they ran. */
    List<Long> finalized() {
        return finalized;
    }

    /** In ascending order, as destructors run in none. */
    List<Long> destroyed() {
        final List<Long> sorted = new ArrayList<>(destroyed);
        Collections.sort(sorted);
        return sorted;
    }

    private static Field number(final ObjectLayout layout) {
        return layout.fields().stream().filter(f -> f.type() == FieldType.INT64).findFirst().orElseThrow(
            () -> new IllegalStateException("layout " + layout.name() + " has no number to note"));
    }
}
