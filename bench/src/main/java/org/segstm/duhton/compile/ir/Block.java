package org.segstm.duhton.compile.ir;

import java.util.ArrayList;
import java.util.List;

/** A block: instructions, then a jump. */
public final class Block {
    private final int number;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Block> successors = new ArrayList<>();
    private Jump jump;
    private Object subject;
    private long jumpNumber;
    private int[] operands = {};

    Block(final int number) {
        this.number = number;
    }

    /** How a block ends. With a condition, the first successor is for true. */
    public enum Jump {
        /** To the only successor. */
        GOTO,
        /** Compares two ints; the subject is the kind of the comparison's outline. */
        COMPARE,
        /** Compares two doubles; the subject is the kind of the comparison's outline. */
        COMPARE_DOUBLES,
        /** Is the int not zero? */
        NOT_ZERO,
        /** Is the value the number? */
        EQUALS,
        /** Is a safepoint due? The first successor is rare. */
        POLL_DUE,
        /** Shall the transaction be committed? The first successor is rare. */
        COMMIT_DUE,
        /** Returns the operand. */
        RETURN
    }

    /**
     * Number of the block.
     *
     * @return index in the code.
     */
    public int number() {
        return number;
    }

    /**
     * What is in it.
     *
     * @return its instructions without the jump.
     */
    public List<Instruction> instructions() {
        return instructions;
    }

    /**
     * Where it leads.
     *
     * @return the successors.
     */
    public List<Block> successors() {
        return successors;
    }

    /**
     * How it ends.
     *
     * @return the jump.
     */
    public Jump jump() {
        return jump;
    }

    /**
     * What the jump is about.
     *
     * @return see {@link Jump}.
     */
    public Object subject() {
        return subject;
    }

    /**
     * A number of the jump.
     *
     * @return see {@link Jump}.
     */
    public long jumpNumber() {
        return jumpNumber;
    }

    /**
     * Values that the jump looks at.
     *
     * @return their numbers; not to be changed.
     */
    public int[] jumpOperands() {
        return operands;
    }

    void end(final Jump kind, final Object about, final long aNumber, final List<Block> next, final int... values) {
        jump = kind;
        subject = about;
        jumpNumber = aNumber;
        successors.addAll(next);
        operands = values;
    }
}
