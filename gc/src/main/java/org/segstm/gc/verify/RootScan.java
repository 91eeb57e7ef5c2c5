package org.segstm.gc.verify;

import org.segstm.heap.GlobalRoot;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.ShadowStack;
import org.segstm.heap.spi.MutatorRoots;
import org.segstm.heap.spi.StoppedHeap;
import org.segstm.heap.util.LongSequence;

/** Starts walks from the roots. */
abstract class RootScan {
    final StoppedHeap heap;
    final ObjectRules rules;
    final Walk walk;

    RootScan(final StoppedHeap heap, final ObjectRules rules, final WordView view) {
        this.heap = heap;
        this.rules = rules;
        this.walk = new Walk(rules, view);
    }

    /** The transaction that looks, or null for committed state. */
    abstract InFlight own();

    /** Looks into the object that the walk has come to: checks it and meets what it refers to. */
    abstract void visit(long ref);

    /** Follows what was met so far: roots of a mutator first, so that paths start at them where they can. */
    final void finish() {
        for (long ref = walk.next(); ref != 0; ref = walk.next()) {
            visit(ref);
        }
    }

    final void meet(final long value, final long place) {
        if (ObjectHeader.isObjectRef(value)) {
            final String problem = rules.problemOfRef(value, own());
            if (problem != null) {
                throw walk.brokenRef(value, place, problem);
            }
            walk.meet(value, place);
        }
    }

    final void objects(final String source, final LongSequence refs) {
        walk.source(source);
        for (int i = 0; i < refs.size(); i++) {
            meet(refs.get(i), Walk.NO_INDEX);
        }
    }

    final void globalRoots() {
        for (final GlobalRoot root : heap.globalRoots()) {
            walk.source("global root " + root.name());
            meet(root.get(), Walk.NO_INDEX);
        }
    }

    final void stackNow(final MutatorRoots roots) {
        final ShadowStack stack = roots.stack();
        walk.source("root stack of mutator " + roots.name());
        for (int i = 0; i < stack.depth(); i++) {
            meet(stack.get(i), i);
        }
    }

    final void stackAtBegin(final MutatorRoots roots) {
        final ShadowStack stack = roots.stack();
        walk.source("root stack of mutator " + roots.name() + " at its begin");
        for (int i = 0; i < stack.beginDepth(); i++) {
            meet(stack.getAtBegin(i), i);
        }
    }

    final void own(final InFlight inFlight) {
        final Segment segment = inFlight.segment();
        objects("young object of " + segment, inFlight.youngRefs());
        objects("young object outside the nursery of " + segment, segment.youngOutside());
        objects("promoted object of " + segment, segment.fresh());
        objects("object in the write set of " + segment, inFlight.writtenObjects());
    }
}
