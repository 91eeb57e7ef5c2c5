package org.segstm.bench.throughput;

import jdk.jfr.Recording;
import org.segstm.bench.tool.BenchException;
import org.segstm.heap.HeapContext;
import org.segstm.heap.event.ConflictSummary;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.HeapReports;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** What the heap of a measuring JVM reports meanwhile, to see what that costs. */
public enum Reporting {
    /** Nothing. */
    OFF,
    /** Times by phase. */
    TIMING,
    /** All events, to a log that is thrown away. */
    EVENTS,
    /** Conflicts with the locations of both sides. */
    CONFLICTS,
    /** Events of a recording of the JVM with its default settings. */
    JFR;

    /** Property: name of one of these, in lower case. */
    static final String PROPERTY = "segstm.bench.reports";

    /** What this JVM was started for. */
    static Reporting current() {
        return valueOf(System.getProperty(PROPERTY, OFF.name()).toUpperCase(Locale.ROOT));
    }

    HeapContext applyTo(final HeapContext context) {
        switch (this) {
            case TIMING:
                return context.timing(true);
            case EVENTS:
                return context.reports(new HeapReports().eventLog(newLog()));
            case CONFLICTS:
                return context.reports(new HeapReports().conflicts(new ConflictSummary()));
            case JFR:
                new Recording().start();
                return context.reports(new HeapReports().jfr(true));
            default:
                return context;
        }
    }

    private static EventLog newLog() {
        try {
            return EventLog.create(OutputStream.nullOutputStream());
        } catch (final IOException e) {
            throw new BenchException("the event log cannot be made: " + e.getMessage());
        }
    }
}
