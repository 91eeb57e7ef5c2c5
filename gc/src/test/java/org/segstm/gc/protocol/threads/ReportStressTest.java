package org.segstm.gc.protocol.threads;

import org.segstm.gc.reports.RecordedLog;
import org.segstm.heap.AbortCause;
import org.segstm.heap.Mutator;
import org.segstm.heap.MutatorStatistics;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.event.Conflict;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.HeapReports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Reports under real concurrency: nothing is missing in them, and both sides of each conflict were where they say. */
class ReportStressTest {
    private static final int CELLS = 8;
    private static final int READING = 1;
    private static final int WRITING = 2;
    private static final int UNDONE = 3;

    @EachSetup
    void shouldTellAllOutcomesAndBothSidesWhenMutatorsAreInEachOthersWay(final Setup setup) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final List<Conflict> conflicts = new CopyOnWriteArrayList<>();
        final List<MutatorStatistics> statistics;
        try (EventLog log = EventLog.create(bytes)) {
            final HeapReports reports = new HeapReports().eventLog(log).conflicts(conflicts::add)
                .locationText((number, ref) -> "place " + number);
            try (Crew crew = new Crew(setup.context().reports(reports), setup.threads(), CELLS)) {
                crew.work(Setup.MILLIS, (mutator, random, index) -> step(crew, mutator, random));
                statistics = crew.heap.statistics().mutators();
            }
        }
        final RecordedLog recorded = new RecordedLog(bytes.toByteArray());
        long lost = 0;
        for (final MutatorStatistics each : statistics) {
            check(recorded, each);
            for (final AbortCause cause : AbortCause.values()) {
                lost += cause.isConflict() ? each.aborted(cause) : 0;
            }
        }
        assertEquals(lost, conflicts.size());
        assertEquals(lost, recorded.conflicts.size());
        conflicts.forEach(ReportStressTest::check);
    }

    private static void step(final Crew crew, final Mutator mutator, final Random random) {
        final int from = random.nextInt(CELLS);
        final int to = random.nextInt(CELLS);
        mutator.atomicallyDo(m -> {
            if (random.nextInt(20) == 0) {
                m.becomeInevitable("now and then");
            }
            m.setLocation(READING, 0);
            final long amount = m.getLong(crew.cell(m, from), crew.value) + 1;
            if (random.nextInt(4) == 0) {
                m.push(m.allocate(crew.blob, 1000));
                m.safepoint();
                m.pop();
            }
            if (random.nextInt(4) == 0 && !m.isInevitable()) {
                m.beginNested();
                m.setLocation(UNDONE, 0);
                m.putLong(crew.cell(m, to), crew.value, amount);
                m.abortNested();
            }
            m.setLocation(WRITING, 0);
            m.putLong(crew.cell(m, to), crew.value, amount);
        });
        if (random.nextInt(10) == 0) {
            detach(crew, mutator, to);
        }
    }

    private static void detach(final Crew crew, final Mutator mutator, final int index) {
        mutator.begin();
        mutator.setLocation(WRITING, 0);
        mutator.putLong(crew.cell(mutator, index), crew.value, index);
        try {
            if (mutator.detach("call")) {
                Thread.yield();
            }
        } catch (final TransactionAbortedException e) {
            return;
        }
        mutator.reattach();
        mutator.commit();
    }

    private static void check(final RecordedLog recorded, final MutatorStatistics statistics) {
        final String name = statistics.name();
        assertEquals(recorded.end, recorded.nanos(name).values().stream().mapToLong(Long::longValue).sum(), name);
        final Map<String, Long> counts = recorded.outcomes(name);
        assertEquals(statistics.committed(), counts.getOrDefault("COMMITTED", 0L), name);
        for (final AbortCause cause : AbortCause.values()) {
            assertEquals(statistics.aborted(cause), counts.getOrDefault(cause.name(), 0L), name + " " + cause);
        }
    }

    private static void check(final Conflict conflict) {
        assertNotNull(conflict.writer().location(), () -> "no writer: " + conflict);
        assertEquals(WRITING, conflict.writer().location().number(), conflict::toString);
        assertNotNull(conflict.victim().location(), () -> "no place: " + conflict);
        assertEquals("cell", conflict.object().layout());
        assertTrue(conflict.victim().number() != conflict.writer().number(), conflict::toString);
    }
}
