package org.segstm.bench.barriers;

import org.segstm.duhton.compile.CompileOptions;

import java.util.Locale;

/** How a program is run. */
public enum Way {
    /** By the interpreter. */
    INTERPRETED(null, false),
    /** Compiled, with a barrier at each access. */
    NAIVE(CompileOptions.Barriers.NAIVE, false),
    /** Compiled, with barriers where they are needed. */
    PLACED(CompileOptions.Barriers.PLACED, false),
    /** Compiled, in no-STM mode. */
    NO_STM(CompileOptions.Barriers.PLACED, true);

    private final CompileOptions.Barriers barriers;
    private final boolean serial;

    Way(final CompileOptions.Barriers barriers, final boolean serial) {
        this.barriers = barriers;
        this.serial = serial;
    }

    /** Where compiled code has barriers; null when there is no such code. */
    CompileOptions.Barriers barriers() {
        return barriers;
    }

    boolean isSerial() {
        return serial;
    }

    /**
     * Name in reports.
     *
     * @return in lower case.
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
