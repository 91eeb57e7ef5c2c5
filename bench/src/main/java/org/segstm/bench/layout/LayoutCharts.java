package org.segstm.bench.layout;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;
import org.segstm.bench.tool.BenchException;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws a picture for each sweep: along its first dimension, bars for each workload and value of the others. */
public final class LayoutCharts {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int COLUMNS = 2;
    private static final List<LayoutFigure> DRAWN = List.of(
        LayoutFigure.PRIVATIZED, LayoutFigure.PRIVATE_MIB, LayoutFigure.MAPPINGS, LayoutFigure.SHOOTDOWNS,
        LayoutFigure.RESHARE_MS);
    private final LayoutReport report;
    private final List<LayoutWorkload> workloads;

    /**
     * Prepares to draw.
     *
     * @param report    what was measured.
     * @param workloads that were measured.
     */
    public LayoutCharts(final LayoutReport report, final List<LayoutWorkload> workloads) {
        this.report = report;
        this.workloads = List.copyOf(workloads);
    }

    /**
     * Draws one PNG file for each sweep.
     *
     * @param folder where to; is made.
     * @param sweeps that were measured.
     * @return files.
     */
    public List<Path> draw(final Path folder, final List<LayoutSweep> sweeps) {
        System.setProperty("java.awt.headless", "true");
        final List<Path> files = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (final LayoutSweep sweep : sweeps) {
                final Path file = folder.resolve("layout-" + sweep.id() + ".png");
                final List<CategoryChart> charts = charts(sweep);
                BitmapEncoder.saveBitmap(charts, charts.size() / COLUMNS, COLUMNS,
                    file.toString(), BitmapEncoder.BitmapFormat.PNG);
                files.add(file);
            }
        } catch (final IOException e) {
            throw new BenchException("cannot write charts to " + folder + ": " + e);
        }
        return files;
    }

    private List<CategoryChart> charts(final LayoutSweep sweep) {
        final List<CategoryChart> charts = new ArrayList<>();
        charts.add(chart(sweep, "throughput, of the first", (workload, point) -> {
            final List<LayoutPoint> line = sweep.points().stream()
                .filter(other -> sweep.label(other, 1).equals(sweep.label(point, 1))).toList();
            return report.ofFirst(new LayoutSweep(sweep.varied(), line), workload, point);
        }));
        for (final LayoutFigure figure : DRAWN) {
            charts.add(chart(sweep, figure.title(), (workload, point) -> report.at(workload, point).get(figure)));
        }
        return charts;
    }

    private CategoryChart chart(final LayoutSweep sweep, final String title, final Height height) {
        final String axis = sweep.varied().isEmpty() ? "" : sweep.varied().get(0).title();
        final CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT)
            .title(title).xAxisTitle(axis).theme(Styler.ChartTheme.XChart).build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        for (final LayoutWorkload workload : workloads) {
            lines(sweep).forEach((name, points) -> chart.addSeries((workload.id() + " " + name).trim(),
                points.stream().map(point -> sweep.varied().isEmpty() ? "" : point.value(sweep.varied().get(0)))
                    .toList(),
                points.stream().map(point -> drawable(height.of(workload, point))).toList()));
        }
        return chart;
    }

    private static Map<String, List<LayoutPoint>> lines(final LayoutSweep sweep) {
        final Map<String, List<LayoutPoint>> lines = new LinkedHashMap<>();
        sweep.points().forEach(
            point -> lines.computeIfAbsent(sweep.label(point, 1), name -> new ArrayList<>()).add(point));
        return lines;
    }

    private static double drawable(final double value) {
        return Double.isFinite(value) ? value : 0;
    }

    /** What a line shows at a point. */
    private interface Height {
        double of(LayoutWorkload workload, LayoutPoint point);
    }
}
