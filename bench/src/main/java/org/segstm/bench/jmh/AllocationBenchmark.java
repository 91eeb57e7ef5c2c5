package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.segstm.bridge.Memory;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.NurseryAccess;

import static org.segstm.bench.jmh.JmhHeap.CELL;
import static org.segstm.bench.jmh.JmhHeap.HEAP;
import static org.segstm.bench.jmh.JmhHeap.LARGE;
import static org.segstm.bench.jmh.JmhHeap.SMALL;

/**
 * Allocation of objects that die: nanoseconds for each, memory zeroed, the collection of the nursery at every 256th
 * object's safepoint included.
 */
public class AllocationBenchmark extends TimedBenchmark {
    private static final int OBJECTS = 256;

    private static long allocate(final Mutator m, final ObjectLayout layout) {
        long sum = 0;
        for (int i = 0; i < OBJECTS; i++) {
            sum += m.allocate(layout);
        }
        m.safepoint();
        return sum;
    }

    private static long generated(final Mutator m, final ObjectLayout layout) {
        final long base = m.segmentBase();
        final long control = m.controlAddress();
        long sum = 0;
        for (int i = 0; i < OBJECTS; i++) {
            sum += NurseryAccess.allocate(m, base, control, layout);
        }
        m.safepoint();
        return sum;
    }

    private static long raw(final Area area, final ObjectLayout layout) {
        long position = area.position;
        final long bytes = layout.fixedSize();
        final long start = position;
        Memory.clear(start, OBJECTS * bytes);
        long sum = 0;
        for (int i = 0; i < OBJECTS; i++) {
            Memory.putLong(position, layout.header());
            sum += position;
            position += bytes;
        }
        area.position = position + OBJECTS * bytes > area.end ? area.start : position;
        return sum;
    }

    /**
     * 16 bytes.
     *
     * @param state to allocate in.
     * @return sum of refs.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public long bytes16(final Nursery state) {
        return allocate(state.mutator, SMALL);
    }

    /**
     * 32 bytes.
     *
     * @param state to allocate in.
     * @return sum of refs.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public long bytes32(final Nursery state) {
        return allocate(state.mutator, CELL);
    }

    /**
     * 64 bytes.
     *
     * @param state to allocate in.
     * @return sum of refs.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public long bytes64(final Nursery state) {
        return allocate(state.mutator, LARGE);
    }

    /**
     * 16 bytes, as generated code does it.
     *
     * @param state to allocate in.
     * @return sum of refs.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public long bytes16Generated(final Nursery state) {
        return generated(state.mutator, SMALL);
    }

    /**
     * 64 bytes, as generated code does it.
     *
     * @param state to allocate in.
     * @return sum of refs.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public long bytes64Generated(final Nursery state) {
        return generated(state.mutator, LARGE);
    }

    /**
     * Zeroing and headers alone.
     *
     * @param state to allocate in.
     * @return sum of addresses.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public long rawBytes16(final Area state) {
        return raw(state, SMALL);
    }

    /**
     * Zeroing and headers alone.
     *
     * @param state to allocate in.
     * @return sum of addresses.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public long rawBytes32(final Area state) {
        return raw(state, CELL);
    }

    /**
     * Zeroing and headers alone.
     *
     * @param state to allocate in.
     * @return sum of addresses.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public long rawBytes64(final Area state) {
        return raw(state, LARGE);
    }

    /**
     * Java objects of 16 bytes.
     *
     * @param blackhole that they escape to.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public void javaBytes16(final Blackhole blackhole) {
        for (int i = 0; i < OBJECTS; i++) {
            blackhole.consume(new Object());
        }
    }

    /**
     * Java objects of 32 bytes.
     *
     * @param blackhole that they escape to.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public void javaBytes32(final Blackhole blackhole) {
        for (int i = 0; i < OBJECTS; i++) {
            blackhole.consume(new JavaNode());
        }
    }

    /**
     * Java objects of 64 bytes.
     *
     * @param blackhole that they escape to.
     */
    @Benchmark
    @OperationsPerInvocation(OBJECTS)
    public void javaBytes64(final Blackhole blackhole) {
        for (int i = 0; i < OBJECTS; i++) {
            blackhole.consume(new JavaLarge());
        }
    }

    /** A mutator inside a transaction. */
    @State(Scope.Thread)
    public static class Nursery {
        private Mutator mutator;

        /** Begins. */
        @Setup(Level.Trial)
        public void begin() {
            mutator = HEAP.attachMutator("benchmark");
            mutator.begin();
        }

        /** Ends. */
        @TearDown(Level.Trial)
        public void end() {
            mutator.commit();
            mutator.close();
        }
    }

    /** Memory as large as the part of the nursery that stays in the cache. */
    @State(Scope.Thread)
    public static class Area {
        private static final long BYTES = 64 << 10;
        private long start;
        private long end;
        private long position;

        /** Allocates it. */
        @Setup(Level.Trial)
        public void begin() {
            start = Memory.allocateZeroed(BYTES);
            end = start + BYTES;
            position = start;
        }

        /** Frees it. */
        @TearDown(Level.Trial)
        public void end() {
            Memory.free(start);
        }
    }

    /** An object of 64 bytes. */
    private static final class JavaLarge {
        private long value0;
        private long value1;
        private long value2;
        private long value3;
        private long value4;
        private long value5;
    }
}
