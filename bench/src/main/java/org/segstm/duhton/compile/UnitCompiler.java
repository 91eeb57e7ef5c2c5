package org.segstm.duhton.compile;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.BitSet;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.duhton.compile.ir.Code;
import org.segstm.duhton.compile.ir.Liveness;
import org.segstm.duhton.compile.ir.Opcode;
import org.segstm.duhton.compile.ir.ValueType;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.interp.HotCode;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.ValueKind;
import org.segstm.duhton.interp.WhileNode;
import org.segstm.jit.compile.CompiledCode;
import org.segstm.jit.emit.GeneratedClass;
import org.segstm.jit.emit.JvmTypes;
import org.segstm.jit.placement.BarrierPlacer;
import org.segstm.jit.placement.Placement;
import org.segstm.jit.placement.PlacementPrinter;

/** Compiles one function or loop: text to intermediate code, barriers into that, and all of it to a hidden class. */
final class UnitCompiler {
    /** Functions with more parameters than this stay interpreted. */
    static final int MAXIMUM_PARAMETERS = 60;
    /** Methods that are larger are not compiled by the JVM. */
    private static final int MAXIMUM_BYTES = 7_700;
    /** So many instructions are not tried: they would take more bytes. */
    private static final int MAXIMUM_INSTRUCTIONS = 1_500;
    private static final String METHOD = "run";
    private static final String ENTRY = "enter";
    private static final String HOT_CLASS = "org/segstm/duhton/interp/HotCode";

    private final HotCode hot;
    private final Node text;
    private final SlotTypes types;
    private final Target target;
    private final Code code;
    private final Builder builder;
    private final TouchedSlots slots;
    private final int slotCount;
    private final int bound;
    private final boolean isLoop;

    private UnitCompiler(final HotCode hot, final Node text, final int slotCount, final int bound,
            final Target target) {
        final BitSet boundAtEntry = new BitSet();
        boundAtEntry.set(0, bound);
        final ValueKind[] atEntry = new ValueKind[slotCount];
        for (int slot = 0; slot < slotCount; slot++) {
            atEntry[slot] = slot < bound ? hot.kindAtEntry(slot) : ValueKind.NONE_SEEN;
        }
        this.hot = hot;
        this.text = text;
        this.target = target;
        this.slotCount = slotCount;
        this.bound = bound;
        this.isLoop = text instanceof WhileNode && ((WhileNode) text).hot() == hot;
        this.types = new SlotTypes(text, boundAtEntry, atEntry, isLoop);
        this.code = new Code(target.shapes().array);
        this.builder = new Builder(
            code, target.shapes(), target.options().barriers() == CompileOptions.Barriers.NAIVE);
        this.slots = new TouchedSlots(slotCount);
    }

    /**
     * Compiles a function.
     *
     * @param function with its body.
     * @param target   what to compile for.
     * @return the code, null when it is too large.
     */
    static CompiledCode function(final FunctionCode function, final Target target) {
        return function.parameterCount() > MAXIMUM_PARAMETERS ? null : unlessTooLarge(target, t -> new UnitCompiler(
            function.hot(), function.body(), function.frameLength(), function.parameterCount(), t)
            .compileFunction(function));
    }

    /**
     * Compiles a loop, to go on with it from some turn on.
     *
     * @param loop        that is hot.
     * @param frameLength variables of the function around it.
     * @param target      what to compile for.
     * @return the code, null when it is too large.
     */
    static CompiledCode loop(final WhileNode loop, final int frameLength, final Target target) {
        return unlessTooLarge(target, t -> new UnitCompiler(loop.hot(), loop, frameLength, frameLength, t)
            .compileLoop(loop));
    }

    /** Text that is nested too deep for this compiler, or gives too much code, stays interpreted. */
    private static CompiledCode unlessTooLarge(final Target target, final Compilation compilation) {
        try {
            final CompiledCode compiled = compilation.compile(target);
            return compiled == null ? compilation.compile(target.smaller()) : compiled;
        } catch (final StackOverflowError | MethodTooLargeException e) {
            return null;
        }
    }

    private CompiledCode compileFunction(final FunctionCode function) {
        final Variables variables =
            new Variables(builder, types, slotCount, Code.NO_VALUE, function.parameterCount());
        final Lowering lowering = new Lowering(builder, types, slots, variables, target.inlined());
        final int[] parameters = new int[bound];
        for (int slot = 0; slot < slotCount; slot++) {
            final int variable = variables.value(slot);
            final boolean isInt = builder.type(variable) == ValueType.INT;
            if (slot < bound) {
                parameters[slot] = isInt ? builder.newValue(ValueType.VALUE) : variable;
            }
            if (slot < bound && isInt) {
                code.add(builder.block(), Opcode.INT_OF, variable, null, 0, parameters[slot]);
            } else if (slot >= bound && !isInt && builder.layout(variable) == null) {
                builder.copy(builder.unbound(), variable);
            }
        }
        // Also where nothing is called: recursion is too deep at the same line as in the interpreter.
        builder.emit(Opcode.ENTER, null, function.line());
        if (Calls.reachesSafepoint(text)) {
            builder.emit(Opcode.POLL, null, 0);
        }
        final int value = lowering.asValue(text);
        builder.emit(Opcode.LEAVE, null, 0);
        builder.finish(value);
        return emit(HotCode.directType(bound), parameters, function.stackUnits());
    }

