package org.segstm.bench.programs;

import java.util.Locale;

/** Which size of a program is run. */
public enum ProgramSize {
    /** That of the published figures. */
    TABLE,
    /** So large that the start of a JVM hardly matters. */
    LARGE;

    /**
     * The size of a name.
     *
     * @param id as in commands.
     * @return the size.
     * @throws IllegalArgumentException when there is none.
     */
    public static ProgramSize of(final String id) {
        for (final ProgramSize size : values()) {
            if (size.id().equals(id)) {
                return size;
            }
        }
        throw new IllegalArgumentException("no such size (table or large): " + id);
    }

    /**
     * Name in commands and reports.
     *
     * @return in lower case.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
