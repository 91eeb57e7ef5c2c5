package org.segstm.duhton.compile;

import java.lang.invoke.MethodHandles;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.interp.HotCode;
import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.WhileNode;
import org.segstm.jit.compile.CompiledCode;
import org.segstm.jit.emit.GeneratedClass;
import org.segstm.jit.emit.JvmTypes;

/** Compiles one function or loop: its entry, its exits, and {@link ExpressionCode} between them. */
final class UnitCompiler {
    /** Methods that are larger are not compiled by the JVM. */
    private static final int MAXIMUM_BYTES = 7_900;
    private static final String METHOD = "run";

    private final HotCode hot;
    private final Node text;
    private final SlotTypes types;
    private final BitSet guarded;
    private final GeneratedClass generated;
    private final MethodVisitor method;
    private final ExpressionCode code;

    private UnitCompiler(
            final HotCode hot, final Node text, final int slots, final int bound, final CompileOptions options) {
        final BitSet boundAtEntry = new BitSet();
        final BitSet candidates = new BitSet();
        for (int slot = 0; slot < slots; slot++) {
            candidates.set(slot, slot >= bound || hot.isIntAtEntry(slot));
            boundAtEntry.set(slot, slot < bound);
        }
        this.hot = hot;
        this.text = text;
        this.types = new SlotTypes(text, boundAtEntry, candidates, text instanceof WhileNode);
        this.guarded = (BitSet) types.ints().clone();
        guarded.clear(bound, slots + 1);
        this.generated = new GeneratedClass(MethodHandles.lookup(), "duhton_" + hot);
        this.method = generated.method(METHOD, HotCode.TYPE);
        this.code = new ExpressionCode(generated, method, types, options);
    }

    /**
     * Compiles a function.
     *
     * @param function with its body.
     * @param options  for all code.
     * @return the code, null when it is too large.
     */
    static CompiledCode function(final FunctionCode function, final CompileOptions options) {
        return unlessTooLarge(() -> {
            final UnitCompiler compiler = new UnitCompiler(
                function.hot(), function.body(), function.frameLength(), function.parameterCount(),
                options);
            return compiler.compile(() -> compiler.functionBody(function));
        });
    }

    /**
     * Compiles a loop, to go on with it from some turn on.
     *
     * @param loop        that is hot.
     * @param frameLength variables of the function around it.
     * @param options     for all code.
     * @return the code, null when it is too large.
     */
    static CompiledCode loop(final WhileNode loop, final int frameLength, final CompileOptions options) {
        return unlessTooLarge(() -> {
            final UnitCompiler compiler = new UnitCompiler(loop.hot(), loop, frameLength, frameLength, options);
            return compiler.compile(compiler::loopBody);
        });
    }

    /** Text that is nested too deep for this compiler, or gives too much code, stays interpreted. */
    private static CompiledCode unlessTooLarge(final Supplier<CompiledCode> compilation) {
        try {
            return compilation.get();
        } catch (final StackOverflowError | MethodTooLargeException e) {
            return null;
        }
    }

    private CompiledCode compile(final Runnable body) {
        final Label end = new Label();
        code.enter();
        guardInts();
        body.run();
        method.visitInsn(Opcodes.LRETURN);
        code.outlined();
        method.visitLabel(end);
        method.visitMaxs(0, 0);
        method.visitEnd();
        final MethodHandles.Lookup lookup = generated.define();
        return end.getOffset() > MAXIMUM_BYTES
            ? null : new CompiledCode(GeneratedClass.find(lookup, METHOD, HotCode.TYPE), List.of(), end.getOffset());
    }

    private void guardInts() {
        final Label missed = new Label();
        guarded.stream().forEach(slot -> {
            code.pushMutator();
            code.pushIndex(slot);
            code.callSupport("isIntVariable", "(" + ExpressionCode.MUTATOR + "I)Z");
            method.visitJumpInsn(Opcodes.IFEQ, missed);
        });
        if (!guarded.isEmpty()) {
            code.outline(() -> {
                method.visitLabel(missed);
                generated.pushConstant(method, hot, HotCode.class);
                code.pushThread();
                code.pushFrame();
                method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "org/segstm/duhton/interp/HotCode", "missed",
                    HotCode.TYPE.toMethodDescriptorString(), false);
                method.visitInsn(Opcodes.LRETURN);
            });
        }
        code.initializeInts(guarded);
    }

    private void functionBody(final FunctionCode function) {
        code.pushMutator();
        JvmTypes.pushInt(method, function.frameLength() - function.parameterCount());
        code.callSupport("pushUnbound", "(" + ExpressionCode.MUTATOR + "I)V");
        code.pushThread();
        JvmTypes.pushInt(method, function.stackUnits());
        JvmTypes.pushInt(method, function.line());
        code.callThread("enter", "(II)V");
        code.safepoint();
        code.value(function.body());
        code.pushThread();
        JvmTypes.pushInt(method, function.stackUnits());
        code.callThread("leave", "(I)V");
        code.pushMutator();
        code.pushFrame();
        code.callMutator("truncateRoots", "(I)V");
    }

    private void loopBody() {
        code.value(text);
        code.spill();
    }
}
