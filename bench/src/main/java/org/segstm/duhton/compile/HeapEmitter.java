package org.segstm.duhton.compile;

import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.duhton.compile.ir.CallExit;
import org.segstm.duhton.compile.ir.Code;
import org.segstm.duhton.compile.ir.Exit;
import org.segstm.duhton.compile.ir.Instruction;
import org.segstm.duhton.compile.ir.Opcode;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.interp.HotCode;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.TargetNode;
import org.segstm.duhton.interp.WhileNode;
import org.segstm.duhton.value.Values;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.emit.GeneratedClass;
import org.segstm.jit.emit.HeapCode;
import org.segstm.jit.emit.JvmTypes;
import org.segstm.jit.emit.Operands;
import org.segstm.jit.placement.Barrier;
import org.segstm.jit.placement.Place;

/** Emits instructions that work on the heap or call something, and barriers. */
final class HeapEmitter {
    private static final int LOG_BYTES_IN_ITEM = 3;
    private static final String RUN = HotCode.TYPE.toMethodDescriptorString();

    private final Code code;
    private final GeneratedClass generated;
    private final Locals locals;
    private final MethodVisitor method;
    private final HeapCode heap;
    private final BarrierCounters counters;
    private final int endedTransactions;
    private final int stackUnits;
    private final Field number;

    HeapEmitter(
            final Code code, final GeneratedClass generated, final Locals locals, final Target target,
            final int stackUnits) {
        this.number = target.shapes().number;
        this.code = code;
        this.generated = generated;
        this.locals = locals;
        this.method = locals.method();
        this.heap = new HeapCode(
            generated, method, target.heap(), locals.mutatorLocal(), locals.reserve(HeapCode.LOCALS));
        this.counters = target.options().counters();
        this.endedTransactions = locals.reserve(1);
        this.stackUnits = stackUnits;
    }

    /** To be emitted first. */
    void enter() {
        locals.callThread("mutator", "()" + Locals.MUTATOR);
        method.visitVarInsn(Opcodes.ASTORE, locals.mutatorLocal());
        enterTransaction();
    }

    private void enterTransaction() {
        heap.enter();
        locals.callThread("endedTransactions", "()I");
        method.visitVarInsn(Opcodes.ISTORE, endedTransactions);
    }

    /** Ends the method. */
    void end() {
        heap.end();
    }

    int hotBytes() {
        return heap.hotBytes();
    }

    void outline(final Runnable emit) {
        heap.outline(emit);
    }

    /** Jumps when a safepoint is due. */
    void jumpIfPollDue(final Label due) {
        count(BarrierCounters.Kind.SAFEPOINT);
        heap.jumpIfPollDue(due);
    }

    /** Emits barriers of a placement. */
    void barriers(final List<Barrier> barriers) {
        count(barriers);
        heap.barriers(barriers, operands(new BitSet(), List.of()));
    }

    /** Emits the barriers before an instruction. What a list itself holds is marked with the list. */
    void barriersBefore(final Instruction op, final List<Barrier> barriers) {
        if (op.opcode() != Opcode.LOAD_ITEM || op.operand(2) == Code.NO_VALUE) {
            barriers(barriers);
            return;
        }
        for (final Barrier barrier : barriers) {
            final Label marked = new Label();
            if (isOfItem(barrier, op)) {
                locals.push(op.operand(0));
                locals.push(op.operand(2));
                method.visitInsn(Opcodes.LCMP);
                method.visitJumpInsn(Opcodes.IFEQ, marked);
            }
            barriers(List.of(barrier));
            method.visitLabel(marked);
        }
    }

    private static boolean isOfItem(final Barrier barrier, final Instruction op) {
        return barrier.kind() == Barrier.Kind.READ && barrier.value() == op.operand(0)
            && barrier.place().kind() == Place.Kind.ITEM && barrier.place().indexValue() == op.operand(1);
    }

    private void count(final List<Barrier> barriers) {
        for (final Barrier barrier : barriers) {
            if (barrier.kind() == Barrier.Kind.INEVITABLE) {
                count(BarrierCounters.Kind.INEVITABLE);
            } else {
                final boolean card = barrier.place().kind() != Place.Kind.OBJECT;
                count(barrier.kind() == Barrier.Kind.READ
                    ? card ? BarrierCounters.Kind.READ_CARD : BarrierCounters.Kind.READ
                    : card ? BarrierCounters.Kind.WRITE_CARD : BarrierCounters.Kind.WRITE);
            }
        }
    }

