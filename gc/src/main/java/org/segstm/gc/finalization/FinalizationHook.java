package org.segstm.gc.finalization;

import org.segstm.gc.major.Liveness;
import org.segstm.gc.major.MarkHook;
import org.segstm.heap.finalization.FinalizationTable;
import org.segstm.heap.finalization.Registration;
import org.segstm.heap.spi.CollectorSpace;

import java.util.ArrayList;
import java.util.List;

/** Finds finalizable objects that cannot be reached, hands over those whose turn has come, and keeps them all. */
public final class FinalizationHook implements MarkHook {
    private final CollectorSpace heap;

    /**
     * Makes the hook.
     *
     * @param heap that it serves.
     */
    public FinalizationHook(final CollectorSpace heap) {
        this.heap = heap;
    }

    @Override
    public void afterMark(final Liveness liveness) {
        final FinalizationTable table = heap.tables().finalization();
        final FinalizationOrder order =
            new FinalizationOrder(heap.layouts(), heap.baseAddress(), ref -> !liveness.isMarked(ref));
        final List<Registration> remaining = new ArrayList<>();
        final List<Registration> dead = new ArrayList<>();
        for (final Registration registration : table.registered()) {
            if (liveness.isMarked(registration.ref())) {
                remaining.add(registration);
            } else {
                dead.add(registration);
                order.add(registration.ref());
            }
        }
        if (!dead.isEmpty()) {
            final List<Registration> ready = new ArrayList<>();
            for (final Registration registration : dead) {
                (order.isOutermost(registration.ref()) ? ready : remaining).add(registration);
                liveness.keep(registration.ref());
            }
            table.ready(ready, remaining);
        }
    }
}
