package org.segstm.bench.lee.grid;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The memories that are compared. */
public enum GridKind {
    /** A Java array, one thread. */
    SEQUENTIAL("sequential", PlainGrid::new),
    /** This heap. */
    SEGSTM("segstm", SegmentGrid::new),
    /** ScalaSTM. */
    SCALASTM("scalastm", ScalaGrid::new);

    private final String id;
    private final Function<int[], Grid> factory;

    GridKind(final String id, final Function<int[], Grid> factory) {
        this.id = id;
        this.factory = factory;
    }

    /**
     * The kind of a name.
     *
     * @param id its name.
     * @return the kind.
     * @throws IllegalArgumentException when there is none of that name.
     */
    public static GridKind of(final String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such party (one of " + String.join(", ", ids()) + "): " + id));
    }

    /**
     * Names of all kinds.
     *
     * @return in the order of the table.
     */
    public static List<String> ids() {
        return Arrays.stream(values()).map(GridKind::id).toList();
    }

    /**
     * Name of the kind.
     *
     * @return like {@code segstm}.
     */
    public String id() {
        return id;
    }

    /**
     * Makes a grid.
     *
     * @param contents of its cells.
     * @return the grid.
     */
    public Grid newGrid(final int[] contents) {
        return factory.apply(contents);
    }
}
