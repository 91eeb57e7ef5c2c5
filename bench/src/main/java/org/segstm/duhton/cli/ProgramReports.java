package org.segstm.duhton.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.segstm.bench.report.Run;
import org.segstm.bench.report.show.ConflictText;
import org.segstm.bench.tool.ShutdownHooks;
import org.segstm.duhton.reader.SourceText;
import org.segstm.heap.HeapContext;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.HeapReports;

/** What {@code --event-log} and {@code --conflicts} ask for; nothing else makes the heap report anything. */
final class ProgramReports {
    private static final int TOP = 5;

    private final Path file;
    private final SourceText source;
    private final Run.Live live = new Run.Live();
    /** Somebody who ends a program that goes on for ever wants to read what it did. */
    private final Thread ending = new Thread(this::closeAtEnd, "event log");
    private EventLog log;

    /**
     * Notes what was asked for.
     *
     * @param file   for the event log, or null.
     * @param source to tell where conflicts were, null when nobody asks.
     */
    ProgramReports(final Path file, final SourceText source) {
        this.file = file;
        this.source = source;
    }

    /** The text that locations refer to; null when there are none. */
    SourceText source() {
        return source;
    }

    /**
     * Lets a heap report.
     *
     * @param context of the heap.
     * @throws IOException when the file cannot be written.
     */
    void applyTo(final HeapContext context) throws IOException {
        if (file != null) {
            log = EventLog.create(file);
        } else if (source != null) {
            log = EventLog.create(live);
        } else {
            return;
        }
        Runtime.getRuntime().addShutdownHook(ending);
        final HeapReports reports = new HeapReports().eventLog(log);
        if (source != null) {
            reports.conflicts(true).locationText((number, ref) -> source.describe(number));
        }
        context.reports(reports);
    }

    /**
     * Ends the log; the heap is closed.
     *
     * @return what to tell of conflicts; empty when nobody asks.
     * @throws IOException when the log could not be written.
     */
    String finish() throws IOException {
        if (log == null) {
            return "";
        }
        closeLog();
        ShutdownHooks.remove(ending);
        return source == null ? "" : ConflictText.of(file == null ? live.finish() : Run.read(file), TOP);
    }

    private void closeLog() throws IOException {
        try {
            log.close();
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void closeAtEnd() {
        try {
            closeLog();
        } catch (final IOException e) {
            System.err.println("Error: " + e.getMessage());
        }
    }
}
