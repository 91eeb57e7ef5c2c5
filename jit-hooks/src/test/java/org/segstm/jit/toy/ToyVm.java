package org.segstm.jit.toy;

import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.compile.Assumption;
import org.segstm.jit.compile.CodeUnit;
import org.segstm.jit.compile.CompileEvent;
import org.segstm.jit.compile.CompileQueue;
import org.segstm.jit.constants.CodeConstant;
import org.segstm.jit.constants.CodeConstants;
import org.segstm.jit.link.HeapLinker;
import org.segstm.jit.profile.ProfileTable;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * A language of a stack machine, with its interpreter. Values are refs, null, or numbers with the lowest bit set.
 * Arguments and results are on the shadow stack, for interpreted and compiled functions alike; the interpreter keeps
 * all there.
 */
final class ToyVm implements AutoCloseable {
    static final MethodType UNIT = MethodType.methodType(void.class, Mutator.class);
    final ObjectLayout cell;
    final Map<String, Field> fields = new HashMap<>();
    final ObjectLayout array;
    final HeapLinker linker;
    final CodeConstants constants;
    final ProfileTable profile = new ProfileTable();
    final List<CompileEvent> events = Collections.synchronizedList(new ArrayList<>());
    final CompileQueue queue;
    final List<Long> printed = Collections.synchronizedList(new ArrayList<>());
    final Map<String, Function> functions = new ConcurrentHashMap<>();
    final Map<String, CodeConstant> globals = new ConcurrentHashMap<>();

    ToyVm(final SegmentHeap heap, final int threshold) {
        final ObjectLayout.Builder builder = ObjectLayout.named("cell");
        fields.put("value", builder.field("value", FieldType.REF));
        fields.put("next", builder.field("next", FieldType.REF));
        linker = new HeapLinker(heap);
        cell = linker.named(heap.register(builder));
        array = linker.named(heap.register(ObjectLayout.named("array").variableRefs()));
        constants = new CodeConstants(heap);
        queue = new CompileQueue(1, threshold, events::add);
    }

    /** A function: {@code function name parameters locals}, then an instruction or {@code label:} per line. */
    final class Function {
        final String name;
        final int parameters;
        final int locals;
        final List<String[]> code = new ArrayList<>();
        final Map<String, Integer> labels = new HashMap<>();
        // guide: unit
        final CodeUnit unit;
        final Assumption stays;
        final long calls = profile.newCounter();

        Function(final String[] words) throws ReflectiveOperationException {
            name = words[1];
            parameters = Integer.parseInt(words[2]);
            locals = Integer.parseInt(words[3]);
            stays = new Assumption(name + " stays");
            final MethodHandle interpreter = MethodHandles.lookup().bind(this, "interpret", UNIT);
            unit = new CodeUnit(name, queue, interpreter, () -> new ToyCompiler(ToyVm.this, this).compile());
        }
        // guide: end

        int target(final String[] jump) {
            return labels.get(jump[1]);
        }

        void interpret(final Mutator m) {
            ProfileTable.count(calls);
            unit.count(1);
            final int frame = m.rootDepth() - parameters;
            for (int i = parameters; i < locals; i++) {
                m.push(0);
            }
            for (int pc = 0; !code.get(pc)[0].equals("return"); pc++) {
                final String[] words = code.get(pc);
                if (words[0].equals("jump") || words[0].equals("unless") && m.pop() >> 1 == 0) {
                    if (target(words) <= pc) {
                        unit.count(1);
                        m.safepoint();
                    }
                    pc = target(words) - 1;
                } else if (!words[0].equals("unless")) {
                    step(m, frame, words[0], words.length > 1 ? words[1] : "");
                }
            }
            final long result = m.pop();
            m.truncateRoots(frame);
            m.push(result);
        }
    }

    private void step(final Mutator m, final int frame, final String name, final String argument) {
        switch (name) {
            case "push" -> m.push(number(Long.parseLong(argument)));
            case "const" -> m.push(globals.get(argument).ref(m));
            case "load" -> m.push(m.root(frame + Integer.parseInt(argument)));
            case "store" -> m.setRoot(frame + Integer.parseInt(argument), m.pop());
            case "add" -> m.push(add(m.pop(), m.pop()));
            case "less" -> m.push(less(m.pop(), m.pop()));
            case "call" -> call(m, argument);
            case "new" -> m.push(m.allocate(cell));
            case "array" -> m.push(m.allocate(array, m.pop() >> 1));
            case "get" -> m.push(m.getRef(check(m, m.pop(), cell.id()), fields.get(argument)));
            case "set" -> {
                final long value = m.pop();
                m.putRef(check(m, m.pop(), cell.id()), fields.get(argument), value);
            }
            case "getat" -> {
                final long index = m.pop() >> 1;
                m.push(m.getRefAt(check(m, m.pop(), array.id()), index));
            }
            case "setat" -> {
                final long value = m.pop();
                final long index = m.pop() >> 1;
                m.putRefAt(check(m, m.pop(), array.id()), index, value);
            }
            case "size" -> {
                final long ref = m.pop();
                m.push(number(m.layoutOf(ref) == array ? m.length(ref) : 1));
            }
            case "print" -> {
                m.becomeInevitable("print");
                print(m.pop());
            }
            default -> throw new IllegalArgumentException("no such instruction: " + name);
        }
    }

    // What compiled code calls too.

    static long number(final long n) {
        return n << 1 | 1;
    }

    static long add(final long b, final long a) {
        if ((a & b & 1) == 0) {
            throw new IllegalArgumentException("add needs numbers");
        }
        return a + b - 1;
    }

    static long less(final long b, final long a) {
        return number(a < b ? 1 : 0);
    }

    static long check(final Mutator m, final long value, final int layoutId) {
        if (!ObjectHeader.isObjectRef(value) || m.layoutIdOf(value) != layoutId) {
            throw new IllegalArgumentException("not an object of layout " + layoutId);
        }
        return value;
    }

    void print(final long value) {
        printed.add(value >> 1);
    }

    /** Defines functions, or defines them again: code that has the old ones inside is dropped. */
    void define(final String text) throws ReflectiveOperationException {
        Function last = null;
        for (final String line : text.split("\n")) {
            final String[] words = line.replaceAll(";.*", "").trim().split(" +");
            if (words[0].equals("function")) {
                last = new Function(words);
                final Function old = functions.put(last.name, last);
                if (old != null) {
                    old.stays.invalidate("defined again");
                }
            } else if (words[0].endsWith(":")) {
                last.labels.put(words[0].substring(0, words[0].length() - 1), last.code.size());
            } else if (!words[0].isEmpty()) {
                last.code.add(words);
            }
        }
    }

    /** Makes an object that programs know by a name. */
    void global(final Mutator mutator, final String name, final ToLongFunction<Mutator> maker) {
        globals.put(name, mutator.atomically(m -> constants.constant(m, name, maker.applyAsLong(m))));
    }

    private void call(final Mutator m, final String name) {
        try {
            functions.get(name).unit.target().invokeExact(m);
        } catch (final RuntimeException | Error e) {
            throw e;
        } catch (final Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a function as a transaction; numbers in, a number out. */
    long run(final Mutator mutator, final String name, final long... arguments) {
        return mutator.atomically(m -> {
            for (final long argument : arguments) {
                m.push(number(argument));
            }
            call(m, name);
            return m.pop() >> 1;
        });
    }

    @Override
    public void close() {
        queue.close();
        constants.close();
        profile.close();
    }
}
