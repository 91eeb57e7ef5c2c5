package org.segstm.bench.layout;

import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.TextTable;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the results of all points, prints them as tables and turns them into JSON. */
public final class LayoutReport {
    private static final String OF_FIRST = "of first";
    private static final double BUSY_BELOW = 0.95;
    private final Map<Place, List<LayoutResult>> results = new LinkedHashMap<>();

    /**
     * Adds a result, possibly one of several of the same point.
     *
     * @param workload that was measured.
     * @param point    where.
     * @param result   of the JVM.
     */
    public void add(final LayoutWorkload workload, final LayoutPoint point, final LayoutResult result) {
        results.computeIfAbsent(new Place(workload, point), place -> new ArrayList<>()).add(result);
    }

    /**
     * What was measured at a point.
     *
     * @param workload that was measured.
     * @param point    where.
     * @return medians.
     */
    public LayoutResult at(final LayoutWorkload workload, final LayoutPoint point) {
        return LayoutResult.median(results.get(new Place(workload, point)));
    }

    /**
     * Settings of the heap.
     *
     * @return those of the first point.
     */
    public String heapSettings() {
        return results.values().iterator().next().get(0).heapSettings();
    }

    /**
     * Did every heap hold what was committed?
     *
     * @return true when all did.
     */
    public boolean allChecksPassed() {
        return results.values().stream().flatMap(List::stream).allMatch(LayoutResult::check);
    }

    /**
     * Prints one table for each sweep and workload, and what checks found.
     *
     * @param out       where to.
     * @param sweeps    that were measured.
     * @param workloads that were measured.
     */
    public void printOn(
        final PrintWriter out, final List<LayoutSweep> sweeps, final List<LayoutWorkload> workloads) {
        for (final LayoutSweep sweep : sweeps) {
            for (final LayoutWorkload workload : workloads) {
                out.println();
                out.println(sweep.id() + ", " + workload.id());
                out.print(table(sweep, workload));
            }
        }
        if (results.values().stream().flatMap(List::stream).anyMatch(r -> r.get(LayoutFigure.CPU) < BUSY_BELOW)) {
            out.println("The machine was busy, or had fewer processors than threads: where cpu is low, figures say "
                + "more about it than about the heap.");
        }
        results.forEach((place, list) -> list.stream().filter(result -> !result.check()).forEach(result ->
            out.println("check failed: " + place.workload.id() + ", " + place.point + ": " + result.failedCheck())));
    }

    private TextTable table(final LayoutSweep sweep, final LayoutWorkload workload) {
        final List<String> heads = new ArrayList<>(List.of(sweep.id(), OF_FIRST));
        Arrays.stream(LayoutFigure.values()).map(LayoutFigure::title).forEach(heads::add);
        heads.add("check");
        final TextTable table = new TextTable(heads.toArray(String[]::new));
        for (final LayoutPoint point : sweep.points()) {
            final LayoutResult result = at(workload, point);
            final List<String> row = new ArrayList<>();
            row.add(sweep.label(point, 0));
            row.add(Figures.threeDigits(ofFirst(sweep, workload, point)));
            Arrays.stream(LayoutFigure.values()).map(figure -> figure.print(result.get(figure))).forEach(row::add);
            row.add(result.check() ? "ok" : "FAILED");
            table.row(row.toArray(String[]::new));
        }
        return table;
    }

    /**
     * Throughput against that of the sweep's first point.
     *
     * @param sweep    of the point.
     * @param workload that was measured.
     * @param point    of the sweep.
     * @return the ratio, 1 for the first point.
     */
    public double ofFirst(final LayoutSweep sweep, final LayoutWorkload workload, final LayoutPoint point) {
        return at(workload, point).get(LayoutFigure.OPS)
            / at(workload, sweep.points().get(0)).get(LayoutFigure.OPS);
    }

    /**
     * All figures.
     *
     * @return a list of maps, as JSON has them.
     */
    public List<Map<String, Object>> toJson() {
        return results.keySet().stream().map(this::toJson).toList();
    }

    private Map<String, Object> toJson(final Place place) {
        final LayoutResult result = at(place.workload, place.point);
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("workload", place.workload.id());
        for (final LayoutDimension dimension : LayoutDimension.values()) {
            json.put(dimension.id(), place.point.value(dimension));
        }
        for (final LayoutFigure figure : LayoutFigure.values()) {
            final double value = result.get(figure);
            json.put(figure.id(), Double.isNaN(value) ? null : value);
        }
        json.put("check", result.check());
        return json;
    }

    /** What was measured, and where. */
    private record Place(LayoutWorkload workload, LayoutPoint point) {
    }
}
