package org.segstm.bench.length;

import java.util.Arrays;
import java.util.Locale;

/** What one step of a program does. */
public enum StepKind {
    /** Increments one of 10,000 cells. */
    UPDATE("increment of one of 10,000 cells"),
    /** Increments one of 100 cells. */
    HOT("increment of one of 100 cells"),
    /** Reads 10 of 10,000 cells. */
    READ("10 reads among 10,000 cells"),
    /** Allocates an object of 32 bytes. */
    ALLOCATE("allocation of 32 bytes, dying");

    private final String text;

    StepKind(final String text) {
        this.text = text;
    }

    /**
     * What a step does.
     *
     * @return text for reports.
     */
    public String text() {
        return text;
    }

    /**
     * Name in commands.
     *
     * @return in lower case.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a name.
     *
     * @param id as in commands.
     * @return the kind.
     * @throws IllegalArgumentException when there is none.
     */
    public static StepKind of(final String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such step (one of "
                + String.join(", ", Arrays.stream(values()).map(StepKind::id).toList()) + "): " + id));
    }
}
