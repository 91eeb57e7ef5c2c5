package org.segstm.bench.throughput;

import org.segstm.heap.Mutator;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tests, named as in the table of the reference. */
public enum ThroughputTest {
    /** Begin and commit. */
    EMPTY(1, EmptyLoop::new),
    /** 10 reads. */
    RO10(10_000, ReadLoop::new),
    /** 1 increment. */
    W1(10_000, OneWriteLoop::new),
    /** 10 reads, 2 increments. */
    RW(10_000, ReadWriteLoop::new),
    /** The same among few objects. */
    RWHOT(100, ReadWriteLoop::new),
    /** 100 reads, 2 increments. */
    RW100(10_000, LongReadWriteLoop::new),
    /** 1 increment of an object that all threads increment, then 100 reads. */
    SHARED(10_001, SharedCountLoop::new),
    /** The same with a mergeable counter. */
    MERGED(10_001, MergedCountLoop::new),
    /** Small objects, all dying. */
    ALLOC16(1, AllocateSmallLoop::new),
    /** Larger objects, all dying. */
    ALLOC64(1, AllocateLargeLoop::new);

    private final int cells;
    private final LoopFactory factory;

    ThroughputTest(final int cells, final LoopFactory factory) {
        this.cells = cells;
        this.factory = factory;
    }

    /**
     * Names of all tests.
     *
     * @return ids in the order of the table.
     */
    public static List<String> ids() {
        return Arrays.stream(values()).map(ThroughputTest::id).toList();
    }

    /**
     * The test of a name.
     *
     * @param id its name.
     * @return the test.
     * @throws IllegalArgumentException when there is none of that name.
     */
    public static ThroughputTest of(final String id) {
        return Arrays.stream(values()).filter(test -> test.id().equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such test (one of " + String.join(", ", ids()) + "): " + id));
    }

    /**
     * Name of the test.
     *
     * @return like {@code rw100}.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    int cells() {
        return cells;
    }

    boolean isMerged() {
        return this == MERGED;
    }

    TransactionLoop newLoop(final Mutator mutator, final long[] refs, final long seed) {
        return factory.newLoop(mutator, refs, seed);
    }

    /** Makes what one thread runs. */
    private interface LoopFactory {
        TransactionLoop newLoop(Mutator mutator, long[] cells, long seed);
    }
}
