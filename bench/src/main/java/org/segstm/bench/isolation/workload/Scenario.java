package org.segstm.bench.isolation.workload;

import org.segstm.heap.HeapContext;
import org.segstm.heap.MarkerReset;
import org.segstm.heap.PageSharing;

import java.util.SplittableRandom;

/**
 * What a run looks like; all of it follows from the seed, the strategy and the wishes.
 *
 * @param seed           of all random numbers.
 * @param strategy       of page sharing.
 * @param threads        that run transactions.
 * @param segments       of the heap.
 * @param unitBytes      privatization unit, 0 for a page.
 * @param nurseryBytes   per segment.
 * @param logBytes       commit log memory per segment.
 * @param markerReset    way of it.
 * @param privateBudget  bytes of private pages before a reshare.
 * @param mappings       that page sharing may use, 0 for the default.
 * @param verify         verify the heap after each collection.
 * @param disturbEvery   transactions between two disturbances of a thread, on average: reshares, major collections,
 *                       segments and mutators that come and go.
 * @param stampEvery     attempts between two stamps of the clock.
 * @param hotVariables   per shape that many operations go to.
 * @param hotPercent     of operations that go there.
 * @param writePercent   of operations in transactions that write.
 * @param longPerMille   transactions that are long.
 */
public record Scenario(
    long seed, PageSharing strategy, int threads, int segments, long unitBytes, long nurseryBytes, long logBytes,
    MarkerReset markerReset, long privateBudget, int mappings, boolean verify, int disturbEvery, int stampEvery,
    int hotVariables, int hotPercent, int writePercent, int longPerMille) {
    /** Most threads. */
    public static final int MOST_THREADS = 8;
    private static final int MOST_SEGMENTS = 8;
    private static final long HEAP_BYTES = 48L << 20;
    private static final long MINIMUM_MAJOR_BYTES = 4L << 20;
    private static final int[] DISTURB_EVERY = {5, 20, 100, 500, 5000};
    private static final int[] STAMP_EVERY = {1, 1, 4, 32};
    private static final int[] HOT = {1, 2, 8, 32};
    private static final int[] HOT_PERCENT = {50, 95};
    private static final int[] WRITES = {5, 25, 50};
    private static final int[] LONG = {0, 2, 20, 100};
    private static final int FEW_MAPPINGS = 64;
    private static final int VERIFIED_ONE_IN = 10;
    private static final int VERIFIED_DISTURB_EVERY = 200;

    /**
     * Draws a scenario.
     *
     * @param seed     of it.
     * @param strategy of page sharing.
     * @param threads  0 to draw it.
     * @return the scenario.
     */
    public static Scenario draw(final long seed, final PageSharing strategy, final int threads) {
        final SplittableRandom dice = new SplittableRandom(seed);
        final int drawnThreads = 1 + dice.nextInt(MOST_THREADS);
        final int segments = 2 + dice.nextInt(MOST_SEGMENTS - 1);
        final boolean verify = dice.nextInt(VERIFIED_ONE_IN) == 0;
        final int disturbEvery = DISTURB_EVERY[dice.nextInt(DISTURB_EVERY.length)];
        return new Scenario(seed, strategy, threads == 0 ? drawnThreads : threads, segments,
            dice.nextInt(3) == 0 ? 4096L << dice.nextInt(6) : 0, (64L << 10) << dice.nextInt(5),
            (16L << 10) << dice.nextInt(5), dice.nextBoolean() ? MarkerReset.MEMSET : MarkerReset.MADVISE,
            (64L << 10) << dice.nextInt(8), dice.nextInt(4) == 0 ? FEW_MAPPINGS : 0, verify,
            verify ? Math.max(VERIFIED_DISTURB_EVERY, disturbEvery) : disturbEvery,
            STAMP_EVERY[dice.nextInt(STAMP_EVERY.length)], HOT[dice.nextInt(HOT.length)],
            HOT_PERCENT[dice.nextInt(HOT_PERCENT.length)], WRITES[dice.nextInt(WRITES.length)],
            LONG[dice.nextInt(LONG.length)]);
    }

    HeapContext context() {
        final HeapContext context = new HeapContext().heapBytes(HEAP_BYTES).segments(segments).pageSharing(strategy)
            .nurseryBytes(nurseryBytes).logBytes(logBytes).markerReset(markerReset).privateBudgetBytes(privateBudget)
            .minimumMajorBytes(MINIMUM_MAJOR_BYTES).verify(verify);
        if (unitBytes != 0) {
            context.unitBytes(unitBytes);
        }
        return mappings == 0 ? context : context.maximumMappings(mappings);
    }
}
