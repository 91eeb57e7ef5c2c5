package org.segstm.jit.constants;

import org.segstm.heap.Mutator;
import org.segstm.heap.segment.ShadowStack;

import java.util.ArrayList;
import java.util.List;

/** Constants whose objects a mutator has made and not committed yet: roots of that mutator. */
final class PendingConstants {
    private static final int MAXIMUM = 1 << 20;
    private final CodeConstants table;
    private final Mutator owner;
    private final ShadowStack roots;
    private final List<CodeConstant> constants = new ArrayList<>();

    PendingConstants(final CodeConstants table, final Mutator owner) {
        this.table = table;
        this.owner = owner;
        this.roots = owner.newRootStack(MAXIMUM);
    }

    CodeConstant add(final String name, final long ref) {
        final CodeConstant constant = new CodeConstant(table, name, 0, this, roots.depth());
        roots.push(ref);
        constants.add(constant);
        owner.onAbort(() -> lose(constant));
        owner.onCommit(this::committed);
        return constant;
    }

    /** The root is gone already: a rollback takes it from the stack. */
    private void lose(final CodeConstant constant) {
        constants.remove(constant);
        constant.gone("lost with the transaction that made it");
    }

    /** Without STM a committed object may still be young: then it is published when it is used. */
    private void committed() {
        if (!table.isSerial()) {
            constants.stream().filter(c -> c.assumption().isValid())
                .forEach(c -> publish(c, roots.get(c.index())));
            constants.clear();
            roots.truncate(0);
        }
    }

    private void publish(final CodeConstant constant, final long ref) {
        table.keep(constant, ref);
        constant.publish(ref);
    }

    long ref(final CodeConstant constant, final Mutator mutator) {
        if (mutator != owner && !table.isSerial()) {
            throw new IllegalStateException(constant + ": only " + owner + " can use it, not " + mutator);
        }
        final long ref = roots.get(constant.index());
        if (table.isSerial() && !mutator.isUncommittedOrYoung(ref)) {
            publish(constant, ref);
            constants.remove(constant);
            if (constants.isEmpty()) {
                roots.truncate(0);
            }
        }
        return ref;
    }

    void release(final CodeConstant constant) {
        if (constants.contains(constant) && constant.index() < roots.depth()) {
            roots.set(constant.index(), 0);
        }
    }
}
