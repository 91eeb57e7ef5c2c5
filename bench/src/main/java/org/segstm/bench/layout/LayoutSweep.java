package org.segstm.bench.layout;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Points to be compared with one another.
 *
 * @param varied dimensions in which they differ; none for a single point.
 * @param points in their order.
 */
public record LayoutSweep(List<LayoutDimension> varied, List<LayoutPoint> points) {
    /**
     * What to measure: each of the given dimensions for itself, or all combinations of their values.
     *
     * @param start   what all points have in dimensions that are not varied.
     * @param sweeps  values of each dimension that is varied.
     * @param product true for all combinations.
     * @return sweeps.
     */
    public static List<LayoutSweep> of(
        final LayoutPoint start, final Map<LayoutDimension, List<String>> sweeps, final boolean product) {
        if (product || sweeps.isEmpty()) {
            return List.of(new LayoutSweep(List.copyOf(sweeps.keySet()), LayoutPoint.product(start, sweeps)));
        }
        final List<LayoutSweep> each = new ArrayList<>();
        sweeps.forEach((dimension, values) -> {
            final Map<LayoutDimension, List<String>> alone = new EnumMap<>(LayoutDimension.class);
            alone.put(dimension, values);
            each.add(new LayoutSweep(List.of(dimension), LayoutPoint.product(start, alone)));
        });
        return each;
    }

    /**
     * Name of the sweep.
     *
     * @return ids of the varied dimensions.
     */
    public String id() {
        return varied.isEmpty() ? "point" : varied.stream().map(LayoutDimension::id).collect(Collectors.joining("-"));
    }

    /**
     * What a point is called in this sweep.
     *
     * @param point of it.
     * @param from  index of the first varied dimension to name.
     * @return its values in the varied dimensions.
     */
    public String label(final LayoutPoint point, final int from) {
        return varied.stream().skip(from).map(point::value).collect(Collectors.joining(" "));
    }
}
