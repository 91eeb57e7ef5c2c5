package org.segstm.bench.soak;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure that must not grow. The first third of its values is for warming up: none of the later ones may exceed the
 * largest of them by more than a fifth and some slack.
 */
final class Gauge {
    private static final int WARM_UP_SHARE = 3;
    private static final double FLAT = 1.2;
    private final String name;
    private final long slack;
    private final List<Long> values = new ArrayList<>();

    Gauge(final String name, final long slack) {
        this.name = name;
        this.slack = slack;
    }

    void add(final long value) {
        values.add(value);
    }

    String name() {
        return name;
    }

    List<Long> values() {
        return List.copyOf(values);
    }

    long last() {
        return values.get(values.size() - 1);
    }

    /** What is wrong, or null when it stayed flat. */
    String violation() {
        final int warmUp = Math.max(1, values.size() / WARM_UP_SHARE);
        if (values.size() <= warmUp) {
            return null;
        }
        final long before = values.subList(0, warmUp).stream().mapToLong(Long::longValue).max().orElse(0);
        final long after = values.subList(warmUp, values.size()).stream().mapToLong(Long::longValue).max().orElse(0);
        final long ceiling = (long) (before * FLAT) + slack;
        return after <= ceiling ? null
            : name + " grew: from " + before + " at most while warming up to " + after + " (allowed: " + ceiling + ')';
    }
}
