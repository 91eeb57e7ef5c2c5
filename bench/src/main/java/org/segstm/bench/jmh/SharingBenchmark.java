package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.segstm.bridge.Memory;
import org.segstm.bridge.MemoryFile;
import org.segstm.bridge.Platform;
import org.segstm.bridge.Reservation;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.util.Units;

/** Sharing of pages by strategy and unit: nanoseconds for each unit made private, shared again or rolled back. */
public class SharingBenchmark extends TimedBenchmark {
    private static final int UNITS = 16;

    /**
     * The first write to each unit, barrier and undo included.
     *
     * @param state all of whose units are shared.
     */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void privatize(final SharedUnits state) {
        state.heap.write();
    }

    /**
     * Roll-back of the first write to each unit, and of the first write alone.
     *
     * @param state all of whose units are shared.
     */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void privatizeAndAbort(final SharedUnits state) {
        state.heap.write();
        state.heap.mutator.abort();
    }

    /**
     * Roll-back of a write to each unit, all of them private before.
     *
     * @param state all of whose units are private.
     */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void abort(final PrivateUnits state) {
        state.heap.mutator.begin();
        state.heap.write();
        state.heap.mutator.abort();
    }

    /**
     * Reshare of the units; to stop and go on is included, see {@link #reshareNothing}.
     *
     * @param state all of whose units have been written.
     */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void reshare(final WrittenUnits state) {
        state.heap.segments.reshare();
    }

    /**
     * Reshare without any unit; for comparison divided by as many.
     *
     * @param state all of whose units are shared.
     */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void reshareNothing(final PrivateUnits state) {
        state.heap.segments.reshare();
    }

    /**
     * What the kernel takes: a store to each page of units mapped copy-on-write, or a mapping and a copy.
     *
     * @param state all of whose units are shared.
     */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void rawPrivatize(final RawUnits state) {
        state.privatize();
    }

    /**
     * What the kernel takes to share all units again at once.
     *
     * @param state all of whose units are private.
     */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void rawReshare(final RawPrivateUnits state) {
        state.share();
    }

    /**
     * Copies of Java arrays as large as the units.
     *
     * @param state with the arrays.
     */
    @Benchmark
    @OperationsPerInvocation(UNITS)
    public void javaPrivatize(final JavaUnits state) {
        for (int i = 0; i < UNITS; i++) {
            System.arraycopy(state.shared[i], 0, state.own[i], 0, state.own[i].length);
        }
    }

    /** Strategy and unit. */
    @State(Scope.Thread)
    public static class Choice {
        /** Strategy. */
        @Param({"PRIVATE_COW", "MMAP_FIXED", "REMAP_FILE_PAGES"})
        PageSharing strategy;

        /** Privatization unit. */
        @Param({"4k", "64k", "2m"})
        String unit;

        long unitBytes() {
            return Units.parseBytes("unit", unit);
        }
    }

    /** A heap with one array that spans all units. */
    private static final class UnitHeap {
        private final SegmentHeap segments;
        private final Mutator mutator;
        private final long array;
        private final long unitBytes;

        UnitHeap(final Choice choice) {
            unitBytes = choice.unitBytes();
            segments = SegmentHeap.open(new HeapContext().segments(2).heapBytes(2 * (UNITS + 2) * unitBytes + (8 << 20))
                .pageSharing(choice.strategy).unitBytes(unitBytes).privateBudgetBytes(Long.MAX_VALUE));
            final ObjectLayout numbers = segments.register(ObjectLayout.named("numbers").variableBytes());
            array = segments.prebuild("numbers", m -> m.allocate(numbers, (UNITS + 1) * unitBytes)).get();
            mutator = segments.attachMutator("benchmark");
            for (int i = 0; i < 2; i++) {
                mutator.begin();
                write();
                mutator.commit();
            }
        }

        void write() {
            for (int i = 0; i < UNITS; i++) {
                mutator.putLongAt(array, i * unitBytes, i);
            }
        }

        void endTransaction() {
            if (mutator.inTransaction()) {
                mutator.commit();
            }
        }

        void close() {
            endTransaction();
            mutator.close();
            segments.close();
        }
    }

    /** A transaction begins, and everything is shared. */
    @State(Scope.Thread)
    public static class SharedUnits {
        private UnitHeap heap;

        /**
         * Opens.
         *
         * @param choice strategy and unit.
         */
        @Setup(Level.Trial)
        public void open(final Choice choice) {
            heap = new UnitHeap(choice);
        }

