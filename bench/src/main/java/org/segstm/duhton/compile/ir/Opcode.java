package org.segstm.duhton.compile.ir;

import org.segstm.jit.placement.Op;

/** What an instruction does, and what that is to the heap. Operands in their order. */
public enum Opcode {
    /** The number; emits nothing. */
    CONSTANT(Op.OTHER),
    /** The operand. */
    COPY(Op.COPY),
    /** An int as a value. */
    TAG(Op.OTHER),
    /** The int in a value, or the error that it is none; number is the line. A subject tells that it is unbound. */
    UNTAG(Op.GUARD),
    /** The int in a value that is known to be one. */
    INT_OF(Op.OTHER),
    /** Sum of ints. */
    ADD(Op.OTHER),
    /** Difference of ints. */
    SUBTRACT(Op.OTHER),
    /** Product of ints. */
    MULTIPLY(Op.OTHER),
    /** Quotient of ints; number is the line. */
    DIVIDE(Op.GUARD),
    /** Remainder of ints; number is the line. */
    REMAINDER(Op.GUARD),
    /** Exclusive or of ints. */
    EXCLUSIVE_OR(Op.OTHER),
    /** Shift of ints. */
    SHIFT_LEFT(Op.OTHER),
    /** Shift of ints. */
    SHIFT_RIGHT(Op.OTHER),
    /** Sum of doubles. */
    ADD_DOUBLE(Op.OTHER),
    /** Difference of doubles. */
    SUBTRACT_DOUBLE(Op.OTHER),
    /** Product of doubles. */
    MULTIPLY_DOUBLE(Op.OTHER),
    /** Quotient of doubles. */
    DIVIDE_DOUBLE(Op.OTHER),
    /** Square root of a double. */
    SQUARE_ROOT(Op.OTHER),
    /** An int as a double. */
    TO_DOUBLE(Op.OTHER),
    /** The number in a value as a double, or the error that it is none: number is the line. */
    UNBOX(Op.GUARD),
    /** A double as an int. */
    TRUNCATE(Op.OTHER),
    /** Low half of a list's extent. */
    LOW_HALF(Op.OTHER),
    /** High half of a list's extent. */
    HIGH_HALF(Op.OTHER),
    /** Raw bits plus the number. */
    ADD_RAW(Op.OTHER),
    /** Is a value an object of the layout that is the subject? */
    IS_TYPE(Op.OTHER),
    /** Does a value count as true? */
    IS_TRUE(Op.CALL),
    /** The operand is an object of a layout; subject is the {@link Exit}. */
    GUARD_TYPE(Op.GUARD),
    /** Operands count, index: the index is below the count; subject is the {@link Exit}. */
    GUARD_INDEX(Op.GUARD),
    /** The operand is not unbound; subject is the node that tells the error. */
    GUARD_BOUND(Op.GUARD),
    /** Field of the operand; subject is the field. */
    LOAD_FIELD(Op.LOAD),
    /** Operands array, index: an item; then the list that the array was loaded from, if any. */
    LOAD_ITEM(Op.LOAD),
    /** Length of the array that is the operand, as an int. */
    LOAD_LENGTH(Op.OTHER),
    /** A field of a symbol, which needs no barrier; number is the symbol's ref plus the offset. */
    LOAD_GLOBAL(Op.OTHER),
    /** Operands object, value: stores into the field that is the subject. */
    STORE_FIELD(Op.STORE),
    /** Operands array, index, value: stores an item. */
    STORE_ITEM(Op.STORE),
    /** Operands array, value: stores the item whose index is the number. */
    STORE_KNOWN_ITEM(Op.STORE),
    /** New object of the layout that is the subject, of length number if that has a variable part. */
    ALLOCATE(Op.ALLOCATE),
    /** What a name stands for as a global function, as raw bits; number is where that lies. */
    LOAD_FUNCTION(Op.OTHER),
    /** The first operand is a function that takes the arguments of the call; subject is the {@link CallExit}. */
    GUARD_CALLABLE(Op.GUARD),
    /** Operands are the function and its arguments; subject is the function that it is most likely. */
    CALL(Op.CALL),
    /** Operands target, then index and content if not missing: {@code apply} of the node that is the subject. */
    APPLY(Op.CALL),
    /** Operand target: {@code check} of the node that is the subject. */
    CHECK(Op.CALL),
    /** Operands list, element. */
    APPEND(Op.CALL),
    /** Operand frame: executes the node that is the subject. */
    EXECUTE(Op.CALL),
    /** Operand frame: the rest of the loop that is the subject, in transactions of its own. */
    GO_ON_IN_PIECES(Op.CALL),
    /** Pushes a frame of unbound variables; the number is its length. */
    PUSH_FRAME(Op.OTHER),
    /** Operands frame, value: stores a variable; number is its slot. */
    STORE_VARIABLE(Op.OTHER),
    /** Operand frame: loads a variable; number is its slot. */
    LOAD_VARIABLE(Op.OTHER),
    /** Operand frame: loads a variable that is an int; number is its slot. */
    LOAD_INT_VARIABLE(Op.OTHER),
    /** Operand frame: drops it. */
    DROP_FRAME(Op.OTHER),
    /** Has a call ended the transaction, and begun another one? */
    AFTER_CALL(Op.BREAK),
    /** Safepoint poll. */
    POLL(Op.SAFEPOINT),
    /** The safepoint of a poll that is due. */
    SAFEPOINT(Op.CALL),
    /** Makes polls due if a commit is. */
    POLLS_IF_COMMIT_IS_DUE(Op.OTHER),
    /** Goes deeper; number is the line. */
    ENTER(Op.OTHER),
    /** Comes back. */
    LEAVE(Op.OTHER),
    /** Begins a block within which no transaction ends. */
    ENTER_ATOMIC(Op.OTHER),
    /** Ends such a block. */
    LEAVE_ATOMIC(Op.OTHER);

    private final Op op;

    Opcode(final Op op) {
        this.op = op;
    }

    Op op() {
        return op;
    }
}
