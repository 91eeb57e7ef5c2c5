package org.segstm.bench.programs;

import java.util.Arrays;
import java.util.Locale;

/** How Duhton runs a program. */
public enum Code {
    /** By its interpreter alone. */
    INTERPRETED,
    /** With hot functions and loops compiled. */
    COMPILED;

    /**
     * The way of a name.
     *
     * @param id as in commands.
     * @return the way.
     * @throws IllegalArgumentException when there is none.
     */
    public static Code of(final String id) {
        return Arrays.stream(values()).filter(code -> code.id().equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such code (interpreted or compiled): " + id));
    }

    /**
     * Name in commands and reports.
     *
     * @return in lower case.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Option of the {@code duhton} command.
     *
     * @return the option.
     */
    String option() {
        return this == COMPILED ? "--jit" : "--no-jit";
    }
}
