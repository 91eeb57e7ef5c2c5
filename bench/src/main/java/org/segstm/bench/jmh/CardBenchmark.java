package org.segstm.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.segstm.bridge.Memory;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.ObjectHeader;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Card barriers of arrays: nanoseconds for each element of 8 bytes, one after the other in 32 KB, or anywhere in 48 MB
 * (one in a card).
 */
public class CardBenchmark extends TimedBenchmark {
    private static final int ELEMENTS = (int) Population.SMALL_ARRAY_BYTES / Long.BYTES;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    /** Times this, modulo the number of cards, is a permutation that looks random to a prefetcher. */
    private static final long STRIDE = 0x9E3779B97F4A7C15L;
    private static final int CARDS = (int) (Population.LARGE_ARRAY_BYTES / ObjectHeader.BYTES_IN_CARD);

    private static long rawStart(final Population state, final long array) {
        final long address = state.mutator.segmentBase() + array;
        return address + Memory.getShort(address + ObjectHeader.VARIABLE_OFFSET_OFFSET);
    }

    private static long farIndex(final long number) {
        return (number * STRIDE >>> Integer.SIZE) % CARDS * ObjectHeader.BYTES_IN_CARD;
    }

    /**
     * Reads one after the other.
     *
     * @param state what to work on.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public long readCached(final Population state) {
        final Mutator m = state.mutator;
        final long array = state.smallArray;
        long sum = 0;
        for (long i = 0; i < Population.SMALL_ARRAY_BYTES; i += Long.BYTES) {
            sum += m.getLongAt(array, i);
        }
        return sum;
    }

    /**
     * Without barrier.
     *
     * @param state what to work on.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public long rawReadCached(final Population state) {
        final long start = rawStart(state, state.smallArray);
        long sum = 0;
        for (long i = 0; i < Population.SMALL_ARRAY_BYTES; i += Long.BYTES) {
            sum += Memory.getLong(start + i);
        }
        return sum;
    }

    /**
     * A Java array.
     *
     * @param state what to work on.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public long javaReadCached(final JavaPopulation state) {
        final byte[] array = state.smallArray;
        long sum = 0;
        for (long i = 0; i < Population.SMALL_ARRAY_BYTES; i += Long.BYTES) {
            sum += (long) LONGS.get(array, (int) i);
        }
        return sum;
    }

    /**
     * Writes one after the other, into open cards.
     *
     * @param state what to work on.
     */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public void writeCached(final WrittenPopulation state) {
        final Mutator m = state.mutator;
        final long array = state.smallArray;
        for (long i = 0; i < Population.SMALL_ARRAY_BYTES; i += Long.BYTES) {
            m.putLongAt(array, i, i);
        }
    }

    /**
     * Without barrier.
     *
     * @param state what to work on.
     */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public void rawWriteCached(final WrittenPopulation state) {
        final long start = rawStart(state, state.smallArray);
        for (long i = 0; i < Population.SMALL_ARRAY_BYTES; i += Long.BYTES) {
            Memory.putLong(start + i, i);
        }
    }

    /**
     * A Java array.
     *
     * @param state what to work on.
     */
    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public void javaWriteCached(final JavaPopulation state) {
        final byte[] array = state.smallArray;
        for (long i = 0; i < Population.SMALL_ARRAY_BYTES; i += Long.BYTES) {
            LONGS.set(array, (int) i, i);
        }
    }

    /**
     * Reads anywhere in 48 MB.
     *
     * @param state what to work on.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long readRandom(final Population state) {
        final Mutator m = state.mutator;
        final long array = state.largeArray;
        long sum = 0;
        final long first = state.next();
        for (long i = first; i < first + Population.OBJECTS; i++) {
            sum += m.getLongAt(array, farIndex(i));
        }
        return sum;
    }

    /**
     * Without barrier.
     *
     * @param state what to work on.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long rawReadRandom(final Population state) {
        final long start = rawStart(state, state.largeArray);
        long sum = 0;
        final long first = state.next();
        for (long i = first; i < first + Population.OBJECTS; i++) {
            sum += Memory.getLong(start + farIndex(i));
        }
        return sum;
    }

    /**
     * A Java array.
     *
     * @param state what to work on.
     * @return sum.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public long javaReadRandom(final JavaPopulation state) {
        final byte[] array = state.largeArray;
        long sum = 0;
        final long first = state.next();
        for (long i = first; i < first + Population.OBJECTS; i++) {
            sum += (long) LONGS.get(array, (int) farIndex(i));
        }
        return sum;
    }

    /**
     * Writes anywhere in 48 MB, into open cards.
     *
     * @param state what to work on.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void writeRandom(final WrittenPopulation state) {
        final Mutator m = state.mutator;
        final long array = state.largeArray;
        final long first = state.next();
        for (long i = first; i < first + Population.OBJECTS; i++) {
            m.putLongAt(array, farIndex(i), i);
        }
    }

    /**
     * Without barrier.
     *
     * @param state what to work on.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void rawWriteRandom(final WrittenPopulation state) {
        final long start = rawStart(state, state.largeArray);
        final long first = state.next();
        for (long i = first; i < first + Population.OBJECTS; i++) {
            Memory.putLong(start + farIndex(i), i);
        }
    }

    /**
     * A Java array.
     *
     * @param state what to work on.
     */
    @Benchmark
    @OperationsPerInvocation(Population.OBJECTS)
    public void javaWriteRandom(final JavaPopulation state) {
        final byte[] array = state.largeArray;
        final long first = state.next();
        for (long i = first; i < first + Population.OBJECTS; i++) {
            LONGS.set(array, (int) farIndex(i), i);
        }
    }
}
