package org.segstm.bench.layout.map;

import org.segstm.bridge.Platform;
import org.segstm.heap.util.Units;

import java.util.Locale;

/** A heap map as text, three lines for each segment. */
public final class HeapMapText {
    private static final int TENTHS = 10;
    private static final int NURSERY_COLUMNS = 32;
    private static final String LEGEND = """
        old space  . untouched   s shared, touched by this view   1..9 tenths private   # all private
        markers    . untouched   + touched before   * read by this transaction
        nursery    # allocated since its last collection   + has memory   . has none
        """;

    private HeapMapText() {
    }

    /**
     * Draws a map.
     *
     * @param map of a heap.
     * @return lines.
     */
    public static String draw(final HeapMap map) {
        final StringBuilder text = new StringBuilder();
        text.append("old space used: ").append(Units.printBytes(map.usedBytes())).append(", a column is ")
            .append(Units.printBytes(map.columnBytes())).append('\n');
        map.rows().forEach(row -> draw(text, row));
        return text.append(LEGEND).toString();
    }

    private static void draw(final StringBuilder text, final MapRow row) {
        text.append(row.name()).append(": ").append(row.state()).append('\n');
        line(text, "old space");
        row.cells().forEach(cell -> text.append(oldSpace(cell)));
        if (row.isBase()) {
            text.append(String.format(Locale.ROOT, "  %,d pages%n", row.seenPages()));
            return;
        }
        text.append(String.format(
            Locale.ROOT, "  %,d private pages, %,d shared and touched%n", row.privatePages(), row.seenPages()));
        line(text, "markers");
        row.cells().forEach(cell -> text.append(cell.marks() > 0 ? '*' : cell.markerPages() > 0 ? '+' : '.'));
        text.append(String.format(Locale.ROOT, "  %,d pages touched, %,d granules read, version %d%n",
            row.markerPages(), row.marks(), row.readVersion()));
        line(text, "nursery");
        final long bytes = row.nurseryPages() * Platform.pageBytes();
        final long used = (row.nurseryUsedBytes() * NURSERY_COLUMNS + bytes - 1) / bytes;
        final long touched = (long) row.nurseryTouched() * NURSERY_COLUMNS / Math.max(1, row.nurseryPages());
        for (int i = 0; i < NURSERY_COLUMNS; i++) {
            text.append(i < used ? '#' : i < touched ? '+' : '.');
        }
        text.append("  ").append(Units.printBytes(row.nurseryUsedBytes())).append(" of ")
            .append(Units.printBytes(bytes)).append('\n');
    }

    private static void line(final StringBuilder text, final String name) {
        text.append(String.format(Locale.ROOT, "  %-9s  ", name));
    }

    private static char oldSpace(final MapCell cell) {
        if (cell.privatePages() == cell.pages()) {
            return '#';
        }
        if (cell.privatePages() > 0) {
            return (char) ('0' + Math.max(1, cell.privatePages() * TENTHS / cell.pages()));
        }
        return cell.isUntouched() ? '.' : 's';
    }
}
