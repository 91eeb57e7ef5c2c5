package org.segstm.jit.placement;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Placements of random code: proved by the verifier, and tried on random paths. */
@Timeout(120)
class RandomPlacementTest {
    private static final int CODES = 800;
    private static final int PATHS = 12;

    @Test
    void shouldCoverEachAccessWhenCodeIsRandom() {
        final long[] executed = new long[Barrier.Kind.values().length];
        final long[] naive = new long[Barrier.Kind.values().length];
        for (long seed = 1; seed <= CODES; seed++) {
            final TestCode code = RandomCode.make(new Random(seed));
            final Placement placement = BarrierPlacer.place(code);
            final String shown = "seed=" + seed + "\n" + PlacementPrinter.print(code, placement);
            assertEquals(List.of(), PlacementVerifier.findViolations(code, placement), shown);
            final Placement everywhere = BarrierPlacer.naive(code);
            assertEquals(List.of(), PlacementVerifier.findViolations(code, everywhere), "seed=" + seed);
            for (int path = 0; path < PATHS; path++) {
                final PathRunner placed = new PathRunner(code, placement, seed * PATHS + path);
                final PathRunner compared = new PathRunner(code, everywhere, seed * PATHS + path);
                run(placed, shown);
                run(compared, shown);
                for (final Barrier.Kind kind : Barrier.Kind.values()) {
                    final int k = kind.ordinal();
                    assertTrue(!placed.isWhole() || placed.executed[k] <= compared.executed[k],
                        () -> "more barriers than accesses: " + kind + " " + shown);
                    executed[k] += placed.executed[k];
                    naive[k] += compared.executed[k];
                }
            }
        }
        for (final Barrier.Kind kind : Barrier.Kind.values()) {
            assertTrue(executed[kind.ordinal()] < naive[kind.ordinal()],
                kind + " executed=" + executed[kind.ordinal()] + " naive=" + naive[kind.ordinal()]);
        }
    }

    @Test
    void shouldCoverEachAccessWhenObjectsAreKnown() {
        for (long seed = 1; seed <= CODES; seed++) {
            final TestCode code = RandomCode.make(new Random(seed));
            for (int v = 0; v < RandomCode.OBJECTS + RandomCode.ARRAYS; v++) {
                code.known(v);
            }
            final Placement placement = BarrierPlacer.place(code);
            final String shown = "seed=" + seed + "\n" + PlacementPrinter.print(code, placement);
            assertEquals(List.of(), PlacementVerifier.findViolations(code, placement), shown);
            for (int path = 0; path < PATHS; path++) {
                run(new PathRunner(code, placement, seed * PATHS + path), shown);
            }
        }
    }

    @Test
    void shouldBeRefusedWhenOneBarrierIsMissing() {
        int removed = 0;
        int refused = 0;
        for (long seed = 1; seed <= CODES / 8; seed++) {
            final TestCode code = RandomCode.make(new Random(seed));
            final Placement whole = BarrierPlacer.place(code);
            for (final Slot slot : whole.slots()) {
                for (int i = 0; i < whole.at(slot).size(); i++) {
                    final Placement lacking = BarrierPlacer.place(code);
                    assertTrue(lacking.remove(slot, i));
                    removed++;
                    refused += PlacementVerifier.findViolations(code, lacking).isEmpty() ? 0 : 1;
                }
            }
        }
        // Code motion with several kinds of knowledge is not perfect: few barriers could have been left out.
        assertFalse(removed == 0);
        assertTrue(refused * 100L >= removed * 95L, "removed=" + removed + " refused=" + refused);
    }

    private static void run(final PathRunner runner, final String shown) {
        try {
            runner.run();
        } catch (final AssertionError e) {
            throw new AssertionError(e.getMessage() + " " + shown, e);
        }
    }
}
