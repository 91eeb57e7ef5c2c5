package org.segstm.bench.layout;

import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Figures;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured at a point.
 *
 * @param figures      one of each.
 * @param failedCheck  what was wrong in the heap at the end, empty when nothing was.
 * @param heapSettings of the heap.
 */
public record LayoutResult(Map<LayoutFigure, Double> figures, String failedCheck, String heapSettings) {
    private static final String FAILED_CHECK = "failedCheck";
    private static final String HEAP_SETTINGS = "heapSettings";

    /**
     * Reads what {@link LayoutMain} printed.
     *
     * @param text its output.
     * @return the result.
     * @throws IllegalArgumentException when the heap refused a setting; with its message.
     */
    public static LayoutResult parse(final String text) {
        final ChildResult values = ChildResult.parse(text);
        final Map<LayoutFigure, Double> figures = new EnumMap<>(LayoutFigure.class);
        for (final LayoutFigure figure : LayoutFigure.values()) {
            figures.put(figure, values.number(figure.id()));
        }
        return new LayoutResult(figures, values.text(FAILED_CHECK), values.text(HEAP_SETTINGS));
    }

    /**
     * Makes one result of several of the same point.
     *
     * @param results at least one.
     * @return the median of each figure, and all that was wrong.
     */
    public static LayoutResult median(final List<LayoutResult> results) {
        final Map<LayoutFigure, Double> figures = new EnumMap<>(LayoutFigure.class);
        for (final LayoutFigure figure : LayoutFigure.values()) {
            figures.put(figure, Figures.median(results.stream().mapToDouble(result -> result.get(figure)).toArray()));
        }
        final String failed = results.stream().map(LayoutResult::failedCheck).filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
        return new LayoutResult(figures, failed, results.get(0).heapSettings);
    }

    /**
     * Did the heap hold what was committed?
     *
     * @return true when it did.
     */
    public boolean check() {
        return failedCheck.isEmpty();
    }

    /**
     * A figure.
     *
     * @param figure to look up.
     * @return its value, NaN when it could not be measured.
     */
    public double get(final LayoutFigure figure) {
        return figures.get(figure);
    }

    String print() {
        final ChildResult values = new ChildResult();
        figures.forEach((figure, value) -> values.put(figure.id(), value));
        return values.put(FAILED_CHECK, failedCheck).put(HEAP_SETTINGS, heapSettings).print();
    }
}
