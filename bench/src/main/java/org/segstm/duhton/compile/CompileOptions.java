package org.segstm.duhton.compile;

/**
 * How code is compiled.
 *
 * @param barriers where its barriers are.
 * @param counters of what it executes; null to count nothing, which costs nothing.
 */
public record CompileOptions(Barriers barriers, BarrierCounters counters) {
    /** Barriers where they are needed, nothing is counted. */
    public static final CompileOptions DEFAULT = new CompileOptions(Barriers.PLACED, null);

    /** Where barriers are. */
    public enum Barriers {
        /** One at each access, none is known of another: what to compare with. */
        NAIVE,
        /** Where {@link org.segstm.jit.placement.BarrierPlacer} finds that they are needed. */
        PLACED
    }
}
