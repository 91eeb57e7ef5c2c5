package org.segstm.duhton.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.segstm.heap.AbortCause;
import org.segstm.heap.HeapStatistics;
import org.segstm.heap.MutatorStatistics;
import org.segstm.heap.Phase;

/** What {@code --stats} shows: per thread and in total, what became of transactions, where time and memory went. */
final class StatisticsReport {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double BYTES_PER_KIB = 1 << 10;

    private StatisticsReport() {
    }

    static String of(final HeapStatistics statistics) {
        final String end = System.lineSeparator();
        final List<MutatorStatistics> rows = new ArrayList<>(statistics.mutators());
        rows.add(statistics.total());
        return "Transactions" + end + transactions(rows) + end
            + "Time in ms, memory in KiB" + end + timeAndMemory(rows) + end
            + "peak private memory: " + kib(statistics.peakPrivateBytes()) + " KiB, heap file: "
            + kib(statistics.fileBytes()) + " KiB, old space in use: " + kib(statistics.usedBytes())
            + " KiB, commit log: " + kib(statistics.logBytes()) + " KiB, reshares: " + statistics.reshares() + end;
    }

    private static TextTable transactions(final List<MutatorStatistics> rows) {
        final List<String> headings = new ArrayList<>(List.of("thread", "committed", "as inevitable", "aborted"));
        for (final AbortCause cause : AbortCause.values()) {
            headings.add(cause.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        final TextTable table = new TextTable(headings.toArray(new String[0]));
        for (final MutatorStatistics row : rows) {
            final List<String> cells = new ArrayList<>(List.of(row.name(), Long.toString(row.committed()),
                Long.toString(row.inevitable()), Long.toString(row.aborted())));
            for (final AbortCause cause : AbortCause.values()) {
                cells.add(Long.toString(row.aborted(cause)));
            }
            table.row(cells.toArray(new String[0]));
        }
        return table;
    }

    private static TextTable timeAndMemory(final List<MutatorStatistics> rows) {
        final TextTable table = new TextTable("thread", "run", "commit", "abort", "wait", "minor GC", "objects",
            "allocated", "pages privatized", "log entries", "minor collections");
        for (final MutatorStatistics row : rows) {
            table.row(row.name(), millis(row, Phase.RUN), millis(row, Phase.COMMIT), millis(row, Phase.ABORT),
                millis(row, Phase.WAIT), millis(row, Phase.MINOR_GC), Long.toString(row.objectsAllocated()),
                kib(row.bytesAllocated()), Long.toString(row.pagesPrivatized()), Long.toString(row.logEntries()),
                Long.toString(row.minorCollections()));
        }
        return table;
    }

    private static String millis(final MutatorStatistics row, final Phase phase) {
        return String.format(Locale.ROOT, "%.1f", row.nanos(phase) / NANOS_PER_MILLI);
    }

    private static String kib(final long bytes) {
        return String.format(Locale.ROOT, "%.0f", bytes / BYTES_PER_KIB);
    }
}