    private void count(final BarrierCounters.Kind kind) {
        if (counters != null) {
            generated.pushConstant(method, counters.counter(kind), LongAdder.class);
            method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, "java/util/concurrent/atomic/LongAdder", "increment", "()V", false);
        }
    }

    private Operands operands(final BitSet refs, final List<Barrier> repairs) {
        return new Operands() {
            @Override
            public int refLocal(final int value) {
                return locals.of(value);
            }

            @Override
            public void pushIndex(final MethodVisitor visitor, final int value) {
                locals.push(value);
                visitor.visitInsn(Opcodes.I2L);
            }

            @Override
            public void spill(final MethodVisitor visitor) {
                HeapEmitter.this.spill(refs);
            }

            @Override
            public void reload(final MethodVisitor visitor) {
                locals.callThread("stopIfAsked", "()V");
                HeapEmitter.this.reload(refs);
                count(repairs);
            }
        };
    }

    private void spill(final BitSet refs) {
        refs.stream().forEach(value -> {
            locals.pushMutator();
            locals.push(value);
            locals.onMutator("push", "(J)V");
        });
    }

    private void reload(final BitSet refs) {
        final int[] values = refs.stream().toArray();
        IntStream.iterate(values.length - 1, i -> i >= 0, i -> i - 1).forEach(i -> {
            locals.pushMutator();
            locals.onMutator("pop", "()J");
            locals.pop(values[i]);
        });
    }

    void instruction(final Instruction op, final BitSet refs, final List<Barrier> repairs) {
        switch (op.opcode()) {
            case IS_TYPE:
                isType(op);
                break;
            case IS_TRUE:
                locals.pushThread();
                locals.push(op.operand(0));
                locals.onThread("isTrue", "(J)Z");
                locals.pop(op.result());
                break;
            case UNBOX:
                unbox(op);
                break;
            case GUARD_TYPE:
                guardType(op);
                break;
            case GUARD_INDEX:
                guardIndex(op);
                break;
            case GUARD_BOUND:
                guardBound(op);
                break;
            case LOAD_FIELD:
                check(op);
                heap.loadField(ref(op), op.subject(Field.class));
                locals.pop(op.result());
                break;
            case LOAD_ITEM:
                item(op);
                heap.loadItem(ref(op), FieldType.REF);
                locals.pop(op.result());
                break;
            case LOAD_LENGTH:
                check(op);
                heap.loadLength(ref(op));
                method.visitInsn(Opcodes.L2I);
                locals.pop(op.result());
                break;
            case LOAD_GLOBAL:
                heap.loadFixed(op.number());
                locals.pop(op.result());
                break;
            case STORE_FIELD:
                heap.beginStore(ref(op), op.subject(Field.class));
                locals.push(op.operand(1));
                heap.endStore(op.subject(Field.class).type());
                break;
            case STORE_ITEM:
                item(op);
                heap.beginStoreItem(ref(op));
                locals.push(op.operand(2));
                heap.endStore(FieldType.REF);
                break;
            case STORE_KNOWN_ITEM:
                heap.itemOffset(code.array(), LOG_BYTES_IN_ITEM, m -> JvmTypes.pushLong(m, op.number()));
                heap.beginStoreItem(ref(op));
                locals.push(op.operand(1));
                heap.endStore(FieldType.REF);
                break;
            case ALLOCATE:
                allocate(op.subject(ObjectLayout.class), op.number(), locals.of(op.result()));
                break;
            case POLL:
                count(BarrierCounters.Kind.SAFEPOINT);
                heap.safepoint(repairs, operands(refs, repairs));
                break;
            case SAFEPOINT:
                spill(refs);
                locals.callThread("safepoint", "()V");
                reload(refs);
                break;
            case POLLS_IF_COMMIT_IS_DUE:
                locals.callThread("pollsIfCommitIsDue", "()V");
                break;
            default:
                call(op, refs, repairs);
                break;
        }
    }

    /** In checked mode also loads that need no barrier are looked at: is there an object? */
    private void check(final Instruction op) {
        if (HeapContext.isChecked()) {
            locals.pushMutator();
            locals.push(op.operand(0));
            locals.onMutator("layoutIdOf", "(J)I");
            method.visitInsn(Opcodes.POP);
        }
    }

    private int ref(final Instruction op) {
        return locals.of(op.operand(0));
    }

    private void item(final Instruction op) {
        heap.itemOffset(code.array(), LOG_BYTES_IN_ITEM, m -> {
            locals.push(op.operand(1));
            m.visitInsn(Opcodes.I2L);
        });
    }

    private void allocate(final ObjectLayout layout, final long length, final int result) {
        if (layout.isVariable()) {
            heap.allocate(layout, length, result);
        } else {
            heap.allocate(layout, result);
        }
    }

    /** Jumps unless the value in a local variable is an object of a layout. */
    void jumpUnless(final ObjectLayout layout, final int local, final Label otherwise) {
        method.visitVarInsn(Opcodes.LLOAD, local);
        method.visitInsn(Opcodes.LCONST_0);
        method.visitInsn(Opcodes.LCMP);
        method.visitJumpInsn(Opcodes.IFEQ, otherwise);
        method.visitVarInsn(Opcodes.LLOAD, local);
        method.visitInsn(Opcodes.L2I);
        method.visitInsn(Opcodes.ICONST_1);
        method.visitInsn(Opcodes.IAND);
        method.visitJumpInsn(Opcodes.IFNE, otherwise);
        if (HeapContext.isChecked()) {
            locals.pushMutator();
            method.visitVarInsn(Opcodes.LLOAD, local);
            locals.onMutator("layoutIdOf", "(J)I");
        } else {
            heap.loadLayoutId(local);
        }
        JvmTypes.pushInt(method, layout.id());
        method.visitJumpInsn(Opcodes.IF_ICMPNE, otherwise);
    }

    /** Jumps unless the value in a local variable is an int. */
    void jumpUnlessInt(final int local, final Label otherwise) {
        method.visitVarInsn(Opcodes.LLOAD, local);
        method.visitInsn(Opcodes.L2I);
        method.visitInsn(Opcodes.ICONST_1);
        method.visitJumpInsn(Opcodes.IF_ICMPNE, otherwise);
    }

    private void isType(final Instruction op) {
        final Label no = new Label();
        final Label end = new Label();
        jumpUnless(op.subject(ObjectLayout.class), ref(op), no);
        method.visitInsn(Opcodes.ICONST_1);
        method.visitJumpInsn(Opcodes.GOTO, end);
        method.visitLabel(no);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitLabel(end);
        locals.pop(op.result());
    }

    private void unbox(final Instruction op) {
        final Label noFloat = new Label();
        final Label back = new Label();
        jumpUnless(number.layout(), ref(op), noFloat);
        heap.loadField(ref(op), number);
        method.visitLabel(back);
        locals.pop(op.result());
        heap.outline(() -> {
            method.visitLabel(noFloat);
            locals.push(op.operand(0));
            locals.pushThread();
            JvmTypes.pushInt(method, (int) op.number());
            locals.callSupport("toDouble", "(J" + Locals.THREAD + "I)D");
            method.visitJumpInsn(Opcodes.GOTO, back);
        });
    }

    private void guardType(final Instruction op) {
        final Exit exit = op.subject(Exit.class);
        final Label failed = new Label();
        jumpUnless(exit.layout(), ref(op), failed);
        fail(failed, exit);
    }

    private void guardIndex(final Instruction op) {
        final Label failed = new Label();
        locals.push(op.operand(1));
        method.visitJumpInsn(Opcodes.IFLT, failed);
        locals.push(op.operand(1));
        locals.push(op.operand(0));
        method.visitJumpInsn(Opcodes.IF_ICMPGE, failed);
        fail(failed, op.subject(Exit.class));
    }

    private void fail(final Label failed, final Exit exit) {
        heap.outline(() -> {
            method.visitLabel(failed);
            generated.pushConstant(method, exit.node(), TargetNode.class);
            locals.pushThread();
            locals.push(exit.target());
            if (exit.check()) {
                onNode(TargetNode.class, "check", "(" + Locals.THREAD + "J)V");
            } else {
                if (exit.index() == Code.NO_VALUE) {
                    method.visitInsn(Opcodes.ICONST_0);
                } else {
                    locals.push(exit.index());
                }
                method.visitInsn(Opcodes.LCONST_0);
                onNode(TargetNode.class, "apply", "(" + Locals.THREAD + "JIJ)J");
                method.visitInsn(Opcodes.POP2);
            }
            notReached();
        });
    }

    /** Goes on only with a value that is not unbound; the operation's subject tells the error. */
    void guardBound(final Instruction op) {
        final Label failed = new Label();
        locals.push(op.operand(0));
        JvmTypes.pushLong(method, Values.UNBOUND);
        method.visitInsn(Opcodes.LCMP);
        method.visitJumpInsn(Opcodes.IFEQ, failed);
        heap.outline(() -> {
            method.visitLabel(failed);
            generated.pushConstant(method, op.subject(Node.class), Node.class);
            locals.pushThread();
            method.visitInsn(Opcodes.ICONST_0);
            onNode(Node.class, "execute", RUN);
            method.visitInsn(Opcodes.POP2);
            notReached();
        });
    }

    private void notReached() {
        locals.callSupport("notReached", "()Ljava/lang/RuntimeException;");
        method.visitInsn(Opcodes.ATHROW);
    }

    private void onNode(final Class<?> type, final String name, final String descriptor) {
        method.visitMethodInsn(
            Opcodes.INVOKEVIRTUAL, type.getName().replace('.', '/'), name, descriptor, false);
    }

    private void call(final Instruction op, final BitSet refs, final List<Barrier> repairs) {
        switch (op.opcode()) {
            case LOAD_FUNCTION:
                heap.loadFixed(op.number());
                locals.pop(op.result());
                break;
            case GUARD_CALLABLE:
                guardCallable(op);
                break;
            case CALL:
                callFunction(op, refs);
                break;
            case AFTER_CALL:
                afterCall(repairs);
                break;
            case EXECUTE:
                execute(op, op.subject(Node.class).reachesSafepoint() ? refs : new BitSet());
                break;
            case GO_ON_IN_PIECES:
                spill(refs);
                generated.pushConstant(method, op.subject(WhileNode.class), WhileNode.class);
                locals.pushThread();
                locals.push(op.operand(0));
                onNode(WhileNode.class, "goOnInPieces", RUN);
                method.visitInsn(Opcodes.POP2);
                reload(refs);
                enterTransaction();
                break;
            case APPLY:
                apply(op);
                break;
            case CHECK:
                generated.pushConstant(method, op.subject(TargetNode.class), TargetNode.class);
                locals.pushThread();
                locals.push(op.operand(0));
                onNode(TargetNode.class, "check", "(" + Locals.THREAD + "J)V");
                break;
            case APPEND:
                locals.pushThread();
                locals.pushAll(op.operands());
                locals.callSupport("append", "(" + Locals.THREAD + "JJ)V");
                break;
            case ENTER_ATOMIC:
                locals.callThread("enterAtomic", "()V");
                break;
            case LEAVE_ATOMIC:
                locals.callThread("leaveAtomic", "()V");
                break;
            default:
                frame(op);
                break;
        }
    }

    private void jumpUnlessLikely(final Instruction op, final FunctionCode likely, final Label otherwise) {
        locals.push(op.operand(0));
        JvmTypes.pushLong(method, likely.value());
        method.visitInsn(Opcodes.LCMP);
        method.visitJumpInsn(Opcodes.IFNE, otherwise);
    }

    private void guardCallable(final Instruction op) {
        final CallExit exit = op.subject(CallExit.class);
        final Label other = new Label();
        final Label back = new Label();
        jumpUnlessLikely(op, exit.likely(), other);
        method.visitLabel(back);
        heap.outline(() -> {
            method.visitLabel(other);
            locals.pushThread();
            locals.push(op.operand(0));
            JvmTypes.pushInt(method, exit.likely().parameterCount());
            locals.callSupport("isCallable", "(" + Locals.THREAD + "JI)Z");
            method.visitJumpInsn(Opcodes.IFNE, back);
            generated.pushConstant(method, exit.node(), Node.class);
            locals.pushThread();
            locals.pushMutator();
            JvmTypes.pushInt(method, exit.frameLength());
            locals.callSupport("pushFrame", "(" + Locals.MUTATOR + "I)I");
            for (int i = 0; i < exit.slots().size(); i++) {
                // Below its end lies the frame.
                locals.pushMutator();
                locals.pushMutator();
                locals.onMutator("rootDepth", "()I");
                JvmTypes.pushInt(method, exit.frameLength() - exit.slots().get(i));
                method.visitInsn(Opcodes.ISUB);
                locals.pushTagged(op.operand(i + 1));
                locals.onMutator("setRoot", "(IJ)V");
            }
            onNode(Node.class, "execute", RUN);
            method.visitInsn(Opcodes.POP2);
            notReached();
        });
    }

    private void callFunction(final Instruction op, final BitSet refs) {
        final FunctionCode likely = op.subject(FunctionCode.class);
        final Label other = new Label();
        final Label back = new Label();
        final String type = HotCode.directType(likely.parameterCount()).toMethodDescriptorString();
        spill(refs);
        jumpUnlessLikely(op, likely, other);
        generated.pushConstant(method, likely.hot().direct(), MethodHandle.class);
        pushArguments(op);
        method.visitMethodInsn(
            Opcodes.INVOKEVIRTUAL, "java/lang/invoke/MethodHandle", "invokeExact", type, false);
        method.visitLabel(back);
        locals.pop(op.result());
        reload(refs);
        heap.outline(() -> {
            method.visitLabel(other);
            locals.pushThread();
            locals.push(op.operand(0));
            locals.callSupport("function", "(" + Locals.THREAD + "J)Ljava/lang/invoke/MethodHandle;");
            pushArguments(op);
            method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, "java/lang/invoke/MethodHandle", "invokeExact", type, false);
            method.visitJumpInsn(Opcodes.GOTO, back);
        });
    }

    private void pushArguments(final Instruction op) {
        locals.pushThread();
        for (int i = 1; i < op.operands().length; i++) {
            locals.push(op.operand(i));
        }
    }

    private void afterCall(final List<Barrier> repairs) {
        final Label ended = new Label();
        final Label back = new Label();
        locals.callThread("endedTransactions", "()I");
        method.visitVarInsn(Opcodes.ILOAD, endedTransactions);
        method.visitJumpInsn(Opcodes.IF_ICMPNE, ended);
        method.visitLabel(back);
        heap.outline(() -> {
            method.visitLabel(ended);
            enterTransaction();
            barriers(repairs);
            method.visitJumpInsn(Opcodes.GOTO, back);
        });
    }

    private void execute(final Instruction op, final BitSet refs) {
        spill(refs);
        generated.pushConstant(method, op.subject(Node.class), Node.class);
        locals.pushThread();
        locals.push(op.operand(0));
        onNode(Node.class, "execute", RUN);
        locals.pop(op.result());
        reload(refs);
    }

    private void apply(final Instruction op) {
        generated.pushConstant(method, op.subject(TargetNode.class), TargetNode.class);
        locals.pushThread();
        locals.push(op.operand(0));
        if (op.operand(1) == Code.NO_VALUE) {
            method.visitInsn(Opcodes.ICONST_0);
        } else {
            locals.push(op.operand(1));
        }
        if (op.operand(2) == Code.NO_VALUE) {
            method.visitInsn(Opcodes.LCONST_0);
        } else {
            locals.push(op.operand(2));
        }
        onNode(TargetNode.class, "apply", "(" + Locals.THREAD + "JIJ)J");
        locals.pop(op.result());
    }

    private void frame(final Instruction op) {
        switch (op.opcode()) {
            case PUSH_FRAME:
                locals.pushMutator();
                JvmTypes.pushInt(method, (int) op.number());
                locals.callSupport("pushFrame", "(" + Locals.MUTATOR + "I)I");
                locals.pop(op.result());
                break;
            case STORE_VARIABLE:
                locals.pushMutator();
                pushIndex(op);
                locals.push(op.operand(1));
                locals.onMutator("setRoot", "(IJ)V");
                break;
            case LOAD_VARIABLE:
                locals.pushMutator();
                pushIndex(op);
                locals.onMutator("root", "(I)J");
                locals.pop(op.result());
                break;
            case LOAD_INT_VARIABLE:
                locals.pushMutator();
                pushIndex(op);
                locals.callSupport("intRoot", "(" + Locals.MUTATOR + "I)I");
                locals.pop(op.result());
                break;
            case DROP_FRAME:
                locals.pushMutator();
                locals.push(op.operand(0));
                locals.onMutator("truncateRoots", "(I)V");
                break;
            case ENTER:
                locals.pushThread();
                JvmTypes.pushInt(method, locals.stackUnits(stackUnits));
                JvmTypes.pushInt(method, (int) op.number());
                locals.onThread("enter", "(II)V");
                break;
            case LEAVE:
                locals.pushThread();
                JvmTypes.pushInt(method, locals.stackUnits(stackUnits));
                locals.onThread("leave", "(I)V");
                break;
            default:
                throw new IllegalStateException("not emitted: " + op);
        }
    }

    private void pushIndex(final Instruction op) {
        locals.push(op.operand(0));
        if (op.number() != 0) {
            JvmTypes.pushInt(method, (int) op.number());
            method.visitInsn(Opcodes.IADD);
        }
    }
}
