package org.segstm.bench.layout;

import org.segstm.heap.Mutator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Programs to choose from: each sees the layout from another side. */
public enum LayoutWorkload {
    /** Tiny updates. */
    W1(10_000, OneWriteLoop::new),
    /** Updates in few pages, which are private soon. */
    DENSE(10_000, UpdateLoop::new),
    /** Updates in 48 MB: a page becomes private for each, and the TLB covers little of it. */
    SPREAD(1_500_000, UpdateLoop::new),
    /** Reads in 48 MB, from all of it in the end: markers, no writes. */
    SCAN(1_500_000, ScanLoop::new),
    /** Objects that die in the nursery. */
    GARBAGE(1, GarbageLoop::new),
    /** Objects that survive, 256 bytes for each slot of a table of the thread's own. */
    SURVIVORS(50_000, SurvivorLoop::new);

    private final int cells;
    private final LoopFactory factory;

    LayoutWorkload(final int cells, final LoopFactory factory) {
        this.cells = cells;
        this.factory = factory;
    }

    /**
     * Names of all workloads.
     *
     * @return ids in their order.
     */
    public static List<String> ids() {
        return Arrays.stream(values()).map(LayoutWorkload::id).toList();
    }

    /**
     * The workload of a name.
     *
     * @param id its name.
     * @return the workload.
     * @throws IllegalArgumentException when there is none of that name.
     */
    public static LayoutWorkload of(final String id) {
        return Arrays.stream(values()).filter(workload -> workload.id().equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such workload (one of " + String.join(", ", ids()) + "): " + id));
    }

    /**
     * Name of the workload.
     *
     * @return like {@code spread}.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    int cells() {
        return cells;
    }

    LayoutLoop newLoop(final Mutator mutator, final long[] refs, final long seed) {
        return factory.newLoop(mutator, refs, seed);
    }

    /** Makes what one thread runs. */
    private interface LoopFactory {
        LayoutLoop newLoop(Mutator mutator, long[] cells, long seed);
    }
}
