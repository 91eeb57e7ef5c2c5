package org.segstm.duhton.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.duhton.compile.ir.Block;
import org.segstm.duhton.compile.ir.Code;
import org.segstm.duhton.compile.ir.Instruction;
import org.segstm.duhton.compile.ir.Liveness;
import org.segstm.duhton.compile.ir.Opcode;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.value.Values;
import org.segstm.jit.emit.JvmTypes;
import org.segstm.jit.placement.Barrier;
import org.segstm.jit.placement.Placement;

/** Emits intermediate code with its barriers: blocks, jumps, arithmetic. Each value has a variable of the JVM. */
final class CodeEmitter {
    private final Code code;
    private final Placement placement;
    private final Locals locals;
    private final MethodVisitor method;
    private final HeapEmitter heap;
    private final Map<Integer, Label> labels = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();

    CodeEmitter(final Code code, final Placement placement, final Locals locals, final HeapEmitter heap) {
        this.code = code;
        this.placement = placement;
        this.locals = locals;
        this.method = locals.method();
        this.heap = heap;
        sort();
    }

    /**
     * Blocks in reverse postorder: all ways to a block but those of loops come before it, so that only loops jump
     * backwards, which the JVM takes for the turn of a loop.
     */
    private void sort() {
        final Deque<Integer> open = new ArrayDeque<>(List.of(0));
        final Map<Integer, Integer> edges = new HashMap<>();
        edges.put(0, code.successorCount(0));
        while (!open.isEmpty()) {
            final int block = open.peek();
            final int left = edges.merge(block, -1, Integer::sum);
            if (left < 0) {
                order.add(0, open.pop());
            } else {
                final int edge = isFirstRare(block) ? code.successorCount(block) - 1 - left : left;
                final int next = code.successor(block, edge);
                if (edges.putIfAbsent(next, code.successorCount(next)) == null) {
                    open.push(next);
                }
            }
        }
        order.forEach(block -> labels.put(block, new Label()));
    }

    private boolean isFirstRare(final int block) {
        final Block.Jump jump = code.blocks().get(block).jump();
        return jump == Block.Jump.POLL_DUE || jump == Block.Jump.COMMIT_DUE;
    }

    /** Emits all of it, from its entry on. */
    void emit(final Liveness liveness) {
        locals.initialize(liveness.atEntry());
        barriers(placement.atEntry());
        for (int i = 0; i < order.size(); i++) {
            final int block = order.get(i);
            method.visitLabel(labels.get(block));
            final List<BitSet> refs = liveness.refsAcross(block);
            for (int op = 0; op < code.size(block); op++) {
                final Instruction instruction = code.blocks().get(block).instructions().get(op);
                heap.barriersBefore(instruction, placement.before(block, op));
                instruction(instruction, refs.get(op), placement.onSlowPath(block, op));
            }
            barriers(placement.before(block, code.size(block)));
            end(code.blocks().get(block), i + 1 < order.size() ? order.get(i + 1) : -1);
        }
    }

    private void barriers(final List<Barrier> barriers) {
        heap.barriers(barriers);
    }

    private void end(final Block block, final int next) {
        switch (block.jump()) {
            case RETURN:
                locals.push(block.jumpOperands()[0]);
                method.visitInsn(Opcodes.LRETURN);
                break;
            case GOTO:
                follow(block, 0, next);
                break;
            default:
                final Label whenTrue = new Label();
                final boolean plain = !placement.isEdgeUsed(block.number(), 0);
                jumpIf(block, plain ? labels.get(code.successor(block.number(), 0)) : whenTrue);
                if (plain) {
                    follow(block, 1, next);
                } else {
                    follow(block, 1, -1);
                    method.visitLabel(whenTrue);
                    follow(block, 0, next);
                }
                break;
        }
    }

    private void follow(final Block block, final int edge, final int next) {
        barriers(placement.onEdge(block.number(), edge));
        barriers(placement.onEdgeMerged(block.number(), edge));
        final int target = code.successor(block.number(), edge);
        if (target != next) {
            method.visitJumpInsn(Opcodes.GOTO, labels.get(target));
        }
    }

    private void jumpIf(final Block block, final Label label) {
        final int[] operands = block.jumpOperands();
        switch (block.jump()) {
            case COMPARE:
                locals.push(operands[0]);
                locals.push(operands[1]);
                method.visitJumpInsn(comparison((Outline.Kind) block.subject()), label);
                break;
            case COMPARE_DOUBLES:
                locals.pushAll(operands);
                final Outline.Kind kind = (Outline.Kind) block.subject();
                final boolean isLess = kind == Outline.Kind.FLOAT_LESS || kind == Outline.Kind.FLOAT_LESS_OR_EQUAL;
                // What is no number is neither less nor greater.
                method.visitInsn(isLess ? Opcodes.DCMPG : Opcodes.DCMPL);
                method.visitJumpInsn(comparisonOfDoubles(kind), label);
                break;
            case NOT_ZERO:
                locals.push(operands[0]);
                method.visitJumpInsn(Opcodes.IFNE, label);
                break;
            case EQUALS:
                locals.push(operands[0]);
                JvmTypes.pushLong(method, block.jumpNumber());
                method.visitInsn(Opcodes.LCMP);
                method.visitJumpInsn(Opcodes.IFEQ, label);
                break;
            case POLL_DUE:
                heap.jumpIfPollDue(label);
                break;
            default:
                locals.callThread("isCommitDue", "()Z");
                method.visitJumpInsn(Opcodes.IFNE, label);
                break;
        }
    }

