package org.segstm.duhton.cli;

import java.util.ArrayList;
import java.util.List;

/** A table of text: the first column to the left, numbers to the right, each as wide as needed. */
final class TextTable {
    private static final String GAP = "  ";
    private final List<String[]> rows = new ArrayList<>();

    TextTable(final String... headings) {
        rows.add(headings);
    }

    TextTable row(final String... cells) {
        if (cells.length != rows.get(0).length) {
            throw new IllegalArgumentException("a row has a cell per heading: cells=" + cells.length);
        }
        rows.add(cells);
        return this;
    }

    @Override
    public String toString() {
        final int[] widths = new int[rows.get(0).length];
        for (final String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        final StringBuilder text = new StringBuilder();
        for (final String[] row : rows) {
            text.append(row[0]).append(" ".repeat(widths[0] - row[0].length()));
            for (int i = 1; i < row.length; i++) {
                text.append(GAP).append(" ".repeat(widths[i] - row[i].length())).append(row[i]);
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }
}
