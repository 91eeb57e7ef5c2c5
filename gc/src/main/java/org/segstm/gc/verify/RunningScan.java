package org.segstm.gc.verify;

import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.MutatorRoots;
import org.segstm.heap.spi.StoppedHeap;

/** Walks what a running transaction sees; in no-STM mode, what all see. */
final class RunningScan extends RootScan {
    private final InFlight own;
    private final Segment segment;
    private final WordView view;

    RunningScan(final StoppedHeap heap, final ObjectRules rules, final InFlight own) {
        this(heap, rules, own, WordView.raw(own.segment().toString(), own.segment(), own.segment().base()));
    }

    private RunningScan(
        final StoppedHeap heap, final ObjectRules rules, final InFlight own, final WordView view) {
        super(heap, rules, view);
        this.own = own;
        this.segment = own.segment();
        this.view = view;
    }

    void run() {
        for (final MutatorRoots roots : heap.mutators()) {
            if (segment.isSerial() || roots.segment() == segment) {
                stackNow(roots);
            }
        }
        if (segment.isSerial()) {
            globalRoots();
        }
        finish();
        own(own);
        finish();
    }

    @Override
    InFlight own() {
        return own;
    }

    @Override
    void visit(final long ref) {
        String problem = rules.problemOfShape(view, ref);
        if (problem != null) {
            throw walk.brokenObject(problem);
        }
        final ObjectLayout layout = rules.layoutOf(view, ref);
        final long size = rules.sizeOf(view, ref);
        problem = segment.isSerial() || isYoung(ref) || own.isFresh(ref)
            ? FlagRules.problemOfOwn(view, ref, layout, size, own)
            : FlagRules.problemOfCommitted(view, ref, layout, size, own);
        if (problem != null) {
            throw walk.brokenObject(problem);
        }
        final boolean young = isYoung(ref);
        RefFields.forEach(view, ref, layout, (value, offset) -> {
            meet(value, offset);
            if (!young && RefFields.isRef(value) && isYoung(value)) {
                final String missing = FlagRules.problemOfYoungRef(view, ref, layout, size, offset);
                if (missing != null) {
                    throw walk.brokenRef(value, offset, missing);
                }
            }
        });
    }

    private boolean isYoung(final long ref) {
        return own.isYoungStart(ref) || own.isYoungOutside(ref);
    }
}
