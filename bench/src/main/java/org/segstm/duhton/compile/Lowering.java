package org.segstm.duhton.compile;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.segstm.duhton.compile.ir.Block;
import org.segstm.duhton.compile.ir.Opcode;
import org.segstm.duhton.compile.ir.ValueType;
import org.segstm.duhton.interp.CallNode;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.TargetNode;
import org.segstm.duhton.interp.ValueKind;
import org.segstm.duhton.interp.WhileNode;
import org.segstm.duhton.value.Values;

/** Makes intermediate code of expressions: control flow, arithmetic, calls. */
final class Lowering {
    /** Conditions of loops with more parts than this are not there twice. */
    private static final int LARGE_CONDITION = 40;
    /** Loops with more parts than this are not there twice. */
    private static final int LARGE_LOOP = 80;

    private final Builder builder;
    private final SlotTypes types;
    private final TouchedSlots slots;
    private final Variables variables;
    private final HeapForms heapForms;
    /** Variables whose truth is known in the loop that is being made. */
    private final Map<Integer, Boolean> answers = new HashMap<>();

    Lowering(
            final Builder builder, final SlotTypes types, final TouchedSlots slots, final Variables variables,
            final boolean inlined) {
        this.builder = builder;
        this.types = types;
        this.slots = slots;
        this.variables = variables;
        this.heapForms = new HeapForms(builder, this, inlined);
    }

    /** Evaluates for what it does. */
    void effect(final Node node) {
        final Outline outline = node.outline();
        final List<Node> parts = outline.parts();
        switch (outline.kind()) {
            case INT:
            case CONSTANT:
            case FLOAT_CONSTANT:
                break;
            case SEQUENCE:
                parts.forEach(this::effect);
                break;
            case IF:
                effectOfIf(parts);
                break;
            default:
                value(node);
                break;
        }
    }

    private void effectOfIf(final List<Node> parts) {
        final Block whenTrue = builder.newBlock();
        final Block whenFalse = builder.newBlock();
        final Block end = builder.newBlock();
        condition(parts.get(0), whenTrue, whenFalse);
        builder.begin(whenTrue);
        effect(parts.get(1));
        builder.jump(end);
        builder.begin(whenFalse);
        effect(parts.get(2));
        builder.jump(end);
        builder.begin(end);
    }

    /** Evaluates to a value of any type. */
    int value(final Node node) {
        final Outline outline = node.outline();
        final List<Node> parts = outline.parts();
        final Outline.Kind kind = outline.kind();
        switch (kind) {
            case INT:
                return builder.intConstant((int) outline.number());
            case CONSTANT:
                return builder.constant(ValueType.VALUE, outline.number());
            case SEQUENCE:
                parts.subList(0, parts.size() - 1).forEach(this::effect);
                return value(parts.get(parts.size() - 1));
            case IF:
                return valueOfIf(node, parts);
            case WHILE:
                loop((WhileNode) node);
                return builder.none();
            case AND:
            case OR:
            case NOT:
                return truth(node);
            case ATOMIC:
                return atomic(parts.get(0));
            case LOCAL_READ:
                return localRead(node, outline);
            case LOCAL_WRITE:
                return variables.write((int) outline.number(), value(parts.get(0)));
            case LOCAL_TEST:
                return localTest(outline);
            case GLOBAL_READ:
                return builder.loadGlobal(outline.number(), node);
            case GLOBAL_WRITE:
                return globalWrite(outline.number(), value(parts.get(0)));
            case CALL:
                return call((CallNode) node, parts);
            case LIST:
                return heapForms.list(parts);
            default:
                if (kind.isArithmetic()) {
                    return fold(node, outline);
                }
                if (kind.isFloat() || kind == Outline.Kind.TRUNCATE) {
                    return number(outline);
                }
                if (kind.isComparison() || kind.isFloatComparison()) {
                    return truth(node);
                }
                return node instanceof TargetNode ? heapForms.value((TargetNode) node, outline) : execute(node);
        }
    }

    /** Evaluates to a value of the program. */
    int asValue(final Node node) {
        return builder.asValue(value(node));
    }

    /** Evaluates to an int, or the error that it is none. */
    int asInt(final Node node) {
        return builder.asInt(value(node), node);
    }

    private int asDouble(final Node node) {
        return builder.asDouble(value(node), node);
    }

