package org.segstm.duhton.compile;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.duhton.interp.CallNode;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.interp.GlobalNodes;
import org.segstm.duhton.interp.HotCode;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;
import org.segstm.duhton.interp.TargetNode;
import org.segstm.duhton.interp.WhileNode;
import org.segstm.duhton.value.Values;
import org.segstm.jit.emit.GeneratedClass;
import org.segstm.jit.emit.JvmTypes;

/**
 * Emits expressions. Values are on the operand stack of the JVM, longs as {@link Values} has them, or ints where it is
 * known that they are.
 */
final class ExpressionCode {
    static final String MUTATOR = "Lorg/segstm/heap/Mutator;";
    private static final String MUTATOR_CLASS = "org/segstm/heap/Mutator";
    private static final String THREAD_CLASS = "org/segstm/duhton/interp/DuhtonThread";
    private static final String THREAD = "L" + THREAD_CLASS + ";";
    private static final String SUPPORT_CLASS = "org/segstm/duhton/compile/Support";
    private static final int THREAD_LOCAL = 0;
    private static final int FRAME_LOCAL = 1;
    private static final int MUTATOR_LOCAL = 2;
    private static final int FIRST_FREE_LOCAL = 3;
    private static final int INT_BITS = 32;

    private final GeneratedClass generated;
    private final MethodVisitor method;
    private final SlotTypes types;
    private final CompileOptions options;
    private final Map<Integer, Integer> intLocals = new HashMap<>();
    private final Deque<Runnable> outlined = new ArrayDeque<>();
    private int nextLocal = FIRST_FREE_LOCAL;

    ExpressionCode(
            final GeneratedClass generated, final MethodVisitor method, final SlotTypes types,
            final CompileOptions options) {
        this.options = options;
        this.generated = generated;
        this.method = method;
        this.types = types;
    }

    /** To be emitted first. */
    void enter() {
        pushThread();
        callThread("mutator", "()" + MUTATOR);
        method.visitVarInsn(Opcodes.ASTORE, MUTATOR_LOCAL);
    }

    /** Gives variables that are ints their places, those that are bound their values. */
    void initializeInts(final BitSet bound) {
        types.ints().stream().forEach(slot -> {
            final int local = nextLocal++;
            intLocals.put(slot, local);
            if (bound.get(slot)) {
                reload(slot);
            } else {
                method.visitInsn(Opcodes.ICONST_0);
                method.visitVarInsn(Opcodes.ISTORE, local);
            }
        });
    }

    void outline(final Runnable code) {
        outlined.add(code);
    }

    /** Emits what is out of the way, behind everything else. */
    void outlined() {
        while (!outlined.isEmpty()) {
            outlined.poll().run();
        }
    }

    /** Stores variables that are ints into the frame. */
    void spill() {
        intLocals.forEach((slot, local) -> {
            method.visitVarInsn(Opcodes.ILOAD, local);
            pushMutator();
            pushIndex(slot);
            callSupport("setInt", "(I" + MUTATOR + "I)V");
        });
    }

    /** Loads them back. */
    void reload() {
        intLocals.keySet().forEach(this::reload);
    }

    private void reload(final int slot) {
        pushMutator();
        pushIndex(slot);
        callSupport("getInt", "(" + MUTATOR + "I)I");
        method.visitVarInsn(Opcodes.ISTORE, intLocals.get(slot));
    }

    void safepoint() {
        count(BarrierCounters.Kind.SAFEPOINT);
        pushThread();
        callThread("safepoint", "()V");
    }

