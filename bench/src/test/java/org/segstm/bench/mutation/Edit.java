package org.segstm.bench.mutation;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

import java.util.ArrayList;
import java.util.List;

/** A change of one method's instructions. None of them needs new stack map frames. */
interface Edit {
    String FAULTS = Type.getInternalName(Faults.class);

    /** Changes the method, or throws when it does not look as expected. */
    void apply(MethodNode method);

    /** What a call returns goes through a fault. */
    static Edit filter(final String call, final String fault) {
        return method -> {
            final MethodInsnNode found = only(method, call);
            final String type = Type.getReturnType(found.desc).getDescriptor();
            method.instructions.insert(found, fault(fault, "(" + type + ")" + type));
        };
    }

    /** A fault is called instead. */
    static Edit redirect(final String call, final String fault) {
        return method -> {
            final MethodInsnNode found = only(method, call);
            final String receiver = found.getOpcode() == Opcodes.INVOKESTATIC ? "" : "L" + found.owner + ";";
            method.instructions.set(found, fault(fault, "(" + receiver + found.desc.substring(1)));
        };
    }

    /** A call of a method that returns nothing does not happen. */
    static Edit drop(final String call) {
        return method -> {
            final MethodInsnNode found = only(method, call);
            if (Type.getReturnType(found.desc) != Type.VOID_TYPE) {
                throw new IllegalStateException(call + " returns something: " + found.desc);
            }
            method.instructions.insert(found, popArguments(found));
            method.instructions.remove(found);
        };
    }

    /** The only constant of that value is another one. */
    static Edit constant(final int from, final int to) {
        return method -> {
            final List<AbstractInsnNode> found = new ArrayList<>();
            for (final AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof IntInsnNode push && push.operand == from
                    || instruction.getOpcode() == Opcodes.ICONST_0 + from && from <= 5) {
                    found.add(instruction);
                }
            }
            if (found.size() != 1) {
                throw new IllegalStateException("one constant " + from + " was expected, found " + found.size());
            }
            method.instructions.set(found.get(0), new IntInsnNode(Opcodes.SIPUSH, to));
        };
    }

    /** A fault gets a field of this object and the first argument before anything else happens. */
    static Edit first(final String owner, final String field, final String fieldType, final String argumentType,
        final String fault) {
        return method -> {
            final InsnList before = new InsnList();
            before.add(new VarInsnNode(Opcodes.ALOAD, 0));
            before.add(new FieldInsnNode(Opcodes.GETFIELD, owner, field, fieldType));
            before.add(new VarInsnNode(Opcodes.ALOAD, 1));
            before.add(fault(fault, "(" + fieldType + argumentType + ")V"));
            method.instructions.insert(before);
        };
    }

    /** After a fault, a static method from the first argument to a long is called before all else. */
    static Edit callFirst(final String owner, final String call, final String descriptor, final String fault) {
        return method -> {
            final InsnList before = new InsnList();
            before.add(fault(fault, "()V"));
            before.add(new VarInsnNode(Opcodes.ALOAD, 0));
            before.add(new MethodInsnNode(Opcodes.INVOKESTATIC, owner, call, descriptor));
            before.add(new InsnNode(Opcodes.POP2));
            method.instructions.insert(before);
        };
    }

    /** Instead of a call, a fault computes the result from a field of this object. */
    static Edit fromField(final String call, final String owner, final String field, final String fieldType,
        final String fault) {
        return method -> {
            final MethodInsnNode found = only(method, call);
            final InsnList instead = popArguments(found);
            instead.add(new VarInsnNode(Opcodes.ALOAD, 0));
            instead.add(new FieldInsnNode(Opcodes.GETFIELD, owner, field, fieldType));
            instead.add(fault(fault, "(" + fieldType + ")" + Type.getReturnType(found.desc).getDescriptor()));
            method.instructions.insert(found, instead);
            method.instructions.remove(found);
        };
    }

    private static InsnList popArguments(final MethodInsnNode call) {
        final InsnList pops = new InsnList();
        final Type[] arguments = Type.getArgumentTypes(call.desc);
        for (int i = arguments.length - 1; i >= 0; i--) {
            pops.add(new InsnNode(arguments[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
        }
        if (call.getOpcode() != Opcodes.INVOKESTATIC) {
            pops.add(new InsnNode(Opcodes.POP));
        }
        return pops;
    }

    private static MethodInsnNode fault(final String name, final String descriptor) {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, FAULTS, name, descriptor);
    }

    private static MethodInsnNode only(final MethodNode method, final String call) {
        final List<MethodInsnNode> found = new ArrayList<>();
        for (final AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode invocation && invocation.name.equals(call)) {
                found.add(invocation);
            }
        }
        if (found.size() != 1) {
            throw new IllegalStateException("one call of " + call + " was expected in " + method.name + ", found "
                + found.size());
        }
        return found.get(0);
    }
}
