package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.segstm.bridge.Memory;
import org.segstm.bridge.Platform;
import org.segstm.bridge.Reservation;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Inspector;
import org.segstm.heap.MarkerReset;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.ReadMarkers;
import org.segstm.heap.segment.SegmentMap;

import java.util.Arrays;

/**
 * Reset of read markers, which comes once in 255 transactions: nanoseconds for one reset, the transaction around it
 * included.
 */
public class MarkerResetBenchmark extends TimedBenchmark {
    /**
     * A transaction whose begin resets.
     *
     * @param state with touched marker pages.
     */
    @Benchmark
    public void reset(final MarkedPages state) {
        state.mutator.begin();
        state.mutator.commit();
    }

    /**
     * Zeroing of so many pages whose addresses are known.
     *
     * @param state with memory.
     */
    @Benchmark
    public void rawClear(final Pages state) {
        for (int i = 0; i < state.pages; i++) {
            Memory.clear(state.reservation.address() + i * Platform.pageBytes(), Platform.pageBytes());
        }
    }

    /**
     * The kernel drops so many pages in one call.
     *
     * @param state with memory.
     */
    @Benchmark
    public void rawDiscard(final Pages state) {
        state.reservation.discard(0, state.pages * Platform.pageBytes());
    }

    /**
     * Zeroing of Java arrays as large as the pages.
     *
     * @param state with arrays.
     */
    @Benchmark
    public void javaClear(final Pages state) {
        for (final byte[] page : state.arrays) {
            Arrays.fill(page, (byte) 0);
        }
    }

    /** A heap in which the last transaction has read an object in each of so many marker pages. */
    @State(Scope.Thread)
    public static class MarkedPages {
        private static final int LOG_BYTES_IN_MIB = 20;

        /** Old space in use; a thousand marker pages belong to 64 MiB. */
        @Param({"80", "1000"})
        private int usedMib;

        /** Marker pages touched since the last reset. */
        @Param({"10", "100", "1000"})
        private int pages;

        /** The way of the reset. */
        @Param({"MEMSET", "MADVISE"})
        private MarkerReset way;

        private SegmentHeap heap;
        private Mutator mutator;
        private Inspector inspector;
        private long array;

        /** Opens. */
        @Setup(Level.Trial)
        public void open() {
            final long usedBytes = (long) usedMib << LOG_BYTES_IN_MIB;
            heap = SegmentHeap.open(new HeapContext().heapBytes(2 * usedBytes).segments(1).markerReset(way));
            final ObjectLayout numbers = heap.register(ObjectLayout.named("numbers").variableBytes());
            array = heap.prebuild("numbers", m -> m.allocate(numbers, usedBytes)).get();
            mutator = heap.attachMutator("benchmark");
            inspector = mutator.inspect();
        }

        /** Touches the pages. */
        @Setup(Level.Invocation)
        public void read() {
            final long bytesOfPage = Platform.pageBytes() << SegmentMap.LOG_READ_MARKER_SCALE;
            mutator.begin();
            for (int i = 0; i < pages; i++) {
                mutator.readCardBarrier(array, i * bytesOfPage);
            }
            mutator.commit();
            inspector.continueReadVersionFrom(ReadMarkers.MAXIMUM_VERSION);
        }

        /** Closes. */
        @TearDown(Level.Trial)
        public void close() {
            mutator.close();
            heap.close();
        }
    }

    /** Memory in pages, all touched. */
    @State(Scope.Thread)
    public static class Pages {
        /** How many. */
        @Param({"10", "100", "1000"})
        private int pages;

        private Reservation reservation;
        private byte[][] arrays;

        /** Maps them. */
        @Setup(Level.Trial)
        public void map() {
            reservation = Reservation.reserve(pages * Platform.pageBytes(), Platform.pageBytes());
            reservation.mapAnonymous(0, pages * Platform.pageBytes());
            arrays = new byte[pages][(int) Platform.pageBytes()];
        }

        /** Touches them. */
        @Setup(Level.Invocation)
        public void touch() {
            for (int i = 0; i < pages; i++) {
                Memory.putByte(reservation.address() + i * Platform.pageBytes(), (byte) 1);
            }
        }

        /** Unmaps them. */
        @TearDown(Level.Trial)
        public void unmap() {
            reservation.close();
        }
    }
}