    /** Keeps a variable's value as it is now, if what is evaluated next may bind the variable. */
    int keep(final int value, final Node... next) {
        final BitSet written = new BitSet();
        for (final Node node : next) {
            if (node != null) {
                written.or(slots.written(node));
            }
        }
        if (!variables.isVariableOf(value, written)) {
            return value;
        }
        final int kept = builder.newValue(builder.type(value));
        builder.copy(value, kept);
        return kept;
    }

    private int valueOfIf(final Node node, final List<Node> parts) {
        final boolean isInt = types.kindOf(node) == ValueKind.INT;
        final Block whenTrue = builder.newBlock();
        final Block whenFalse = builder.newBlock();
        final Block end = builder.newBlock();
        final int result = builder.newValue(isInt ? ValueType.INT : ValueType.VALUE);
        condition(parts.get(0), whenTrue, whenFalse);
        for (int i = 1; i <= 2; i++) {
            builder.begin(i == 1 ? whenTrue : whenFalse);
            builder.copy(isInt ? asInt(parts.get(i)) : asValue(parts.get(i)), result);
            builder.jump(end);
        }
        builder.begin(end);
        return result;
    }

    private int truth(final Node node) {
        final Block whenTrue = builder.newBlock();
        final Block whenFalse = builder.newBlock();
        final Block end = builder.newBlock();
        final int result = builder.newValue(ValueType.INT);
        condition(node, whenTrue, whenFalse);
        builder.begin(whenTrue);
        builder.copy(builder.intConstant(1), result);
        builder.jump(end);
        builder.begin(whenFalse);
        builder.copy(builder.intConstant(0), result);
        builder.jump(end);
        builder.begin(end);
        return result;
    }

    private int atomic(final Node body) {
        builder.emit(Opcode.ENTER_ATOMIC, null, 0);
        final int value = value(body);
        builder.emit(Opcode.LEAVE_ATOMIC, null, 0);
        return value;
    }

    private int localRead(final Node node, final Outline outline) {
        final int variable = variables.value((int) outline.number());
        return types.isBound(node) ? variable : orWhenUnbound(variable, variable, outline.parts().get(0));
    }

    private int localTest(final Outline outline) {
        final int variable = variables.value((int) outline.number());
        return orWhenUnbound(variable, builder.intConstant(1), outline.parts().get(0));
    }

    private int orWhenUnbound(final int variable, final int whenBound, final Node whenUnbound) {
        final Block unbound = builder.newBlock();
        final Block bound = builder.newBlock();
        final Block end = builder.newBlock();
        final int result = builder.newValue(ValueType.VALUE);
        builder.branch(Block.Jump.EQUALS, null, Values.UNBOUND, unbound, bound, variable);
        builder.begin(bound);
        builder.copy(builder.asValue(whenBound), result);
        builder.jump(end);
        builder.begin(unbound);
        builder.copy(asValue(whenUnbound), result);
        builder.jump(end);
        builder.begin(end);
        return result;
    }

    private int globalWrite(final long symbolRef, final int value) {
        builder.storeGlobal(symbolRef, builder.asValue(value));
        return value;
    }

    private int fold(final Node node, final Outline outline) {
        final List<Node> parts = outline.parts();
        int result = asInt(parts.get(0));
        for (int i = 1; i < parts.size(); i++) {
            result = keep(result, parts.get(i));
            final int operand = asInt(parts.get(i));
            final Opcode opcode = Opcode.valueOf(outline.kind().name());
            final boolean fails = opcode == Opcode.DIVIDE || opcode == Opcode.REMAINDER;
            result = builder.compute(ValueType.INT, opcode, null, fails ? node.line() : 0, result, operand);
        }
        return result;
    }

    private int number(final Outline outline) {
        final List<Node> parts = outline.parts();
        switch (outline.kind()) {
            case FLOAT_CONSTANT:
                return builder.constant(ValueType.DOUBLE, outline.number());
            case TO_FLOAT:
                return asDouble(parts.get(0));
            case FLOAT_ROOT:
                return builder.compute(ValueType.DOUBLE, Opcode.SQUARE_ROOT, null, 0, asDouble(parts.get(0)));
            case TRUNCATE:
                return builder.compute(ValueType.INT, Opcode.TRUNCATE, null, 0, asDouble(parts.get(0)));
            default:
                final int left = asDouble(parts.get(0));
                return builder.compute(
                    ValueType.DOUBLE, doubleOpcode(outline.kind()), null, 0, left, asDouble(parts.get(1)));
        }
    }

