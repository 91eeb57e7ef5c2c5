package org.segstm.bench.lee.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segstm.bench.lee.Board;
import org.segstm.bench.lee.BoardReader;
import org.segstm.bench.lee.grid.Grid;
import org.segstm.bench.lee.grid.GridKind;
import org.segstm.bench.lee.grid.GridSession;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** In this JVM; our heap is in checked mode. */
@Timeout(120)
class LeeMeasurementTest {
    @ParameterizedTest
    @CsvSource({
        "sequential, whole, 1", "segstm, whole, 1", "segstm, whole, 3", "segstm, planned, 1", "segstm, planned, 3",
        "scalastm, whole, 3", "scalastm, planned, 3"})
    void shouldLayEveryRouteWhenThreadsShareTheBoard(final String kind, final String way, final int threads)
        throws Exception {
        for (final String name : BoardReader.OWN_BOARDS) {
            final Board board = BoardReader.read(name, 4);
            try (LeeMeasurement measurement =
                new LeeMeasurement(board, GridKind.of(kind)::newGrid, Way.of(way), threads)) {
                for (int round = 0; round < 2; round++) {
                    final LeeRound laid = measurement.lay();
                    assertEquals("", laid.failedCheck(), name);
                    assertTrue(laid.waves() >= board.routes().size(), laid.toString());
                    assertTrue(laid.laidCells() > 0 && laid.visitedCells() > laid.laidCells(), laid.toString());
                    assertEquals(threads == 1, Double.isNaN(laid.handOffNs()));
                }
            }
        }
    }

    @Test
    void shouldFailTheCheckWhenAGridForgetsStores() throws Exception {
        try (LeeMeasurement measurement = new LeeMeasurement(
            BoardReader.read("comb", 4), ForgetfulGrid::new, Way.WHOLE, 1)) {
            assertNotEquals("", measurement.lay().failedCheck());
        }
    }

    /** Forgets each hundredth store. */
    private static final class ForgetfulGrid implements Grid {
        private static final int PERIOD = 100;
        private final Grid grid;

        ForgetfulGrid(final int[] contents) {
            grid = GridKind.SEQUENTIAL.newGrid(contents);
        }

        @Override
        public GridSession newSession(final String name) {
            final GridSession session = grid.newSession(name);
            return new GridSession() {
                private int stores;

                @Override
                public Runnable atomic(final Runnable body) {
                    return session.atomic(body);
                }

                @Override
                public Runnable glance(final Runnable body) {
                    return session.glance(body);
                }

                @Override
                public int get(final int cell) {
                    return session.get(cell);
                }

                @Override
                public void set(final int cell, final int value) {
                    stores++;
                    if (stores % PERIOD != 0) {
                        session.set(cell, value);
                    }
                }
            };
        }
    }
}
