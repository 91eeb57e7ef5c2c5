package org.segstm.bench.lee.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is a transaction. */
public enum Way {
    /** The wave and the laying together: all that the wave has read must still be so at the commit. */
    WHOLE,
    /** The laying alone, of a way that was found before: its cells must still be free, or a new one is looked for. */
    PLANNED;

    /**
     * The way of a name.
     *
     * @param id its name.
     * @return the way.
     * @throws IllegalArgumentException when there is none of that name.
     */
    public static Way of(final String id) {
        return Arrays.stream(values()).filter(way -> way.id().equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such way (one of " + String.join(", ", ids()) + "): " + id));
    }

    /**
     * Names of all ways.
     *
     * @return in the order of the table.
     */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Way::id).toList();
    }

    /**
     * Name of the way.
     *
     * @return like {@code whole}.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