    private static Opcode doubleOpcode(final Outline.Kind kind) {
        switch (kind) {
            case FLOAT_ADD:
                return Opcode.ADD_DOUBLE;
            case FLOAT_SUBTRACT:
                return Opcode.SUBTRACT_DOUBLE;
            case FLOAT_MULTIPLY:
                return Opcode.MULTIPLY_DOUBLE;
            default:
                return Opcode.DIVIDE_DOUBLE;
        }
    }

    /** Goes to one block or the other. */
    private void condition(final Node node, final Block whenTrue, final Block whenFalse) {
        final Outline outline = node.outline();
        final List<Node> parts = outline.parts();
        switch (outline.kind()) {
            case INT:
                builder.jump(outline.number() != 0 ? whenTrue : whenFalse);
                break;
            case NOT:
                condition(parts.get(0), whenFalse, whenTrue);
                break;
            case LOCAL_READ:
                final Boolean answer = answers.get((int) outline.number());
                if (answer == null) {
                    test(value(node), whenTrue, whenFalse);
                } else {
                    builder.jump(answer ? whenTrue : whenFalse);
                }
                break;
            case AND:
            case OR:
                logic(parts, outline.kind() == Outline.Kind.OR, whenTrue, whenFalse);
                break;
            default:
                if (outline.kind().isComparison()) {
                    final int left = keep(asInt(parts.get(0)), parts.get(1));
                    builder.branch(Block.Jump.COMPARE, outline.kind(), 0, whenTrue, whenFalse,
                        left, asInt(parts.get(1)));
                } else if (outline.kind().isFloatComparison()) {
                    final int left = asDouble(parts.get(0));
                    builder.branch(Block.Jump.COMPARE_DOUBLES, outline.kind(), 0, whenTrue, whenFalse,
                        left, asDouble(parts.get(1)));
                } else {
                    test(value(node), whenTrue, whenFalse);
                }
                break;
        }
    }

    private void test(final int value, final Block whenTrue, final Block whenFalse) {
        if (builder.type(value) == ValueType.DOUBLE) {
            builder.branch(Block.Jump.COMPARE_DOUBLES, Outline.Kind.FLOAT_NOT_EQUAL, 0, whenTrue, whenFalse,
                value, builder.constant(ValueType.DOUBLE, 0));
        } else {
            builder.branch(Block.Jump.NOT_ZERO, null, 0, whenTrue, whenFalse,
                builder.type(value) == ValueType.INT ? value : heapForms.isTrue(value));
        }
    }

    private void logic(
            final List<Node> parts, final boolean decisive, final Block whenTrue, final Block whenFalse) {
        for (final Node part : parts) {
            final Block next = builder.newBlock();
            condition(part, decisive ? whenTrue : next, decisive ? next : whenFalse);
            builder.begin(next);
        }
        builder.jump(decisive ? whenFalse : whenTrue);
    }

    /** A loop that asks the same in each turn becomes two: the answer is known in each of them. */
    private void loop(final WhileNode node) {
        final Optional<Node> asked = size(node, LARGE_LOOP) < LARGE_LOOP
            ? InvariantConditions.in(node).filter(read -> isInvariant(node, read)).findFirst() : Optional.empty();
        if (asked.isEmpty()) {
            turns(node);
            return;
        }
        final int slot = (int) asked.get().outline().number();
        final Block whenTrue = builder.newBlock();
        final Block whenFalse = builder.newBlock();
        final Block end = builder.newBlock();
        builder.branch(Block.Jump.NOT_ZERO, null, 0, whenTrue, whenFalse, variables.value(slot));
        for (final Block version : List.of(whenTrue, whenFalse)) {
            builder.begin(version);
            answers.put(slot, version == whenTrue);
            turns(node);
            answers.remove(slot);
            builder.jump(end);
        }
        builder.begin(end);
    }

    private boolean isInvariant(final WhileNode loop, final Node read) {
        final int slot = (int) read.outline().number();
        return types.isBound(read) && builder.type(variables.value(slot)) == ValueType.INT
            && !slots.written(loop).get(slot);
    }

