package org.segstm.jit.placement;

import java.util.Locale;

/**
 * Something to execute for the heap's sake.
 *
 * @param kind   what to do.
 * @param value  the object, or {@link CodeView#NO_VALUE} when none is meant.
 * @param place  where in the object; null when none is meant.
 * @param reason why it is here; empty unless {@link BarrierPlacer#explain} was asked.
 */
public record Barrier(Kind kind, int value, Place place, String reason) {
    /** What to do. */
    public enum Kind {
        /** {@code mutator.becomeInevitable}. */
        INEVITABLE,
        /** Write barrier. */
        WRITE,
        /** Read barrier. */
        READ
    }

    @Override
    public String toString() {
        return kind == Kind.INEVITABLE ? "become inevitable"
            : kind.name().toLowerCase(Locale.ROOT) + " barrier v" + value + place;
    }
}
