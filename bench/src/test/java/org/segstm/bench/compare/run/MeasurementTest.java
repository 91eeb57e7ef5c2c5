package org.segstm.bench.compare.run;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.segstm.bench.compare.peer.Party;
import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.workload.Workload;
import org.segstm.bench.tool.ChildResult;

import java.util.Arrays;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every party runs every workload in this JVM; our heap is in checked mode. */
@Timeout(60)
class MeasurementTest {
    private static final long ROUND_NS = 10_000_000;

    @ParameterizedTest
    @MethodSource("combinations")
    void shouldPassItsChecksWhenThreadsRun(final Workload workload, final Party party) {
        final int threads = party == Party.PLAIN ? 1 : 3;
        final Measurement measurement =
            new Measurement(workload, party.newStore(workload.shape(), workload.history()), threads);
        measurement.warmUp(ROUND_NS);
        final RoundFigures figures = RoundFigures.of(measurement.round(ROUND_NS));
        assertEquals("", measurement.end().text(Measurement.FAILED_CHECK));
        assertTrue(figures.committed() > 0, figures.toString());
        assertTrue(figures.attempts() >= figures.committed(), figures.toString());
        assertTrue(figures.rate() >= 0 && figures.besideRate() >= 0, figures.toString());
    }

    static Stream<Arguments> combinations() {
        return Arrays.stream(Workload.values())
            .flatMap(workload -> Arrays.stream(Party.values()).map(party -> Arguments.of(workload, party)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldFailItsCheckWhenEachHundredthAccessGoesWrong(final Workload workload) {
        final Store plain = Party.PLAIN.newStore(workload.shape(), 0);
        final Measurement measurement = new Measurement(workload, new FaultyStore(plain), 1);
        measurement.round(ROUND_NS);
        final ChildResult end = measurement.end();
        assertFalse(end.text(Measurement.FAILED_CHECK).isEmpty(), workload.id());
    }

    /** Reads wrongly and forgets stores now and then. */
    private static final class FaultyStore implements Store {
        private final Store store;

        FaultyStore(final Store store) {
            this.store = store;
        }

        @Override
        public Session newSession(final String name) {
            return new FaultySession(store.newSession(name));
        }
    }

    private static final class FaultySession extends Session {
        private static final int PERIOD = 100;
        private final Session session;
        private int accesses;

        FaultySession(final Session session) {
            this.session = session;
        }

        private boolean isWrong() {
            accesses++;
            return accesses % PERIOD == 0;
        }

        @Override
        public Runnable prepare(final Step step) {
            return session.prepare(step);
        }

        @Override
        public long get(final int cell) {
            return session.get(cell) + (isWrong() ? 1 : 0);
        }

        @Override
        public void set(final int cell, final long value) {
            if (!isWrong()) {
                session.set(cell, value);
            }
        }

        @Override
        public long find(final int key) {
            return isWrong() ? key : session.find(key);
        }

        @Override
        public boolean put(final int key, final long value) {
            return isWrong() || session.put(key, value);
        }

        @Override
        public boolean remove(final int key) {
            return session.remove(key);
        }
    }
}
