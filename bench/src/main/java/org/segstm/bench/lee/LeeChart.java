package org.segstm.bench.lee;

import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;
import org.segstm.bench.tool.PngChart;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws how long each memory took: a panel for each board, bars by number of threads. */
public final class LeeChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 360;

    private LeeChart() {
    }

    /**
     * Draws all figures of a report.
     *
     * @param report to draw.
     * @param file   to write.
     */
    public static void write(final LeeReport report, final Path file) {
        PngChart.write(report.lines().stream().map(line -> line.board().name()).distinct()
            .map(board -> panel(report, board)).toList(), file);
    }

    private static CategoryChart panel(final LeeReport report, final String board) {
        final List<LeeFigures> lines =
            report.lines().stream().filter(line -> line.board().name().equals(board)).toList();
        final List<Integer> threads = lines.stream().map(LeeFigures::threads).distinct().toList();
        final Map<String, Map<Integer, Double>> series = new LinkedHashMap<>();
        for (final LeeFigures line : lines) {
            final String name = line.isSequential() ? line.kind().id() + ", 1 thread"
                : line.kind().id() + ", " + line.way().id();
            series.computeIfAbsent(name, n -> new LinkedHashMap<>()).put(line.threads(), line.milliseconds());
        }
        final CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT)
            .title(lines.get(0).board().toString()).xAxisTitle("threads").yAxisTitle("milliseconds").build();
        chart.getStyler().setYAxisMin(0.0).setLegendPosition(Styler.LegendPosition.OutsideE);
        series.forEach((name, values) ->
            chart.addSeries(name, threads, threads.stream().map(values::get).toList()));
        return chart;
    }
}
