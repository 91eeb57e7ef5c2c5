package org.segstm.jit.placement;

import java.util.Locale;

/**
 * Intermediate code of a VM, as barrier placement sees it. The VM implements it over its own blocks and operations;
 * nothing is copied. Blocks are numbered from 0, the entry; operations of a block from 0; values from 0.
 *
 * <p>A value is a variable or an SSA name: it refers to one object from its definition to the next one, wherever the
 * object moves: at safepoints the VM writes refs to the shadow stack and reads them back. Objects that are accessed
 * are objects: behind a guard, or known to be.
 */
public interface CodeView {
    /** No value. */
    int NO_VALUE = -1;

    /**
     * Number of blocks.
     *
     * @return at least 1; the code begins with block 0.
     */
    int blockCount();

    /**
     * Number of operations in a block. A jump at its end need not be among them.
     *
     * @param block its number.
     * @return 0 or more.
     */
    int size(int block);

    /**
     * Number of edges that leave a block.
     *
     * @param block its number.
     * @return 0 where the code ends.
     */
    int successorCount(int block);

    /**
     * Where an edge goes.
     *
     * @param block its number.
     * @param edge  below {@link #successorCount}.
     * @return number of the block.
     */
    int successor(int block, int edge);

    /**
     * Number of values.
     *
     * @return one more than the highest number of a value.
     */
    int valueCount();

    /**
     * Kind of an operation.
     *
     * @param block of the operation.
     * @param index of the operation.
     * @return its kind.
     */
    Op op(int block, int index);

    /**
     * The object that an operation accesses or copies.
     *
     * @param block of the operation.
     * @param index of the operation.
     * @return the value; used for accesses and {@link Op#COPY} only.
     */
    int object(int block, int index);

    /**
     * Where in its object an access goes.
     *
     * @param block of the operation.
     * @param index of the operation.
     * @return the place; used for accesses only.
     */
    Place place(int block, int index);

    /**
     * The value that an operation defines.
     *
     * @param block of the operation.
     * @param index of the operation.
     * @return the value, or {@link #NO_VALUE}.
     */
    int result(int block, int index);

    /**
     * What a call may do.
     *
     * @param block of the operation.
     * @param index of the operation.
     * @return the effect; used for {@link Op#CALL} only.
     */
    default CallEffect effect(final int block, final int index) {
        return CallEffect.ANYTHING;
    }

    /**
     * What a {@link Op#MERGE} takes.
     *
     * @param block           of the operation.
     * @param index           of the operation.
     * @param predecessor     block that the edge comes from.
     * @param predecessorEdge edge of that block.
     * @return the value, or {@link #NO_VALUE} when it is none that is ever accessed.
     */
    default int mergeInput(final int block, final int index, final int predecessor, final int predecessorEdge) {
        return NO_VALUE;
    }

    /**
     * The value that is sure to be an object behind a guard: from there on its barriers may come before other guards.
     *
     * @param block of the operation.
     * @param index of the operation.
     * @return the value, or {@link #NO_VALUE} when it guards something else; used for {@link Op#GUARD} only.
     */
    default int proves(final int block, final int index) {
        return NO_VALUE;
    }

    /**
     * Is a value an object from its definition on? Then its barrier may come before guards and calls that stand before
     * the access: in a transaction that leaves there, it was one too many, and no harm. (What depends on an index
     * stays behind guards and calls all the same: one may check the index.)
     *
     * @param value its number.
     * @return false when it may be null or an immediate.
     */
    default boolean isKnownObject(final int value) {
        return false;
    }

    /**
     * What is wanted on back edges of loops that have none such on each way around.
     *
     * @return the kind of poll.
     */
    default Polls polls() {
        return Polls.NONE;
    }

    /**
     * An operation in the VM's words, for the printer.
     *
     * @param block of the operation.
     * @param index of the operation.
     * @return one line; empty for what is not worth one.
     */
    default String describe(final int block, final int index) {
        final int result = result(block, index);
        final Op op = op(block, index);
        return (result == NO_VALUE ? "" : "v" + result + " = ") + op.name().toLowerCase(Locale.ROOT)
            + (op.isAccess() ? " v" + object(block, index) + place(block, index)
                : op == Op.COPY ? " v" + object(block, index) : op == Op.CALL ? " " + effect(block, index) : "");
    }
}
