package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.segstm.bridge.Memory;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.ArrayList;
import java.util.List;

/**
 * Transactions that write: nanoseconds for each, by number of objects written and of segments that follow the log.
 * With one segment nothing is published. With more, all others, driven by the same thread, apply the entries too, 16
 * at a time; their time is included.
 */
public class CommitBenchmark extends TimedBenchmark {
    /**
     * Writes and commits.
     *
     * @param state to run in.
     */
    @Benchmark
    public void commit(final Writer state) {
        final Mutator m = state.mutator;
        final long value = ++state.number;
        m.begin();
        for (final long ref : state.refs) {
            m.putLong(ref, state.field, value);
        }
        m.commit();
        if ((value & Writer.FOLLOW_MASK) == 0) {
            state.follow();
        }
    }

    /**
     * Writes and rolls back.
     *
     * @param state to run in.
     */
    @Benchmark
    public void abort(final Writer state) {
        final Mutator m = state.mutator;
        m.begin();
        for (final long ref : state.refs) {
            m.putLong(ref, state.field, 1);
        }
        m.abort();
    }

    /**
     * The stores, once into the objects and once into memory that stands for the log, and one compare-and-set.
     *
     * @param state to run in.
     */
    @Benchmark
    public void rawCommit(final Writer state) {
        final long base = state.base;
        final long offset = state.field.offset();
        final long value = ++state.number;
        long logAddress = state.logAddress + Long.BYTES;
        for (final long ref : state.refs) {
            Memory.putLong(base + ref + offset, value);
            Memory.putLong(logAddress, ref);
            Memory.putLong(logAddress + Long.BYTES, value);
            logAddress += 2 * Long.BYTES;
        }
        Memory.compareAndSetLong(state.logAddress, value - 1, value);
    }

    /**
     * Stores into Java objects under a lock that nobody else wants.
     *
     * @param state to run in.
     */
    @Benchmark
    public void javaCommit(final Writer state) {
        final long value = ++state.number;
        synchronized (state) {
            for (final JavaNode object : state.objects) {
                object.value = value;
            }
        }
    }

    /** A mutator that writes, and others that follow. */
    @State(Scope.Thread)
    public static class Writer {
        private static final int FOLLOW_MASK = 15;
        private static final int HEAP_BYTES = 64 << 20;
        private static final int LOG_BYTES = 16 << 20;

        /** Objects written. */
        @Param({"1", "10", "100", "1000"})
        private int writes;

        /** Segments that follow the log, the writing one among them. */
        @Param({"1", "2", "4"})
        private int attached;

        private SegmentHeap heap;
        private Field field;
        private Mutator mutator;
        private final List<Mutator> others = new ArrayList<>();
        private long[] refs;
        private JavaNode[] objects;
        private long logAddress;
        private long base;
        private long number;

        /** Makes what is written. */
        @Setup(Level.Trial)
        public void attach() {
            heap = SegmentHeap.open(
                new HeapContext().segments(attached).heapBytes(HEAP_BYTES).logBytes(LOG_BYTES));
            final ObjectLayout.Builder cell = ObjectLayout.named("cell");
            field = cell.field("count", FieldType.INT64);
            cell.field("second", FieldType.INT64);
            cell.field("third", FieldType.INT64);
            final ObjectLayout layout = heap.register(cell);
            final ObjectLayout table = heap.register(ObjectLayout.named("table").variableRefs());
            final long cells = heap.prebuild("cells", m -> {
                m.push(m.allocate(table, writes));
                for (int i = 0; i < writes; i++) {
                    m.putRefAt(m.root(0), i, m.allocate(layout));
                }
                return m.pop();
            }).get();
            mutator = heap.attachMutator("benchmark");
            mutator.begin();
            refs = new long[writes];
            for (int i = 0; i < writes; i++) {
                refs[i] = mutator.getRefAt(cells, i);
            }
            base = mutator.segmentBase();
            mutator.commit();
            for (int i = 1; i < attached; i++) {
                others.add(heap.attachMutator("follower " + i));
            }
            follow();
            objects = JavaNode.array(writes);
            logAddress = Memory.allocateZeroed((2L * writes + 1) * Long.BYTES);
        }

        /** Lets the others apply what was committed. */
        void follow() {
            for (int i = 0; i < others.size(); i++) {
                others.get(i).begin();
                others.get(i).commit();
            }
        }

        /** Detaches, and closes the heap. */
        @TearDown(Level.Trial)
        public void detach() {
            mutator.close();
            others.forEach(Mutator::close);
            heap.close();
            Memory.free(logAddress);
        }
    }
}
