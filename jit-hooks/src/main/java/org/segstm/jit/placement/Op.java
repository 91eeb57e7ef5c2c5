package org.segstm.jit.placement;

/** What an operation of intermediate code is to the heap. */
public enum Op {
    /** Loads from {@link CodeView#object} at {@link CodeView#place}. */
    LOAD,
    /** Stores into {@link CodeView#object} at {@link CodeView#place}. */
    STORE,
    /** Adds to a counter: a store that leaves no read mark. All stores into counters are of this kind. */
    ADD,
    /** Makes a new object, the result. Moves nothing. */
    ALLOCATE,
    /** Calls something; {@link CodeView#effect} says what it may do. */
    CALL,
    /** A safepoint poll: on its slow path, objects move. */
    SAFEPOINT,
    /** A transaction break: on its slow path, a transaction ends and the next one begins. */
    BREAK,
    /** The result is {@link CodeView#mergeInput} of the edge by which the block was entered. First in its block. */
    MERGE,
    /** The result is another name of {@link CodeView#object}. */
    COPY,
    /** Leaves the code unless what is tested holds; what comes behind may rely on it. */
    GUARD,
    /** Nothing that matters to the heap. */
    OTHER;

    boolean isAccess() {
        return this == LOAD || this == STORE || this == ADD;
    }

    boolean isPoll() {
        return this == SAFEPOINT || this == BREAK;
    }
}
