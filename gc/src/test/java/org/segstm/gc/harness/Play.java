package org.segstm.gc.harness;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.layout.ObjectLayout;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A script that is running: its heap and what it has made. One mutator acts at a time, the others are parked. */
final class Play implements AutoCloseable {
    private final SegmentHeap heap;
    private final Map<String, Actor> actors = new LinkedHashMap<>();
    private final Map<String, GlobalRoot> globals = new HashMap<>();
    private final Map<String, ObjectLayout> layouts = new HashMap<>();
    private final Map<String, Long> counters = new HashMap<>();
    private final TheDead dead = new TheDead();
    private Actor acting;

    Play(final HeapContext context) {
        heap = SegmentHeap.open(context);
    }

    /** For what stops the world: nobody acts. */
    SegmentHeap heapAlone() {
        if (acting != null) {
            acting.park();
            acting = null;
        }
        return heap;
    }

    void register(final ObjectLayout.Builder builder, final String name) {
        layouts.put(name, heap.register(builder));
    }

    ObjectLayout layout(final String name) {
        return layouts.get(name);
    }

    void addActor(final String name) {
        actors.put(name, new Actor(heap.attachMutator(name)));
    }

    /** Lets a mutator act. */
    Actor on(final String name) {
        final Actor actor = actors.get(name);
        if (actor != acting) {
            if (acting != null) {
                acting.park();
            }
            acting = actor;
            actor.unpark();
        }
        return actor;
    }

    Actor offStage(final String name) {
        return actors.get(name);
    }

    void addGlobal(final String name) {
        globals.put(name, heap.newGlobalRoot(name));
    }

    GlobalRoot global(final String name) {
        return globals.get(name);
    }

    /** What finalizers and destructors have noted. */
    TheDead dead() {
        return dead;
    }

    void count(final String counter, final long value) {
        counters.put(counter, value);
    }

    long counter(final Line line, final String counter) {
        final Long value = counters.get(counter);
        if (value == null) {
            throw line.wrong("no loop counts " + counter);
        }
        return value;
    }

    @Override
    public void close() {
        for (final Map.Entry<String, Actor> entry : actors.entrySet()) {
            try {
                final Actor actor = on(entry.getKey());
                if (actor.mutator().isInevitable()) {
                    actor.mutator().commit();
                } else if (actor.mutator().inTransaction()) {
                    actor.mutator().abort();
                }
                actor.mutator().close();
            } catch (final TransactionAbortedException rolledBackMeanwhile) {
                entry.getValue().mutator().close();
            }
        }
        heap.close();
    }
}
