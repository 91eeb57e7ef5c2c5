package org.segstm.jit.toy;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.FieldType;
import org.segstm.jit.compile.Assumption;
import org.segstm.jit.compile.CompiledCode;
import org.segstm.jit.constants.CodeConstant;
import org.segstm.jit.emit.GeneratedClass;
import org.segstm.jit.emit.HeapCode;
import org.segstm.jit.emit.JvmTypes;
import org.segstm.jit.emit.Operands;
import org.segstm.jit.link.HeapBootstraps;
import org.segstm.jit.link.MemberResolver;
import org.segstm.jit.placement.BarrierPlacer;
import org.segstm.jit.placement.CallEffect;
import org.segstm.jit.placement.CodeView;
import org.segstm.jit.placement.Op;
import org.segstm.jit.placement.Place;
import org.segstm.jit.placement.Placement;
import org.segstm.jit.placement.Polls;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/**
 * Compiles a function of the toy language. Values are its locals, then the places of its stack, which is empty at
 * jumps; each is a local variable of the method. Every instruction is two operations of the code view: a check, and
 * itself.
 */
final class ToyCompiler implements CodeView, Operands {
    private static final int HEAP_LOCALS = 1;
    private static final int VALUES = HEAP_LOCALS + HeapCode.LOCALS;
    private static final int LOG_BYTES_IN_REF = 3;
    private static final String MUTATOR = "org/segstm/heap/Mutator";
    private static final String VM = "org/segstm/jit/toy/ToyVm";
    private final ToyVm vm;
    private final ToyVm.Function function;
    private final List<Integer> starts;
    /** Per instruction the values it takes, and the one it makes. */
    private final List<int[]> operands = new ArrayList<>();
    private final List<Integer> results = new ArrayList<>();
    private final List<Assumption> assumptions = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private final GeneratedClass generated;
    private final MethodVisitor code;
    private final HeapCode heap;
    private int values;

    ToyCompiler(final ToyVm vm, final ToyVm.Function function) {
        this.vm = vm;
        this.function = function;
        final TreeSet<Integer> blocks = new TreeSet<>(List.of(0));
        for (int pc = 0; pc < function.code.size(); pc++) {
            final String name = function.code.get(pc)[0];
            if (name.equals("jump") || name.equals("unless")) {
                blocks.add(function.target(function.code.get(pc)));
                blocks.add(pc + 1);
            }
        }
        starts = new ArrayList<>(blocks);
        starts.forEach(s -> labels.add(new Label()));
        findValues();
        generated = new GeneratedClass(MethodHandles.lookup(), "toy_" + function.name);
        code = generated.method("run", ToyVm.UNIT);
        heap = new HeapCode(generated, code, vm.linker.constants(), 0, HEAP_LOCALS);
    }

    private void findValues() {
        final Deque<Integer> stack = new ArrayDeque<>();
        values = function.locals;
        for (final String[] words : function.code) {
            final int[] taken = new int[takes(words)];
            for (int i = taken.length - 1; i >= 0; i--) {
                taken[i] = stack.pop();
            }
            int result = NO_VALUE;
            if (words[0].equals("store")) {
                result = Integer.parseInt(words[1]);
                if (stack.contains(result)) {
                    throw new IllegalArgumentException("the old value of a local is still on the stack");
                }
            } else if (words[0].equals("load")) {
                // The local itself serves as operand: nothing is copied.
                stack.push(Integer.parseInt(words[1]));
            } else if (!List.of("set", "setat", "print", "jump", "unless", "return").contains(words[0])) {
                result = function.locals + stack.size();
                stack.push(result);
            }
            values = Math.max(values, result + 1);
            operands.add(taken);
            results.add(result);
        }
    }

    private int takes(final String[] words) {
        return switch (words[0]) {
            case "setat" -> 3;
            case "add", "less", "set", "getat" -> 2;
            case "call" -> vm.functions.get(words[1]).parameters;
            case "push", "const", "load", "new", "jump" -> 0;
            default -> 1;
        };
    }

    @Override
    public int blockCount() {
        return starts.size();
    }

    @Override
    public int size(final int block) {
        return 2 * ((block + 1 < starts.size() ? starts.get(block + 1) : function.code.size()) - starts.get(block));
    }

    @Override
    public int successorCount(final int block) {
        final String last = words(block, size(block) - 1)[0];
        return last.equals("return") ? 0 : last.equals("unless") ? 2 : 1;
    }