    private void count(final BarrierCounters.Kind kind) {
        if (options.counters() != null) {
            generated.pushConstant(method, options.counters().counter(kind), LongAdder.class);
            method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, "java/util/concurrent/atomic/LongAdder", "increment", "()V", false);
        }
    }

    void pushThread() {
        method.visitVarInsn(Opcodes.ALOAD, THREAD_LOCAL);
    }

    void pushFrame() {
        method.visitVarInsn(Opcodes.ILOAD, FRAME_LOCAL);
    }

    void pushMutator() {
        method.visitVarInsn(Opcodes.ALOAD, MUTATOR_LOCAL);
    }

    /** Pushes the index of a variable on the shadow stack. */
    void pushIndex(final int slot) {
        pushFrame();
        if (slot != 0) {
            JvmTypes.pushInt(method, slot);
            method.visitInsn(Opcodes.IADD);
        }
    }

    void callSupport(final String name, final String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, SUPPORT_CLASS, name, descriptor, false);
    }

    void callThread(final String name, final String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, THREAD_CLASS, name, descriptor, false);
    }

    void callMutator(final String name, final String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MUTATOR_CLASS, name, descriptor, false);
    }

    private <T extends Node> void pushNode(final T node, final Class<T> type) {
        generated.pushConstant(method, node, type);
    }

    private void callNode(final Class<?> type, final String name, final String descriptor) {
        method.visitMethodInsn(
            Opcodes.INVOKEVIRTUAL, type.getName().replace('.', '/'), name, descriptor, false);
    }

    /** Evaluates for what it does. */
    void effect(final Node node) {
        final Outline outline = node.outline();
        final List<Node> parts = outline.parts();
        switch (outline.kind()) {
            case INT:
            case CONSTANT:
                break;
            case SEQUENCE:
                parts.forEach(this::effect);
                break;
            case IF:
                branch(parts, () -> effect(parts.get(1)), () -> effect(parts.get(2)));
                break;
            case WHILE:
                loop((WhileNode) node);
                break;
            case LOCAL_WRITE:
                if (intLocals.containsKey((int) outline.number())) {
                    integer(parts.get(0));
                    method.visitVarInsn(Opcodes.ISTORE, intLocals.get((int) outline.number()));
                } else {
                    value(parts.get(0));
                    setVariable((int) outline.number());
                }
                break;
            default:
                if (types.isInt(node)) {
                    integer(node);
                    method.visitInsn(Opcodes.POP);
                } else {
                    value(node);
                    method.visitInsn(Opcodes.POP2);
                }
                break;
        }
    }

    /** Pushes the value as a long. */
    void value(final Node node) {
        final Outline outline = node.outline();
        if (isLogic(outline.kind()) || SlotTypes.isArithmetic(outline.kind())
                || SlotTypes.isComparison(outline.kind())) {
            integer(node);
            tag();
            return;
        }
        final List<Node> parts = outline.parts();
        switch (outline.kind()) {
            case INT:
                JvmTypes.pushLong(method, Values.ofInt((int) outline.number()));
                break;
            case CONSTANT:
                JvmTypes.pushLong(method, outline.number());
                break;
            case SEQUENCE:
                parts.subList(0, parts.size() - 1).forEach(this::effect);
                value(parts.get(parts.size() - 1));
                break;
            case IF:
                branch(parts, () -> value(parts.get(1)), () -> value(parts.get(2)));
                break;
            case WHILE:
                loop((WhileNode) node);
                JvmTypes.pushLong(method, Values.NONE);
                break;
            case ATOMIC:
                pushThread();
                callThread("enterAtomic", "()V");
                value(parts.get(0));
                pushThread();
                callThread("leaveAtomic", "()V");
                break;
            default:
                valueOfOperation(node, outline);
                break;
        }
    }

    private void valueOfOperation(final Node node, final Outline outline) {
        switch (outline.kind()) {
            case LOCAL_READ:
                read(node, outline);
                break;
            case LOCAL_WRITE:
                write(outline);
                break;
            case GLOBAL_WRITE:
                globalWrite((GlobalNodes.Write) node, outline.parts().get(0));
                break;
            case CALL:
                call((CallNode) node, outline.parts());
                break;
            case TARGET:
                target((TargetNode) node, outline.parts());
                break;
            case LIST:
                list(outline.parts());
                break;
            case LEAF:
            case LOCAL_TEST:
                execute(node);
                break;
            default:
                spill();
                execute(node);
                reload();
                break;
        }
    }

    private static boolean isLogic(final Outline.Kind kind) {
        return kind == Outline.Kind.AND || kind == Outline.Kind.OR || kind == Outline.Kind.NOT;
    }

    private void tag() {
        method.visitInsn(Opcodes.I2L);
        JvmTypes.pushInt(method, INT_BITS);
        method.visitInsn(Opcodes.LSHL);
        method.visitInsn(Opcodes.LCONST_1);
        method.visitInsn(Opcodes.LOR);
    }

    private void execute(final Node node) {
        pushNode(node, Node.class);
        pushThread();
        pushFrame();
        callNode(Node.class, "execute", HotCode.TYPE.toMethodDescriptorString());
    }

    private void read(final Node node, final Outline outline) {
        final int slot = (int) outline.number();
        final Integer local = intLocals.get(slot);
        if (local != null) {
            method.visitVarInsn(Opcodes.ILOAD, local);
            tag();
            return;
        }
        pushMutator();
        pushIndex(slot);
        callMutator("root", "(I)J");
        if (!types.isBound(node)) {
            final Label bound = new Label();
            method.visitInsn(Opcodes.DUP2);
            JvmTypes.pushLong(method, Values.UNBOUND);
            method.visitInsn(Opcodes.LCMP);
            method.visitJumpInsn(Opcodes.IFNE, bound);
            method.visitInsn(Opcodes.POP2);
            execute(outline.parts().get(0));
            method.visitLabel(bound);
        }
    }

    private void write(final Outline outline) {
        final int slot = (int) outline.number();
        final Integer local = intLocals.get(slot);
        if (local != null) {
            integer(outline.parts().get(0));
            method.visitInsn(Opcodes.DUP);
            method.visitVarInsn(Opcodes.ISTORE, local);
            tag();
        } else {
            value(outline.parts().get(0));
            method.visitInsn(Opcodes.DUP2);
            setVariable(slot);
        }
    }

    private void setVariable(final int slot) {
        pushMutator();
        pushIndex(slot);
        callSupport("setVariable", "(J" + MUTATOR + "I)V");
    }

    private void globalWrite(final GlobalNodes.Write node, final Node expression) {
        final int value = nextLocal;
        nextLocal += 2;
        value(expression);
        method.visitVarInsn(Opcodes.LSTORE, value);
        pushNode(node, GlobalNodes.Write.class);
        pushThread();
        method.visitVarInsn(Opcodes.LLOAD, value);
        callNode(GlobalNodes.Write.class, "bind", "(" + THREAD + "J)J");
        nextLocal = value;
    }

    private void branch(final List<Node> parts, final Runnable whenTrue, final Runnable whenFalse) {
        final Label otherwise = new Label();
        final Label end = new Label();
        condition(parts.get(0), otherwise, false);
        whenTrue.run();
        method.visitJumpInsn(Opcodes.GOTO, end);
        method.visitLabel(otherwise);
        whenFalse.run();
        method.visitLabel(end);
    }

    private void loop(final WhileNode node) {
        final Label turn = new Label();
        final Label end = new Label();
        final Label pieces = new Label();
        final List<Node> parts = node.outline().parts();
        method.visitLabel(turn);
        condition(parts.get(0), end, false);
        effect(parts.get(1));
        safepoint();
        pushThread();
        callThread("isCommitDue", "()Z");
        method.visitJumpInsn(Opcodes.IFEQ, turn);
        // A rollback restores the frame, not variables of the JVM: the interpreter goes on.
        spill();
        pushNode(node, WhileNode.class);
        pushThread();
        pushFrame();
        callNode(WhileNode.class, "goOnInPieces", HotCode.TYPE.toMethodDescriptorString());
        method.visitInsn(Opcodes.POP2);
        reload();
        method.visitLabel(end);
    }

    private void call(final CallNode node, final List<Node> arguments) {
        final FunctionCode callee = node.callee().lastGlobal();
        if (callee == null || callee.hot() == null || callee.parameterCount() != arguments.size()) {
            spill();
            execute(node);
            reload();
            return;
        }
        final int frame = nextLocal++;
        final Label redefined = new Label();
        final Label end = new Label();
        pushMutator();
        JvmTypes.pushLong(method, node.callee().functionRef());
        JvmTypes.pushLong(method, callee.value());
        callSupport("isFunction", "(" + MUTATOR + "JJ)Z");
        method.visitJumpInsn(Opcodes.IFEQ, redefined);
        pushMutator();
        callMutator("rootDepth", "()I");
        method.visitVarInsn(Opcodes.ISTORE, frame);
        for (final Node argument : arguments) {
            value(argument);
            pushMutator();
            callSupport("push", "(J" + MUTATOR + ")V");
        }
        generated.pushConstant(method, callee.hot().invoker(), java.lang.invoke.MethodHandle.class);
        pushThread();
        method.visitVarInsn(Opcodes.ILOAD, frame);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/invoke/MethodHandle", "invokeExact",
            HotCode.TYPE.toMethodDescriptorString(), false);
        method.visitJumpInsn(Opcodes.GOTO, end);
        method.visitLabel(redefined);
        spill();
        execute(node);
        reload();
        method.visitLabel(end);
        nextLocal = frame;
    }

    private void target(final TargetNode node, final List<Node> parts) {
        final int start = nextLocal;
        final int target = start;
        final int index = target + 2;
        final int operand = index + 1;
        nextLocal = operand + 2;
        value(parts.get(0));
        method.visitVarInsn(Opcodes.LSTORE, target);
        if (node.isChecked()) {
            pushNode(node, TargetNode.class);
            pushThread();
            method.visitVarInsn(Opcodes.LLOAD, target);
            callNode(TargetNode.class, "check", "(" + THREAD + "J)V");
        }
        if (node.keepsTarget()) {
            method.visitVarInsn(Opcodes.LLOAD, target);
            pushMutator();
            callSupport("push", "(J" + MUTATOR + ")V");
        }
        if (parts.get(1) != null) {
            integer(parts.get(1));
            method.visitVarInsn(Opcodes.ISTORE, index);
        }
        if (parts.get(2) != null) {
            value(parts.get(2));
            method.visitVarInsn(Opcodes.LSTORE, operand);
        }
        if (node.keepsTarget()) {
            pushMutator();
            callMutator("pop", "()J");
            method.visitVarInsn(Opcodes.LSTORE, target);
        }
        pushNode(node, TargetNode.class);
        pushThread();
        method.visitVarInsn(Opcodes.LLOAD, target);
        method.visitInsn(Opcodes.ICONST_0);
        if (parts.get(1) != null) {
            method.visitInsn(Opcodes.POP);
            method.visitVarInsn(Opcodes.ILOAD, index);
        }
        if (parts.get(2) != null) {
            method.visitVarInsn(Opcodes.LLOAD, operand);
        } else {
            method.visitInsn(Opcodes.LCONST_0);
        }
        callNode(TargetNode.class, "apply", "(" + THREAD + "JIJ)J");
        nextLocal = start;
    }

    private void list(final List<Node> elements) {
        final int base = nextLocal++;
        pushMutator();
        callMutator("rootDepth", "()I");
        method.visitVarInsn(Opcodes.ISTORE, base);
        for (final Node element : elements) {
            value(element);
            pushMutator();
            callSupport("push", "(J" + MUTATOR + ")V");
        }
        pushThread();
        pushMutator();
        method.visitVarInsn(Opcodes.ILOAD, base);
        callSupport("listOfRoots", "(" + THREAD + MUTATOR + "I)J");
        nextLocal = base;
    }

    /** Pushes the value as an int, or the error that it is none. */
    void integer(final Node node) {
        final Outline outline = node.outline();
        final List<Node> parts = outline.parts();
        final Integer local = outline.kind() == Outline.Kind.LOCAL_READ
            ? intLocals.get((int) outline.number()) : null;
        if (local != null) {
            method.visitVarInsn(Opcodes.ILOAD, local);
        } else if (outline.kind() == Outline.Kind.INT) {
            JvmTypes.pushInt(method, (int) outline.number());
        } else if (SlotTypes.isArithmetic(outline.kind())) {
            fold(node, outline);
        } else if (isLogic(outline.kind()) || SlotTypes.isComparison(outline.kind())) {
            final Label isTrue = new Label();
            final Label end = new Label();
            condition(node, isTrue, true);
            method.visitInsn(Opcodes.ICONST_0);
            method.visitJumpInsn(Opcodes.GOTO, end);
            method.visitLabel(isTrue);
            method.visitInsn(Opcodes.ICONST_1);
            method.visitLabel(end);
        } else if (outline.kind() == Outline.Kind.IF) {
            branch(parts, () -> integer(parts.get(1)), () -> integer(parts.get(2)));
        } else if (outline.kind() == Outline.Kind.SEQUENCE && types.isInt(node)) {
            parts.subList(0, parts.size() - 1).forEach(this::effect);
            integer(parts.get(parts.size() - 1));
        } else {
            value(node);
            pushThread();
            JvmTypes.pushInt(method, node.line());
            callSupport("toInt", "(J" + THREAD + "I)I");
        }
    }

    private void fold(final Node node, final Outline outline) {
        integer(outline.parts().get(0));
        for (final Node operand : outline.parts().subList(1, outline.parts().size())) {
            integer(operand);
            switch (outline.kind()) {
                case ADD:
                    method.visitInsn(Opcodes.IADD);
                    break;
                case SUBTRACT:
                    method.visitInsn(Opcodes.ISUB);
                    break;
                case MULTIPLY:
                    method.visitInsn(Opcodes.IMUL);
                    break;
                case EXCLUSIVE_OR:
                    method.visitInsn(Opcodes.IXOR);
                    break;
                case SHIFT_LEFT:
                    method.visitInsn(Opcodes.ISHL);
                    break;
                case SHIFT_RIGHT:
                    method.visitInsn(Opcodes.ISHR);
                    break;
                default:
                    JvmTypes.pushInt(method, node.line());
                    callSupport(outline.kind() == Outline.Kind.DIVIDE ? "divide" : "remainder", "(III)I");
                    break;
            }
        }
    }

    /** Jumps when a condition is true, or when it is false. */
    private void condition(final Node node, final Label label, final boolean when) {
        final Outline outline = node.outline();
        final List<Node> parts = outline.parts();
        switch (outline.kind()) {
            case INT:
                if (outline.number() != 0 == when) {
                    method.visitJumpInsn(Opcodes.GOTO, label);
                }
                break;
            case NOT:
                condition(parts.get(0), label, !when);
                break;
            case AND:
            case OR:
                logic(parts, outline.kind() == Outline.Kind.OR, label, when);
                break;
            default:
                if (SlotTypes.isComparison(outline.kind())) {
                    integer(parts.get(0));
                    integer(parts.get(1));
                    method.visitJumpInsn(comparison(outline.kind(), when), label);
                } else {
                    test(node);
                    method.visitJumpInsn(when ? Opcodes.IFNE : Opcodes.IFEQ, label);
                }
                break;
        }
    }

    private void test(final Node node) {
        if (types.isInt(node)) {
            integer(node);
        } else {
            value(node);
            pushThread();
            callSupport("isTrue", "(J" + THREAD + ")Z");
        }
    }

    private void logic(final List<Node> parts, final boolean decisive, final Label label, final boolean when) {
        final Label end = new Label();
        for (final Node part : parts) {
            condition(part, decisive == when ? label : end, decisive);
        }
        if (decisive != when) {
            method.visitJumpInsn(Opcodes.GOTO, label);
        }
        method.visitLabel(end);
    }

    private static int comparison(final Outline.Kind kind, final boolean when) {
        switch (kind) {
            case LESS:
                return when ? Opcodes.IF_ICMPLT : Opcodes.IF_ICMPGE;
            case LESS_OR_EQUAL:
                return when ? Opcodes.IF_ICMPLE : Opcodes.IF_ICMPGT;
            case EQUAL:
                return when ? Opcodes.IF_ICMPEQ : Opcodes.IF_ICMPNE;
            case NOT_EQUAL:
                return when ? Opcodes.IF_ICMPNE : Opcodes.IF_ICMPEQ;
            case GREATER:
                return when ? Opcodes.IF_ICMPGT : Opcodes.IF_ICMPLE;
            default:
                return when ? Opcodes.IF_ICMPGE : Opcodes.IF_ICMPLT;
        }
    }
}