    private CompiledCode compileLoop(final WhileNode loop) {
        final int frame = builder.newValue(ValueType.INT);
        final Variables variables = new Variables(builder, types, slotCount, frame, 0);
        final BitSet used = slots.touched(loop);
        variables.load(frame, used);
        new Lowering(builder, types, slots, variables, target.inlined()).effect(loop);
        variables.store(frame, slots.written(loop));
        builder.finish(builder.none());
        return emit(HotCode.TYPE, new int[] {frame}, 0);
    }

    private CompiledCode emit(final MethodType type, final int[] parameters, final int stackUnits) {
        if (code.blocks().stream().mapToInt(block -> block.instructions().size()).sum() > MAXIMUM_INSTRUCTIONS) {
            return null;
        }
        final Placement placement = place();
        final GeneratedClass generated = new GeneratedClass(MethodHandles.lookup(), "duhton_" + hot);
        final MethodVisitor method = generated.method(METHOD, type);
        final Locals locals = new Locals(method, code, parameters);
        final HeapEmitter heap = new HeapEmitter(
            code, generated, locals, target, stackUnits);
        heap.enter();
        guard(generated, locals, heap, parameters);
        new CodeEmitter(code, placement, locals, heap).emit(new Liveness(code));
        final Label end = new Label();
        heap.outline(() -> method.visitLabel(end));
        // The label has to be the last thing, behind slow paths that were outlined by slow paths.
        heap.end();
        if (!isLoop) {
            entry(generated, type);
        }
        final MethodHandles.Lookup lookup = generated.define();
        if (end.getOffset() > MAXIMUM_BYTES) {
            return null;
        }
        final MethodHandle run = GeneratedClass.find(lookup, METHOD, type);
        if (!isLoop) {
            hot.compiled(run);
        }
        return new CompiledCode(
            isLoop ? run : GeneratedClass.find(lookup, ENTRY, HotCode.TYPE), List.of(), heap.hotBytes());
    }

    private Placement place() {
        if (target.options().barriers() == CompileOptions.Barriers.NAIVE) {
            return BarrierPlacer.naive(code);
        }
        if (target.listing() == null) {
            return BarrierPlacer.place(code);
        }
        final Placement explained = BarrierPlacer.explain(code);
        target.listing().accept("barriers of " + hot + "\n" + PlacementPrinter.print(code, explained));
        return explained;
    }

    /** Verifies that variables hold what the code relies on. */
    private void guard(
            final GeneratedClass generated, final Locals locals, final HeapEmitter heap, final int[] parameters) {
        final MethodVisitor method = locals.method();
        final Label missed = new Label();
        boolean guarded = false;
        for (int slot = 0; slot < bound; slot++) {
            final ValueKind kind = types.kind(slot);
            if (kind == ValueKind.INT || kind.layout(target.shapes()) != null) {
                guarded = true;
                final int local = isLoop ? locals.reserve(2) : locals.of(parameters[slot]);
                if (isLoop) {
                    locals.pushMutator();
                    locals.push(parameters[0]);
                    JvmTypes.pushInt(method, slot);
                    method.visitInsn(Opcodes.IADD);
                    locals.onMutator("root", "(I)J");
                    method.visitVarInsn(Opcodes.LSTORE, local);
                }
                if (kind == ValueKind.INT) {
                    heap.jumpUnlessInt(local, missed);
                } else {
                    heap.jumpUnless(kind.layout(target.shapes()), local, missed);
                }
            }
        }
        if (guarded) {
            heap.outline(() -> {
                method.visitLabel(missed);
                missed(generated, locals, parameters);
            });
        }
    }

    private void missed(final GeneratedClass generated, final Locals locals, final int[] parameters) {
        final MethodVisitor method = locals.method();
        generated.pushConstant(method, hot, HotCode.class);
        locals.pushThread();
        if (isLoop) {
            locals.push(parameters[0]);
        } else {
            locals.pushMutator();
            locals.onMutator("rootDepth", "()I");
            for (final int parameter : parameters) {
                locals.pushMutator();
                locals.push(parameter);
                locals.onMutator("push", "(J)V");
            }
        }
        method.visitMethodInsn(
            Opcodes.INVOKEVIRTUAL, HOT_CLASS, "missed", HotCode.TYPE.toMethodDescriptorString(), false);
        method.visitInsn(Opcodes.LRETURN);
    }

    /** For callers that have the arguments on the shadow stack. */
    private void entry(final GeneratedClass generated, final MethodType type) {
        final MethodVisitor method = generated.method(ENTRY, HotCode.TYPE);
        final int mutator = 2;
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(
            Opcodes.INVOKEVIRTUAL, Locals.THREAD_CLASS, "mutator", "()" + Locals.MUTATOR, false);
        method.visitVarInsn(Opcodes.ASTORE, mutator);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        for (int slot = 0; slot < bound; slot++) {
            method.visitVarInsn(Opcodes.ALOAD, mutator);
            method.visitVarInsn(Opcodes.ILOAD, 1);
            JvmTypes.pushInt(method, slot);
            method.visitInsn(Opcodes.IADD);
            method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Locals.MUTATOR_CLASS, "root", "(I)J", false);
        }
        method.visitVarInsn(Opcodes.ALOAD, mutator);
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, Locals.MUTATOR_CLASS, "truncateRoots", "(I)V", false);
        method.visitMethodInsn(
            Opcodes.INVOKESTATIC, generated.internalName(), METHOD, type.toMethodDescriptorString(), false);
        method.visitInsn(Opcodes.LRETURN);
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /** Compiles for a target. */
    @FunctionalInterface
    private interface Compilation {
        CompiledCode compile(Target target);
    }
}
