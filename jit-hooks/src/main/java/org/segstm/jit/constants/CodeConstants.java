package org.segstm.jit.constants;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.spi.RootSource;
import org.segstm.heap.spi.RootVisitor;
import org.segstm.jit.emit.GeneratedClass;
import org.segstm.jit.emit.JvmTypes;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The refs in a VM's compiled code. They keep their objects alive. Those of committed objects are numbers in the code:
 * such objects do not move, and have the same ref in all segments. Those of objects that a running transaction has
 * made are roots of its mutator, updated as objects move; after the commit they are like the others, and an abort
 * makes the code invalid that has them ({@link CodeConstant#assumption()}).
 *
 * <p>Code is best compiled from committed refs alone: ask for constants in the transaction that interprets, hand code
 * to the compile queue by {@code mutator.onCommit}.
 */
public final class CodeConstants implements AutoCloseable {
    private static final String CONSTANT = "org/segstm/jit/constants/CodeConstant";
    private final SegmentHeap heap;
    private final boolean serial;
    private final Map<CodeConstant, Long> kept = new IdentityHashMap<>();
    private final Map<Mutator, PendingConstants> pending = Collections.synchronizedMap(new WeakHashMap<>());
    private final RootSource roots = this::visitRoots;

    /**
     * Makes an empty table, known to the collector.
     *
     * @param heap of the refs.
     */
    public CodeConstants(final SegmentHeap heap) {
        this.heap = heap;
        this.serial = heap.context().serial();
        heap.addRootSource(roots);
    }

    boolean isSerial() {
        return serial;
    }

    private synchronized void visitRoots(final RootVisitor visitor) {
        kept.values().forEach(visitor::visit);
    }

    synchronized void keep(final CodeConstant constant, final long ref) {
        kept.put(constant, ref);
    }

    /**
     * Makes a constant.
     *
     * @param mutator that runs a transaction, in which the ref is good.
     * @param name    for reports.
     * @param ref     ref, null or immediate.
     * @return the constant; released when the code is dropped.
     */
    public CodeConstant constant(final Mutator mutator, final String name, final long ref) {
        if (!mutator.inTransaction()) {
            throw new IllegalStateException("a constant is made in a transaction: " + mutator);
        }
        if (ObjectHeader.isObjectRef(ref) && mutator.isUncommittedOrYoung(ref)) {
            return pending.computeIfAbsent(mutator, m -> new PendingConstants(this, m)).add(name, ref);
        }
        final CodeConstant constant = new CodeConstant(this, name, ref, null, 0);
        keep(constant, ref);
        return constant;
    }

    /**
     * Lets a constant go: no code with it will run any more. Code that relies on it becomes invalid.
     *
     * @param constant of this table.
     */
    public void release(final CodeConstant constant) {
        if (constant.table() != this) {
            throw new IllegalArgumentException("of another table: " + constant);
        }
        constant.gone("released");
        pending.values().forEach(p -> p.release(constant));
        synchronized (this) {
            kept.remove(constant);
        }
    }

    /**
     * Number of published constants.
     *
     * @return how many there are.
     */
    public synchronized int size() {
        return kept.size();
    }

    /**
     * Emits the ref of a constant: a number when it is published, a call as long as it is not.
     *
     * @param owner        class that is generated.
     * @param method       to emit into; the code must list {@link CodeConstant#assumption()}.
     * @param constant     of this table.
     * @param mutatorLocal local variable with the mutator.
     */
    public void emitPush(final GeneratedClass owner, final MethodVisitor method, final CodeConstant constant,
        final int mutatorLocal) {
        if (constant.isPublished()) {
            JvmTypes.pushLong(method, constant.ref());
        } else {
            owner.pushConstant(method, constant, CodeConstant.class);
            method.visitVarInsn(Opcodes.ALOAD, mutatorLocal);
            method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, CONSTANT, "ref", "(Lorg/segstm/heap/Mutator;)J", false);
        }
    }

    /** The table is no root any more. No code with its constants may run. */
    @Override
    public void close() {
        heap.removeRootSource(roots);
    }
}