        /** Begins. */
        @Setup(Level.Invocation)
        public void begin() {
            heap.segments.reshare();
            heap.mutator.begin();
        }

        /** Ends. */
        @TearDown(Level.Invocation)
        public void end() {
            heap.endTransaction();
        }

        /** Closes. */
        @TearDown(Level.Trial)
        public void close() {
            heap.close();
        }
    }

    /** All has been written; no transaction runs. */
    @State(Scope.Thread)
    public static class WrittenUnits {
        private UnitHeap heap;

        /**
         * Opens.
         *
         * @param choice strategy and unit.
         */
        @Setup(Level.Trial)
        public void open(final Choice choice) {
            heap = new UnitHeap(choice);
        }

        /** Writes. */
        @Setup(Level.Invocation)
        public void write() {
            heap.mutator.begin();
            heap.write();
            heap.mutator.commit();
        }

        /** Closes. */
        @TearDown(Level.Trial)
        public void close() {
            heap.close();
        }
    }

    /** All has been written once. */
    @State(Scope.Thread)
    public static class PrivateUnits {
        private UnitHeap heap;

        /**
         * Opens.
         *
         * @param choice strategy and unit.
         */
        @Setup(Level.Trial)
        public void open(final Choice choice) {
            heap = new UnitHeap(choice);
        }

        /** Closes. */
        @TearDown(Level.Trial)
        public void close() {
            heap.close();
        }
    }

    /** A file and a view of it, without a heap. */
    @State(Scope.Thread)
    public static class RawUnits {
        private static final long ALIGNMENT = 2 << 20;
        private PageSharing strategy;
        private long unitBytes;
        private long viewOffset;
        private Reservation reservation;
        private MemoryFile file;

        /**
         * Maps the view behind what is shared.
         *
         * @param choice strategy and unit.
         */
        @Setup(Level.Trial)
        public void open(final Choice choice) {
            strategy = choice.strategy;
            unitBytes = choice.unitBytes();
            viewOffset = UNITS * unitBytes;
            reservation = Reservation.reserve(2 * viewOffset, ALIGNMENT);
            file = MemoryFile.create("segstm-jmh", 2 * viewOffset);
            reservation.mapShared(0, viewOffset, file, 0);
            Memory.clear(reservation.address(), viewOffset);
            if (strategy == PageSharing.PRIVATE_COW) {
                reservation.mapPrivate(viewOffset, viewOffset, file, 0);
            } else {
                reservation.mapShared(viewOffset, viewOffset, file, 0);
            }
        }

        /** Shares everything and touches it, as readers have. */
        @Setup(Level.Invocation)
        public void share() {
            if (strategy == PageSharing.PRIVATE_COW) {
                reservation.discard(viewOffset, viewOffset);
            } else {
                for (int i = 0; i < UNITS; i++) {
                    map(i, i * unitBytes);
                }
            }
        }

        void privatize() {
            for (int i = 0; i < UNITS; i++) {
                final long unitAddress = reservation.address() + viewOffset + i * unitBytes;
                if (strategy == PageSharing.PRIVATE_COW) {
                    for (long page = 0; page < unitBytes; page += Platform.pageBytes()) {
                        Memory.getAndAddLong(unitAddress + page, 0);
                    }
                } else {
                    map(i, viewOffset + i * unitBytes);
                    Memory.copy(reservation.address() + i * unitBytes, unitAddress, unitBytes);
                }
            }
        }

        private void map(final int unit, final long fileOffset) {
            final long offset = viewOffset + unit * unitBytes;
            if (strategy == PageSharing.MMAP_FIXED) {
                reservation.mapShared(offset, unitBytes, file, fileOffset);
            } else {
                reservation.remapFilePages(offset, unitBytes, fileOffset);
            }
        }

        /** Unmaps everything. */
        @TearDown(Level.Trial)
        public void close() {
            reservation.close();
            file.close();
        }
    }

    /** The same with all units private. */
    @State(Scope.Thread)
    public static class RawPrivateUnits extends RawUnits {
        /** Makes everything private. */
        @Setup(Level.Invocation)
        public void makePrivate() {
            privatize();
        }
    }

    /** Arrays in pairs. */
    @State(Scope.Thread)
    public static class JavaUnits {
        private byte[][] shared;
        private byte[][] own;

        /**
         * Allocates them.
         *
         * @param choice unit; the strategy makes no difference.
         */
        @Setup(Level.Trial)
        public void allocate(final Choice choice) {
            shared = new byte[UNITS][(int) choice.unitBytes()];
            own = new byte[UNITS][(int) choice.unitBytes()];
        }
    }
}
