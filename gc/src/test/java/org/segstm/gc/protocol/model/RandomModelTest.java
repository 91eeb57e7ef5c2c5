package org.segstm.gc.protocol.model;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.heap.PageSharing;

/**
 * Random interleavings against a model that knows exactly what each transaction must see and which commits must fail.
 * {@code -Dsegstm.test.seeds=1000} plays more, {@code -Dsegstm.test.seed=17} one again.
 */
class RandomModelTest {
    private static final int SEEDS = Integer.getInteger("segstm.test.seeds", 60);
    private static final int STEPS = Integer.getInteger("segstm.test.steps", 3000);
    private static final long ONE_SEED = Long.getLong("segstm.test.seed", -1);

    /** The larger the objects, the longer it takes to compare them. */
    private static final int SEEDS_PER_LARGE_ONE = 5;

    @ParameterizedTest(name = "{0}")
    @EnumSource(PageSharing.class)
    @Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldBehaveAsTheModelWhenActionsAreRandom(final PageSharing sharing) {
        playAll(sharing, false, SEEDS);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(PageSharing.class)
    @Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldBehaveAsTheModelWhenManyObjectsAreLarge(final PageSharing sharing) {
        playAll(sharing, true, SEEDS / SEEDS_PER_LARGE_ONE);
    }

    private static void playAll(final PageSharing sharing, final boolean large, final int seeds) {
        for (long seed = Math.max(0, ONE_SEED); seed < (ONE_SEED < 0 ? seeds : ONE_SEED + 1); seed++) {
            try {
                final RandomPlay play = new RandomPlay(seed, sharing, large);
                play.play(STEPS);
                play.close();
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("failed with -Dsegstm.test.seed=" + seed + " sharing=" + sharing
                    + " large=" + large + " " + e.getMessage(), e);
            }
        }
    }
}
