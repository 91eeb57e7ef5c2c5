package org.segstm.jit.emit;

import org.objectweb.asm.MethodVisitor;

/** Where a VM's code keeps what barriers of a placement need. */
public interface Operands {
    /**
     * Local variable with the ref of a value.
     *
     * @param value its number in the code view.
     * @return number of a local variable of type long.
     */
    int refLocal(int value);

    /**
     * Pushes an index as a long.
     *
     * @param method to emit into.
     * @param value  its number in the code view.
     */
    default void pushIndex(final MethodVisitor method, final int value) {
        throw new UnsupportedOperationException("this code has no items: value=" + value);
    }

    /**
     * Emits code that stores all refs that are alive onto the shadow stack: objects are about to move.
     *
     * @param method to emit into.
     */
    void spill(MethodVisitor method);

    /**
     * Emits code that loads them back.
     *
     * @param method to emit into.
     */
    void reload(MethodVisitor method);
}