    @Override
    public int successor(final int block, final int edge) {
        final String[] last = words(block, size(block) - 1);
        final boolean jumps = edge == 0 && (last[0].equals("jump") || last[0].equals("unless"));
        return jumps ? starts.indexOf(function.target(last)) : block + 1;
    }

    @Override
    public int valueCount() {
        return values;
    }

    // guide: view
    @Override
    public Op op(final int block, final int index) {
        final String name = words(block, index)[0];
        final boolean access = name.startsWith("get") || name.startsWith("set");
        if (index % 2 == 0) {
            return access ? Op.GUARD : Op.OTHER;
        }
        return switch (name) {
            case "get", "getat" -> Op.LOAD;
            case "set", "setat" -> Op.STORE;
            case "new", "array" -> Op.ALLOCATE;
            case "store" -> Op.COPY;
            case "call", "print", "size" -> Op.CALL;
            default -> Op.OTHER;
        };
    }
    // guide: end

    @Override
    public int object(final int block, final int index) {
        return operands.get(pc(block, index))[0];
    }

    @Override
    public int proves(final int block, final int index) {
        return object(block, index);
    }

    @Override
    public int result(final int block, final int index) {
        return index % 2 == 0 ? NO_VALUE : results.get(pc(block, index));
    }

    @Override
    public Place place(final int block, final int index) {
        final String[] words = words(block, index);
        return words[0].endsWith("at")
            ? Place.item(operands.get(pc(block, index))[1], LOG_BYTES_IN_REF, vm.array.variableOffset())
            : Place.of(vm.fields.get(words[1]));
    }

    @Override
    public CallEffect effect(final int block, final int index) {
        return switch (words(block, index)[0]) {
            case "size" -> CallEffect.NONE;
            case "print" -> CallEffect.OUTSIDE;
            default -> CallEffect.COLLECTS;
        };
    }

    @Override
    public Polls polls() {
        return Polls.SAFEPOINT;
    }

    @Override
    public String describe(final int block, final int index) {
        return op(block, index) == Op.GUARD ? "check v" + object(block, index)
            : index % 2 == 0 ? "" : String.join(" ", words(block, index));
    }

    private int pc(final int block, final int index) {
        return starts.get(block) + index / 2;
    }

    private String[] words(final int block, final int index) {
        return function.code.get(pc(block, index));
    }

    // guide: compile
    CompiledCode compile() {
        final Placement placement = BarrierPlacer.place(this);
        final MemberResolver size = (linker, name, type, layout) -> layout == vm.array ? linker.length()
            : MethodHandles.dropArguments(MethodHandles.constant(long.class, 1L), 0, type.parameterList());
        HeapBootstraps.enable(generated, vm.linker, size);
        heap.enter();
        for (int v = values - 1; v >= 0; v--) {
            code.visitInsn(Opcodes.LCONST_0);
            set(v);
        }
        for (int v = function.parameters - 1; v >= 0; v--) {
            pop(v);
        }
        heap.barriers(placement.atEntry(), this);
        for (int block = 0; block < blockCount(); block++) {
            code.visitLabel(labels.get(block));
            for (int i = 0; i < size(block); i++) {
                heap.barriers(placement.before(block, i), this);
                if (op(block, i) == Op.GUARD) {
                    check(object(block, i), words(block, i)[0].endsWith("at") ? vm.array.id() : vm.cell.id());
                } else if (i % 2 == 1) {
                    instruction(words(block, i), operands.get(pc(block, i)), result(block, i));
                }
            }
            heap.barriers(placement.before(block, size(block)), this);
            branch(placement, block);
        }
        heap.end();
        final MethodHandle run = GeneratedClass.find(generated.define(), "run", ToyVm.UNIT);
        return new CompiledCode(run, assumptions, heap.hotBytes());
    }

    private void edge(final Placement placement, final int block, final int edge) {
        heap.barriers(placement.onEdge(block, edge), this);
        if (placement.hasPoll(block, edge)) {
            heap.safepoint(placement.onEdgeSlowPath(block, edge), this);
            heap.barriers(placement.onEdgeAfterPoll(block, edge), this);
        }
        code.visitJumpInsn(Opcodes.GOTO, labels.get(successor(block, edge)));
    }
    // guide: end

    private void branch(final Placement placement, final int block) {
        if (successorCount(block) == 2) {
            // False is null and the number 0.
            pushIndex(code, object(block, size(block) - 1));
            code.visitInsn(Opcodes.LCONST_0);
            code.visitInsn(Opcodes.LCMP);
            final Label otherwise = new Label();
            code.visitJumpInsn(Opcodes.IFNE, otherwise);
            edge(placement, block, 0);
            code.visitLabel(otherwise);
        }
        if (successorCount(block) > 0) {
            edge(placement, block, successorCount(block) - 1);
        }
    }

