package org.segstm.gc.protocol.model;

import org.segstm.gc.reports.RecordedLog;
import org.segstm.heap.AbortCause;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.MutatorStatistics;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.event.Conflict;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.HeapReports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reports of a play: what they tell is what was done. Locations say who was where, at which step. */
final class ReportCheck {
    private static final int MOST_MUTATORS = 16;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final EventLog log;
    private final List<Conflict> conflicts = new ArrayList<>();
    private long steps;

    private ReportCheck(final HeapContext context) {
        try {
            log = EventLog.create(bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        context.reports(new HeapReports().eventLog(log).conflicts(conflicts::add)
            .locationText((number, ref) -> Long.toString(number)));
    }

    /** For some plays; null for the others. */
    static ReportCheck forSeed(final long seed, final HeapContext context) {
        return seed % 3 == 0 ? new ReportCheck(context) : null;
    }

    void acts(final Mutator mutator) {
        mutator.setLocation(++steps * MOST_MUTATORS + indexOf(mutator.name()), 0);
    }

    private static int indexOf(final String name) {
        return Integer.parseInt(name.substring(1));
    }

    /** All mutators are closed. */
    void check(final SegmentHeap heap) {
        log.close();
        long lost = 0;
        final RecordedLog recorded = new RecordedLog(bytes.toByteArray());
        for (final MutatorStatistics statistics : heap.statistics().mutators()) {
            checkEqual(recorded, statistics);
            for (final AbortCause cause : AbortCause.values()) {
                lost += cause.isConflict() ? statistics.aborted(cause) : 0;
            }
        }
        if (lost != conflicts.size() || lost != recorded.conflicts.size()) {
            throw new AssertionError("conflicts: counted=" + lost + " told=" + conflicts.size() + " in the log="
                + recorded.conflicts.size());
        }
        conflicts.forEach(ReportCheck::checkSides);
    }

    private static void checkEqual(final RecordedLog recorded, final MutatorStatistics statistics) {
        final Map<String, Long> counts = recorded.outcomes(statistics.name());
        long sum = 0;
        for (final long nanos : recorded.nanos(statistics.name()).values()) {
            sum += nanos;
        }
        if (sum != recorded.end || counts.getOrDefault("COMMITTED", 0L) != statistics.committed()) {
            throw new AssertionError(statistics.name() + " time=" + sum + "/" + recorded.end + " committed="
                + statistics.committed() + " " + counts);
        }
        for (final AbortCause cause : AbortCause.values()) {
            if (counts.getOrDefault(cause.name(), 0L) != statistics.aborted(cause)) {
                throw new AssertionError(statistics.name() + " " + cause + "=" + statistics.aborted(cause)
                    + " " + counts);
            }
        }
    }

    private static void checkSides(final Conflict conflict) {
        for (final Conflict.Side side : List.of(conflict.victim(), conflict.writer())) {
            if (side.location() == null || side.location().number() % MOST_MUTATORS != indexOf(side.name())) {
                throw new AssertionError("wrong place: " + conflict);
            }
        }
        if (conflict.victim().number() == conflict.writer().number()) {
            throw new AssertionError("it conflicts with itself: " + conflict);
        }
    }
}
