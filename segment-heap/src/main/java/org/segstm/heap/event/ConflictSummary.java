package org.segstm.heap.event;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Adds up conflicts by layout and the places of both sides. A listener; thread safe. */
public final class ConflictSummary implements ConflictListener {
    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MOST_OBJECTS = 1000;
    private final Map<Key, Row> rows = new HashMap<>();

    @Override
    public synchronized void conflict(final Conflict conflict) {
        rows.computeIfAbsent(new Key(conflict), key -> new Row(conflict)).add(conflict);
    }

    /**
     * What cost the most.
     *
     * @param count of rows at most.
     * @return the dearest first; copies.
     */
    public synchronized List<Row> top(final int count) {
        return rows.values().stream()
            .sorted(Comparator.comparingLong(Row::lostNanos).thenComparingLong(Row::count).reversed())
            .limit(count).map(Row::copy).collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * All conflicts.
     *
     * @return their number.
     */
    public synchronized long count() {
        return rows.values().stream().mapToLong(Row::count).sum();
    }

    /**
     * Time lost by all.
     *
     * @return nanoseconds.
     */
    public synchronized long lostNanos() {
        return rows.values().stream().mapToLong(Row::lostNanos).sum();
    }

    @Override
    public String toString() {
        return top(Integer.MAX_VALUE).stream().map(Row::toString)
            .collect(Collectors.joining(System.lineSeparator()));
    }

    /** Conflicts between the same two places over objects of one layout. */
    public static final class Row {
        private final Conflict first;
        private final Set<Long> objects = new HashSet<>();
        private long count;
        private long lostNanos;

        private Row(final Conflict first) {
            this.first = first;
        }

        private void add(final Conflict conflict) {
            count++;
            lostNanos += conflict.lostNanos();
            if (objects.size() < MOST_OBJECTS) {
                objects.add(conflict.object().cardRef());
            }
        }

        private Row copy() {
            final Row copy = new Row(first);
            copy.objects.addAll(objects);
            copy.count = count;
            copy.lostNanos = lostNanos;
            return copy;
        }

        /**
         * Layout of the objects.
         *
         * @return its name.
         */
        public String layout() {
            return first.object().layout();
        }

        /**
         * The first of these conflicts.
         *
         * @return with the locations that all have.
         */
        public Conflict first() {
            return first;
        }

        /**
         * How many there were.
         *
         * @return number of aborts.
         */
        public long count() {
            return count;
        }

        /**
         * What they cost.
         *
         * @return nanoseconds run in vain.
         */
        public long lostNanos() {
            return lostNanos;
        }

        /**
         * How many objects, or cards, they were about.
         *
         * @return the number; counts no further than 1000.
         */
        public int objects() {
            return objects.size();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d aborts, %.3f ms lost on %d of %s: %s, written at %s", count,
                lostNanos / NANOS_PER_MILLI, objects.size(), layout(), first.victim().where(),
                first.writer().where());
        }
    }

    /** What rows differ in. */
    private static final class Key {
        private final String layout;
        private final Location victim;
        private final Location writer;

        Key(final Conflict conflict) {
            layout = conflict.object().layout();
            victim = conflict.victim().location();
            writer = conflict.writer().location();
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Key && ((Key) other).layout.equals(layout) && ((Key) other).victim == victim
                && ((Key) other).writer == writer;
        }

        @Override
        public int hashCode() {
            return Objects.hash(layout, victim, writer);
        }
    }
}