    private void instruction(final String[] words, final int[] o, final int result) {
        switch (words[0]) {
            case "push" -> JvmTypes.pushLong(code, ToyVm.number(Long.parseLong(words[1])));
            case "const" -> {
                final CodeConstant constant = vm.globals.get(words[1]);
                vm.constants.emitPush(generated, code, constant, 0);
                assumptions.add(constant.assumption());
            }
            case "store" -> get(o[0]);
            case "add", "less" -> {
                get(o[1]);
                get(o[0]);
                code.visitMethodInsn(Opcodes.INVOKESTATIC, VM, words[0], "(JJ)J", false);
            }
            case "new" -> heap.allocate(vm.cell, refLocal(result));
            case "array" -> heap.allocate(vm.array, m -> pushIndex(m, o[0]), refLocal(result));
            case "get" -> heap.loadField(refLocal(o[0]), vm.fields.get(words[1]));
            case "set" -> {
                heap.beginStore(refLocal(o[0]), vm.fields.get(words[1]));
                get(o[1]);
                heap.endStore(FieldType.REF);
            }
            case "getat" -> {
                heap.itemOffset(vm.array, LOG_BYTES_IN_REF, m -> pushIndex(m, o[1]));
                heap.loadItem(refLocal(o[0]), FieldType.REF);
            }
            case "setat" -> {
                heap.itemOffset(vm.array, LOG_BYTES_IN_REF, m -> pushIndex(m, o[1]));
                heap.beginStoreItem(refLocal(o[0]));
                get(o[2]);
                heap.endStore(FieldType.REF);
            }
            case "size" -> {
                code.visitVarInsn(Opcodes.ALOAD, 0);
                get(o[0]);
                HeapBootstraps.emitDispatch(code, "size", MethodType.methodType(long.class, Mutator.class, long.class));
                code.visitMethodInsn(Opcodes.INVOKESTATIC, VM, "number", "(J)J", false);
            }
            case "print" -> {
                generated.pushConstant(code, vm, ToyVm.class);
                get(o[0]);
                code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, VM, "print", "(J)V", false);
            }
            case "call" -> call(vm.functions.get(words[1]), o, result);
            case "return" -> {
                push(o[0]);
                code.visitInsn(Opcodes.RETURN);
            }
            default -> { }
        }
        if (result != NO_VALUE && !List.of("new", "array", "call").contains(words[0])) {
            set(result);
        }
    }

    // guide: call
    private void call(final ToyVm.Function callee, final int[] arguments, final int result) {
        assumptions.add(callee.stays);
        spill(code);
        for (final int argument : arguments) {
            push(argument);
        }
        generated.pushConstant(code, callee.unit.invoker(), MethodHandle.class);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/invoke/MethodHandle", "invokeExact",
            "(L" + MUTATOR + ";)V", false);
        // The result lies above what was spilled: it goes where its value is reloaded from.
        pop(values);
        reload(code);
        get(values);
        set(result);
    }
    // guide: end

    private void check(final int value, final int layoutId) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        get(value);
        JvmTypes.pushInt(code, layoutId);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, VM, "check", "(L" + MUTATOR + ";JI)J", false);
        code.visitInsn(Opcodes.POP2);
    }

    private void get(final int value) {
        code.visitVarInsn(Opcodes.LLOAD, refLocal(value));
    }

    private void set(final int value) {
        code.visitVarInsn(Opcodes.LSTORE, refLocal(value));
    }

    private void push(final int value) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        get(value);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MUTATOR, "push", "(J)V", false);
    }

    private void pop(final int value) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MUTATOR, "pop", "()J", false);
        set(value);
    }

    // guide: operands
    @Override
    public int refLocal(final int value) {
        return VALUES + 2 * value;
    }

    @Override
    public void pushIndex(final MethodVisitor method, final int value) {
        get(value);
        method.visitInsn(Opcodes.ICONST_1);
        method.visitInsn(Opcodes.LSHR);
    }

    @Override
    public void spill(final MethodVisitor method) {
        for (int v = 0; v < values; v++) {
            push(v);
        }
    }

    @Override
    public void reload(final MethodVisitor method) {
        for (int v = values - 1; v >= 0; v--) {
            pop(v);
        }
    }
    // guide: end
}
