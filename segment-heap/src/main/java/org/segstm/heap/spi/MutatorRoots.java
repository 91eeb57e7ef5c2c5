package org.segstm.heap.spi;

import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.ShadowStack;

/** The roots of one mutator, and in which view they can be young. */
public final class MutatorRoots {
    private final String name;
    private final ShadowStack stack;
    private final Segment segment;

    /**
     * Names the roots of a mutator.
     *
     * @param name    of the mutator.
     * @param stack   its roots.
     * @param segment that its transaction runs in, or null when it is between transactions.
     */
    public MutatorRoots(final String name, final ShadowStack stack, final Segment segment) {
        this.name = name;
        this.stack = stack;
        this.segment = segment;
    }

    /**
     * Name of the mutator.
     *
     * @return the name.
     */
    public String name() {
        return name;
    }

    /**
     * Its roots.
     *
     * @return the shadow stack.
     */
    public ShadowStack stack() {
        return stack;
    }

    /**
     * The view that its transaction runs in.
     *
     * @return segment or null.
     */
    public Segment segment() {
        return segment;
    }
}
