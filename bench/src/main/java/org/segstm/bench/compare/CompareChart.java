package org.segstm.bench.compare;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;
import org.segstm.bench.compare.peer.Party;
import org.segstm.bench.tool.PngChart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws the rows: bars on a logarithmic axis, a panel for each number of threads. */
public final class CompareChart {
    private static final int WIDTH = 1400;
    private static final int HEIGHT = 420;
    private static final double LEAST_RATE = 0.1;
    private static final double DECADE = 10;

    private CompareChart() {
    }

    /**
     * Draws all rows of a report.
     *
     * @param report to draw.
     * @param file   to write.
     */
    public static void write(final CompareReport report, final Path file) {
        PngChart.write(report.rows().stream().map(Row::threads).distinct()
            .map(threads -> panel(report, threads)).toList(), file);
    }

    private static CategoryChart panel(final CompareReport report, final int threads) {
        final CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT)
            .title("threads: " + threads).xAxisTitle("").yAxisTitle("transactions a second").build();
        final List<Row> rows = report.rows().stream().filter(row -> row.threads() == threads).toList();
        final double slowest = rows.stream().flatMap(row -> row.figures().values().stream())
            .mapToDouble(PartyFigures::rate).filter(rate -> rate > LEAST_RATE).min().orElse(1);
        final double bottom = Math.pow(DECADE, Math.floor(Math.log10(slowest)));
        chart.getStyler().setYAxisLogarithmic(true).setYAxisMin(bottom)
            .setLegendPosition(Styler.LegendPosition.OutsideE);
        final List<String> names = rows.stream().map(row -> row.workload().id()).toList();
        for (final Party party : report.parties()) {
            final List<Double> rates = new ArrayList<>();
            for (final Row row : rows) {
                final PartyFigures figures = row.figures().get(party);
                rates.add(figures == null ? null : Math.max(bottom, figures.rate()));
            }
            if (rates.stream().anyMatch(rate -> rate != null)) {
                chart.addSeries(party.id(), names, rates);
            }
        }
        return chart;
    }
}