    /**
     * The condition stands before the loop and at its end, so that what is the same in all turns can come before. A
     * safepoint that is due leaves the loop and enters it anew: inside of it refs do not change.
     */
    private void turns(final WhileNode node) {
        final Node condition = node.outline().parts().get(0);
        final Node body = node.outline().parts().get(1);
        final Block entry = builder.newBlock();
        final Block turn = builder.newBlock();
        final Block pieces = builder.newBlock();
        final Block end = builder.newBlock();
        final boolean twice = size(condition, LARGE_CONDITION) < LARGE_CONDITION;
        final boolean asks = !twice || Calls.mayAskForCommit(body);
        builder.jump(entry);
        beginLoop(node, entry);
        if (twice) {
            enterIf(condition, end, asks);
            builder.jump(turn);
            beginLoop(node, turn);
        } else {
            builder.jump(turn);
            beginLoop(node, turn);
            enterIf(condition, end, true);
        }
        effect(body);
        if (asks) {
            goOnUnless(Block.Jump.COMMIT_DUE, pieces);
        }
        final Block due = builder.newBlock();
        goOnUnless(Block.Jump.POLL_DUE, due);
        if (twice) {
            enterIf(condition, end, true);
        }
        builder.jumpBack(turn);
        builder.begin(due);
        builder.emit(Opcode.SAFEPOINT, null, 0);
        builder.called();
        if (!asks) {
            goOnUnless(Block.Jump.COMMIT_DUE, pieces);
        }
        builder.jumpBack(entry);
        goOnInPieces(node, pieces, end);
        builder.begin(end);
    }

    private void beginLoop(final WhileNode node, final Block block) {
        builder.begin(block);
        final BitSet written = slots.written(node);
        builder.known().beginLoop(value -> variables.isVariableOf(value, written));
    }

    private void enterIf(final Node condition, final Block otherwise, final boolean asks) {
        final Block inside = builder.newBlock();
        condition(condition, inside, otherwise);
        builder.begin(inside);
        if (!asks) {
            builder.emit(Opcode.POLLS_IF_COMMIT_IS_DUE, null, 0);
        }
    }

    private void goOnUnless(final Block.Jump jump, final Block otherwise) {
        final Block next = builder.newBlock();
        builder.branch(jump, null, 0, otherwise, next);
        builder.begin(next);
    }

    /** A rollback restores the shadow stack, not variables of the JVM: the interpreter goes on. */
    private void goOnInPieces(final WhileNode node, final Block pieces, final Block end) {
        builder.begin(pieces);
        variables.inFrame(slots.touched(node), slots.written(node),
            frame -> builder.emit(Opcode.GO_ON_IN_PIECES, node, 0, frame));
        builder.called();
        builder.jump(end);
    }

    private static int size(final Node node, final int limit) {
        int size = 1;
        for (final Node part : node.outline().parts()) {
            if (part != null && size < limit) {
                size += size(part, limit - size);
            }
        }
        return size;
    }

    private int call(final CallNode node, final List<Node> arguments) {
        final FunctionCode callee = node.callee().lastGlobal();
        if (callee == null || callee.hot() == null || callee.parameterCount() != arguments.size()
                || arguments.size() > UnitCompiler.MAXIMUM_PARAMETERS) {
            return execute(node);
        }
        final int function =
            builder.emit(ValueType.RAW, Opcode.LOAD_FUNCTION, null, node.callee().functionRef());
        variables.guardCallable(node, callee, function, slots.touched(node));
        final int[] values = new int[arguments.size() + 1];
        values[0] = function;
        for (int i = 0; i < arguments.size(); i++) {
            values[i + 1] = keep(asValue(arguments.get(i)),
                arguments.subList(i + 1, arguments.size()).toArray(new Node[0]));
        }
        final int result = builder.emit(ValueType.VALUE, Opcode.CALL, callee, 0, values);
        afterCall();
        return result;
    }

    private void afterCall() {
        builder.emit(Opcode.AFTER_CALL, null, 0);
        builder.called();
    }

    /** Has the interpreter execute it. */
    private int execute(final Node node) {
        final int result = builder.newValue(ValueType.VALUE);
        variables.inFrame(slots.touched(node), slots.written(node), frame -> {
            builder.copy(builder.emit(ValueType.VALUE, Opcode.EXECUTE, node, 0, frame), result);
            builder.called();
            if (node.reachesSafepoint()) {
                        afterCall();
            }
        });
        return result;
    }
}
