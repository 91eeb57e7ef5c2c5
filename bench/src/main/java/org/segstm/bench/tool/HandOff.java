package org.segstm.bench.tool;

import org.segstm.bridge.Memory;

import java.util.Arrays;

/**
 * Measures how long a cache line takes from one core to the other: two threads count a word up in turns. On virtual
 * machines it changes several-fold while one looks away, and with it everything that two threads share.
 *
 * <p>Matching pair: the word is stored with release and loaded with acquire.
 */
public final class HandOff implements AutoCloseable {
    private static final long BYTES_BETWEEN_HOT_WORDS = 128;
    private static final int SAMPLES = 15;
    private static final int HAND_OFFS_IN_SAMPLE = 2000;
    private static final long LONGEST_MEASUREMENT_NS = 100_000_000;
    private static final int SPINS_BEFORE_YIELD = 10_000;
    /** Turns between two looks at the clock. */
    private static final long CLOCK_MASK = 31;
    private static final long END = -1;

    private final long memoryAddress = Memory.allocateZeroed(3 * BYTES_BETWEEN_HOT_WORDS);
    private final long wordAddress = memoryAddress + 2 * BYTES_BETWEEN_HOT_WORDS - 1 & -BYTES_BETWEEN_HOT_WORDS;

    /**
     * Measures now. Takes both cores for some milliseconds.
     *
     * @return median time of one hand-off in nanoseconds, or NaN when there is one processor only.
     */
    public double medianNs() {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            return Double.NaN;
        }
        Memory.putLongRelease(wordAddress, 0);
        final Thread partner = new Thread(this::answer, "hand-off");
        partner.start();
        final double[] samples = new double[SAMPLES];
        final long start = System.nanoTime();
        long turn = 0;
        int count = 0;
        while (count < SAMPLES && (count == 0 || System.nanoTime() - start < LONGEST_MEASUREMENT_NS)) {
            final long sampleStart = System.nanoTime();
            final long first = turn;
            turn = countTo(first, first + HAND_OFFS_IN_SAMPLE, start + LONGEST_MEASUREMENT_NS);
            samples[count++] = (System.nanoTime() - sampleStart) / (double) (turn - first);
        }
        Memory.putLongRelease(wordAddress, END);
        join(partner);
        return Figures.median(Arrays.copyOf(samples, count));
    }

    /** Where both share a processor with others, a hand-off may take milliseconds; so it may end before. */
    private long countTo(final long from, final long to, final long end) {
        long turn = from;
        while (turn < to && (turn == from || (turn & CLOCK_MASK) != 0 || System.nanoTime() < end)) {
            Memory.putLongRelease(wordAddress, turn + 1);
            awaitOther(turn + 1);
            turn += 2;
        }
        return turn;
    }

    /** Odd numbers are the partner's to answer. */
    private void answer() {
        long turn = awaitOther(0);
        while (turn != END) {
            Memory.putLongRelease(wordAddress, turn + 1);
            turn = awaitOther(turn + 1);
        }
    }

    private long awaitOther(final long mine) {
        int spins = 0;
        long word = Memory.getLongAcquire(wordAddress);
        while (word == mine) {
            if (++spins == SPINS_BEFORE_YIELD) {
                spins = 0;
                Thread.yield();
            }
            word = Memory.getLongAcquire(wordAddress);
        }
        return word;
    }

    private static void join(final Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Memory.free(memoryAddress);
    }
}
