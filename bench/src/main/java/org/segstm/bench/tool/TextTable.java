package org.segstm.bench.tool;

import java.util.ArrayList;
import java.util.List;

/** A table of text: the first column to the left, all others to the right. */
public final class TextTable {
    private static final String GAP = "  ";
    private final List<String[]> rows = new ArrayList<>();

    /**
     * Starts a table.
     *
     * @param heads of the columns.
     */
    public TextTable(final String... heads) {
        rows.add(heads);
    }

    /**
     * Adds a row.
     *
     * @param cells one per column.
     * @return this table.
     * @throws IllegalArgumentException when there are more or fewer cells than heads.
     */
    public TextTable row(final String... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException(
                "a row has one cell per column: cells=" + cells.length + " columns=" + rows.get(0).length);
        }
        rows.add(cells);
        return this;
    }

    /**
     * The same table in Markdown.
     *
     * @return lines.
     */
    public String toMarkdown() {
        final StringBuilder text = new StringBuilder();
        for (final String[] row : rows) {
            text.append("| ").append(String.join(" | ", row)).append(" |\n");
            if (row == rows.get(0)) {
                text.append("|---").append("|--:".repeat(row.length - 1)).append("|\n");
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        final int[] widths = new int[rows.get(0).length];
        for (final String[] row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        final StringBuilder text = new StringBuilder();
        for (final String[] row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                final String padding = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? row[i] + padding : GAP + padding + row[i]);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
