package org.segstm.bench.layout;

import org.segstm.bench.tool.ChildJvm;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One value for each dimension. */
public final class LayoutPoint {
    private final Map<LayoutDimension, String> values = new EnumMap<>(LayoutDimension.class);

    private LayoutPoint() {
    }

    /**
     * The point from which sweeps depart.
     *
     * @return a point of usual values.
     */
    public static LayoutPoint usual() {
        final LayoutPoint point = new LayoutPoint();
        for (final LayoutDimension dimension : LayoutDimension.values()) {
            point.values.put(dimension, dimension.usual());
        }
        return point;
    }

    /**
     * All points that have one of the given values in each of the given dimensions.
     *
     * @param start what the points have in all other dimensions.
     * @param sweeps values by dimension.
     * @return the product; the last dimension varies fastest.
     */
    public static List<LayoutPoint> product(
        final LayoutPoint start, final Map<LayoutDimension, List<String>> sweeps) {
        List<LayoutPoint> points = List.of(start);
        for (final Map.Entry<LayoutDimension, List<String>> sweep : sweeps.entrySet()) {
            final List<LayoutPoint> next = new ArrayList<>();
            for (final LayoutPoint point : points) {
                sweep.getValue().forEach(value -> next.add(point.with(sweep.getKey(), value)));
            }
            points = next;
        }
        return points;
    }

    /**
     * Another point.
     *
     * @param dimension in which it differs.
     * @param value     that it has there.
     * @return the point.
     */
    public LayoutPoint with(final LayoutDimension dimension, final String value) {
        final LayoutPoint point = new LayoutPoint();
        point.values.putAll(values);
        point.values.put(dimension, value);
        return point;
    }

    /**
     * Value in a dimension.
     *
     * @param dimension of the value.
     * @return the value.
     */
    public String value(final LayoutDimension dimension) {
        return values.get(dimension);
    }

    /**
     * Makes a JVM measure here.
     *
     * @param child to configure.
     * @return the child.
     */
    public ChildJvm applyTo(final ChildJvm child) {
        values.forEach((dimension, value) -> child.property(dimension.property(), value));
        return child;
    }

    /**
     * What distinguishes this point.
     *
     * @param other to compare with.
     * @return dimensions and values in which they differ.
     */
    public String differenceTo(final LayoutPoint other) {
        return describe(other);
    }

    private String describe(final LayoutPoint other) {
        final List<String> parts = new ArrayList<>();
        values.forEach((dimension, value) -> {
            if (other == null || !value.equals(other.value(dimension))) {
                parts.add(dimension.id() + "=" + value);
            }
        });
        return String.join(" ", parts);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof LayoutPoint point && values.equals(point.values);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(values);
    }

    @Override
    public String toString() {
        return describe(null);
    }
}
