package org.segstm.bench.barriers;

import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.TextTable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects how fast programs were after their start. */
public final class WarmUpReport {
    private static final int SLOTS_IN_LINE = 10;
    private final List<Line> lines = new ArrayList<>();

    /**
     * Adds a run.
     *
     * @param program that was run.
     * @param way     it was run.
     * @param result  of {@link WarmUpMain}.
     */
    public void add(final WarmUpProgram program, final Way way, final ChildResult result) {
        lines.add(new Line(program, way, (long) result.number("halfOfPeakMs"), result.number("peakPerSecond"),
            WarmUpMain.turns(result.text("turns"))));
    }

    /**
     * Has each program done anything?
     *
     * @return false when there was one that did not get to its first turn.
     */
    public boolean isComplete() {
        return lines.stream().allMatch(line -> line.peak > 0);
    }

    /**
     * When each was fast.
     *
     * @return the table.
     */
    public TextTable table() {
        final TextTable table =
            new TextTable("program", "run", "half of peak after ms", "peak turns/s", "of interpreted");
        double interpreted = Double.NaN;
        for (final Line line : lines) {
            interpreted = line.way == Way.INTERPRETED ? line.peak : interpreted;
            table.row(line.program.id(), line.way.id(), Long.toString(line.halfOfPeakMs), Figures.rate(line.peak),
                String.format(Locale.ROOT, "%.2f", line.peak / interpreted));
        }
        return table;
    }

    /**
     * Turns in each slot, ten slots to a line.
     *
     * @return lines of text.
     */
    public String curves() {
        final StringBuilder text = new StringBuilder();
        for (final Line line : lines) {
            text.append(String.format("%s, %s: turns per 100 ms%n", line.program.id(), line.way.id()));
            for (int slot = 0; slot < line.turns.length; slot += SLOTS_IN_LINE) {
                text.append(String.format("%4d s", slot / SLOTS_IN_LINE));
                Arrays.stream(line.turns, slot, Math.min(slot + SLOTS_IN_LINE, line.turns.length))
                    .forEach(turns -> text.append(String.format("%8d", turns)));
                text.append(System.lineSeparator());
            }
        }
        return text.toString();
    }

    /**
     * All figures.
     *
     * @return a list of maps, as JSON has them.
     */
    public List<Map<String, Object>> toJson() {
        final List<Map<String, Object>> all = new ArrayList<>();
        for (final Line line : lines) {
            final Map<String, Object> json = new LinkedHashMap<>();
            json.put("program", line.program.id());
            json.put("run", line.way.id());
            json.put("halfOfPeakMs", line.halfOfPeakMs);
            json.put("peakPerSecond", line.peak);
            json.put("turnsPer100Ms", Arrays.stream(line.turns).boxed().toList());
            all.add(json);
        }
        return all;
    }

    private record Line(WarmUpProgram program, Way way, long halfOfPeakMs, double peak, long[] turns) {
    }
}
