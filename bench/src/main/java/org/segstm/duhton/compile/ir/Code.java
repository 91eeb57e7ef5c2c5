package org.segstm.duhton.compile.ir;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.segstm.duhton.interp.Node;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.placement.CallEffect;
import org.segstm.jit.placement.CodeView;
import org.segstm.jit.placement.Op;
import org.segstm.jit.placement.Place;

/** The code of a function or loop. */
public final class Code implements CodeView {
    private static final int LOG_BYTES_IN_ITEM = 3;

    private final List<Block> blocks = new ArrayList<>();
    private final List<ValueType> types = new ArrayList<>();
    private final List<Instruction> constants = new ArrayList<>();
    private final BitSet objects = new BitSet();
    private final ObjectLayout array;

    /**
     * Empty code.
     *
     * @param array layout of the objects that have items.
     */
    public Code(final ObjectLayout array) {
        this.array = array;
    }

    /**
     * Adds a block.
     *
     * @return the block; the first one is where the code begins.
     */
    public Block newBlock() {
        final Block block = new Block(blocks.size());
        blocks.add(block);
        return block;
    }

    /**
     * Adds a value.
     *
     * @param type of the value.
     * @return its number.
     */
    public int newValue(final ValueType type) {
        types.add(type);
        constants.add(null);
        return types.size() - 1;
    }

    /**
     * Adds an instruction.
     *
     * @param block    to the end of which.
     * @param opcode   what it does.
     * @param result   what it defines, or {@link #NO_VALUE}.
     * @param subject  what it is about, or null.
     * @param number   see {@link Opcode}.
     * @param operands numbers of values.
     */
    public void add(
            final Block block, final Opcode opcode, final int result, final Object subject, final long number,
            final int... operands) {
        final Instruction instruction = new Instruction(opcode, result, subject, number, operands);
        block.instructions().add(instruction);
        if (opcode == Opcode.CONSTANT) {
            constants.set(result, instruction);
        }
    }

    /**
     * Takes the last instruction away if it is of a kind.
     *
     * @param block   with the instruction.
     * @param opcode  that it may have.
     * @param operand that it may have.
     * @return the instruction, null when the last one is another.
     */
    public Instruction removeLast(final Block block, final Opcode opcode, final int operand) {
        final List<Instruction> instructions = block.instructions();
        final int last = instructions.size() - 1;
        return last >= 0 && instructions.get(last).opcode() == opcode && instructions.get(last).operand(0) == operand
            ? instructions.remove(last) : null;
    }

    /**
     * Ends a block.
     *
     * @param block      to end.
     * @param jump       how.
     * @param subject    what it is about, or null.
     * @param number     see {@link Block.Jump}.
     * @param successors where it leads.
     * @param operands   numbers of values.
     */
    public void end(
            final Block block, final Block.Jump jump, final Object subject, final long number,
            final List<Block> successors, final int... operands) {
        block.end(jump, subject, number, successors, operands);
    }

    /**
     * Says that a value is an object wherever it is defined.
     *
     * @param value its number.
     */
    public void isObject(final int value) {
        objects.set(value);
    }

    /**
     * All blocks.
     *
     * @return in the order of their numbers.
     */
    public List<Block> blocks() {
        return blocks;
    }

    /**
     * What a value is.
     *
     * @param value its number.
     * @return its type.
     */
    public ValueType type(final int value) {
        return types.get(value);
    }

    /**
     * Is a value a constant?
     *
     * @param value its number.
     * @return true for the result of {@link Opcode#CONSTANT}.
     */
    public boolean isConstant(final int value) {
        return constants.get(value) != null;
    }

    /**
     * The number of a constant.
     *
     * @param value for which {@link #isConstant} is true.
     * @return its number.
     */
    public long constant(final int value) {
        return constants.get(value).number();
    }

    /**
     * Layout of the objects that have items.
     *
     * @return the layout.
     */
    public ObjectLayout array() {
        return array;
    }

    private Instruction at(final int block, final int index) {
        return blocks.get(block).instructions().get(index);
    }

    @Override
    public int blockCount() {
        return blocks.size();
    }

    @Override
    public int size(final int block) {
        return blocks.get(block).instructions().size();
    }

    @Override
    public int successorCount(final int block) {
        return blocks.get(block).successors().size();
    }

    @Override
    public int successor(final int block, final int edge) {
        return blocks.get(block).successors().get(edge).number();
    }

    @Override
    public int valueCount() {
        return types.size();
    }

    @Override
    public Op op(final int block, final int index) {
        final Instruction instruction = at(block, index);
        final Op op = instruction.opcode().op();
        return op == Op.COPY && type(instruction.result()) != ValueType.VALUE ? Op.OTHER : op;
    }

    @Override
    public int object(final int block, final int index) {
        return at(block, index).operand(0);
    }

    @Override
    public Place place(final int block, final int index) {
        final Instruction instruction = at(block, index);
        switch (instruction.opcode()) {
            case LOAD_FIELD:
            case STORE_FIELD:
                return Place.of(instruction.subject(Field.class));
            case STORE_KNOWN_ITEM:
                return Place.card(array.variableOffset() + (instruction.number() << LOG_BYTES_IN_ITEM));
            default:
                return Place.item(instruction.operand(1), LOG_BYTES_IN_ITEM, array.variableOffset());
        }
    }

    @Override
    public int result(final int block, final int index) {
        return at(block, index).result();
    }

    @Override
    public CallEffect effect(final int block, final int index) {
        final Instruction instruction = at(block, index);
        switch (instruction.opcode()) {
            case CALL:
            case SAFEPOINT:
                return CallEffect.COLLECTS;
            case GO_ON_IN_PIECES:
                return CallEffect.BREAKS;
            case EXECUTE:
                // What it breaks, if it does, is repaired behind it.
                return instruction.subject(Node.class).reachesSafepoint() ? CallEffect.COLLECTS : CallEffect.NONE;
            default:
                return CallEffect.NONE;
        }
    }

    @Override
    public int proves(final int block, final int index) {
        final Instruction instruction = at(block, index);
        return instruction.opcode() == Opcode.GUARD_TYPE ? instruction.operand(0) : NO_VALUE;
    }

    @Override
    public boolean isKnownObject(final int value) {
        return objects.get(value);
    }

    @Override
    public String describe(final int block, final int index) {
        final Instruction instruction = at(block, index);
        return instruction.opcode() == Opcode.CONSTANT ? "" : instruction.toString();
    }
}