    private static int comparisonOfDoubles(final Outline.Kind kind) {
        switch (kind) {
            case FLOAT_LESS:
                return Opcodes.IFLT;
            case FLOAT_LESS_OR_EQUAL:
                return Opcodes.IFLE;
            case FLOAT_EQUAL:
                return Opcodes.IFEQ;
            case FLOAT_NOT_EQUAL:
                return Opcodes.IFNE;
            case FLOAT_GREATER:
                return Opcodes.IFGT;
            default:
                return Opcodes.IFGE;
        }
    }

    private static int comparison(final Outline.Kind kind) {
        switch (kind) {
            case LESS:
                return Opcodes.IF_ICMPLT;
            case LESS_OR_EQUAL:
                return Opcodes.IF_ICMPLE;
            case EQUAL:
                return Opcodes.IF_ICMPEQ;
            case NOT_EQUAL:
                return Opcodes.IF_ICMPNE;
            case GREATER:
                return Opcodes.IF_ICMPGT;
            default:
                return Opcodes.IF_ICMPGE;
        }
    }

    private void instruction(final Instruction op, final BitSet refs, final List<Barrier> repairs) {
        switch (op.opcode()) {
            case CONSTANT:
                break;
            case COPY:
                locals.push(op.operand(0));
                locals.pop(op.result());
                break;
            case TAG:
                locals.push(op.operand(0));
                locals.tag();
                locals.pop(op.result());
                break;
            case UNTAG:
                untag(op);
                break;
            case INT_OF:
                intOf(op);
                break;
            case DIVIDE:
            case REMAINDER:
                locals.pushAll(op.operands());
                JvmTypes.pushInt(method, (int) op.number());
                locals.callSupport(op.opcode() == Opcode.DIVIDE ? "divide" : "remainder", "(III)I");
                locals.pop(op.result());
                break;
            case SQUARE_ROOT:
                locals.push(op.operand(0));
                method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "sqrt", "(D)D", false);
                locals.pop(op.result());
                break;
            case ADD_RAW:
                locals.push(op.operand(0));
                JvmTypes.pushLong(method, op.number());
                method.visitInsn(Opcodes.LADD);
                locals.pop(op.result());
                break;
            case HIGH_HALF:
                locals.push(op.operand(0));
                JvmTypes.pushInt(method, Values.INT_SHIFT);
                method.visitInsn(Opcodes.LUSHR);
                method.visitInsn(Opcodes.L2I);
                locals.pop(op.result());
                break;
            default:
                if (simple(op.opcode()) != Opcodes.NOP) {
                    locals.pushAll(op.operands());
                    method.visitInsn(simple(op.opcode()));
                    locals.pop(op.result());
                } else {
                    heap.instruction(op, refs, repairs);
                }
                break;
        }
    }

    /** What one instruction of the JVM does. */
    private static int simple(final Opcode opcode) {
        switch (opcode) {
            case ADD:
                return Opcodes.IADD;
            case SUBTRACT:
                return Opcodes.ISUB;
            case MULTIPLY:
                return Opcodes.IMUL;
            case EXCLUSIVE_OR:
                return Opcodes.IXOR;
            case SHIFT_LEFT:
                return Opcodes.ISHL;
            case SHIFT_RIGHT:
                return Opcodes.ISHR;
            case ADD_DOUBLE:
                return Opcodes.DADD;
            case SUBTRACT_DOUBLE:
                return Opcodes.DSUB;
            case MULTIPLY_DOUBLE:
                return Opcodes.DMUL;
            case DIVIDE_DOUBLE:
                return Opcodes.DDIV;
            case TO_DOUBLE:
                return Opcodes.I2D;
            case TRUNCATE:
                return Opcodes.D2I;
            case LOW_HALF:
                return Opcodes.L2I;
            default:
                return Opcodes.NOP;
        }
    }

    private void untag(final Instruction op) {
        final Label slow = new Label();
        locals.push(op.operand(0));
        method.visitInsn(Opcodes.L2I);
        method.visitInsn(Opcodes.ICONST_1);
        method.visitJumpInsn(Opcodes.IF_ICMPNE, slow);
        intOf(op);
        heap.outline(() -> {
            method.visitLabel(slow);
            if (op.subject(Node.class) != null) {
                heap.guardBound(op);
            }
            locals.push(op.operand(0));
            locals.pushThread();
            JvmTypes.pushInt(method, (int) op.number());
            locals.callSupport("notAnInt", "(J" + Locals.THREAD + "I)Ljava/lang/RuntimeException;");
            method.visitInsn(Opcodes.ATHROW);
        });
    }

    private void intOf(final Instruction op) {
        locals.push(op.operand(0));
        JvmTypes.pushInt(method, Values.INT_SHIFT);
        method.visitInsn(Opcodes.LSHR);
        method.visitInsn(Opcodes.L2I);
        locals.pop(op.result());
    }
}
