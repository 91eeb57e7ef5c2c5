package org.segstm.gc.verify;

import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.spi.MutatorRoots;
import org.segstm.heap.spi.StoppedHeap;

import java.util.ArrayList;
import java.util.List;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;

/**
 * Walks the newest committed state: in the newest view, comparing with all others, and with the base when that is
 * current.
 */
final class CommittedScan extends RootScan {
    private final Uncommitted uncommitted;
    private final PageTable pages;
    private final WordView newest;
    private final List<WordView> others = new ArrayList<>();

    CommittedScan(
        final StoppedHeap heap, final ObjectRules rules, final Uncommitted uncommitted, final CommittedView newest) {
        super(heap, rules, newest);
        this.uncommitted = uncommitted;
        this.pages = heap.pages();
        this.newest = newest;
        for (final Segment segment : heap.segments()) {
            if (segment != newest.segment() && heap.log().isAttached(segment)) {
                others.add(new CommittedView(segment, uncommitted));
            }
        }
        if (newest.isBaseCurrent(heap)) {
            others.add(WordView.raw("the base", null, heap.space().baseAddress()));
        }
    }

    void run() {
        for (final MutatorRoots roots : heap.mutators()) {
            if (roots.segment() == null) {
                stackNow(roots);
            } else {
                stackAtBegin(roots);
            }
        }
        globalRoots();
        finish();
        for (final Segment segment : heap.segments()) {
            final InFlight inFlight = uncommitted.of(segment);
            if (inFlight != null) {
                objects("object in the write set of " + segment, inFlight.writtenObjects());
            }
        }
        finish();
    }

    @Override
    InFlight own() {
        return null;
    }

    @Override
    void visit(final long ref) {
        check(newest, ref);
        final ObjectLayout layout = rules.layoutOf(newest, ref);
        final long size = rules.sizeOf(newest, ref);
        RefFields.forEach(newest, ref, layout, this::meet);
        for (final WordView view : others) {
            check(view, ref);
            RefFields.forEach(view, ref, layout, (value, offset) -> checkTarget(view, value, offset));
            compare(view, ref, layout, size);
        }
    }

    private void check(final WordView view, final long ref) {
        String problem = rules.problemOfShape(view, ref);
        if (problem == null) {
            final InFlight writer = view.segment() == null ? null : uncommitted.of(view.segment());
            problem = FlagRules.problemOfCommitted(
                view, ref, rules.layoutOf(view, ref), rules.sizeOf(view, ref), writer);
        }
        if (problem != null) {
            throw walk.brokenObject(problem);
        }
    }

    private void checkTarget(final WordView view, final long value, final long offset) {
        final String problem = RefFields.isRef(value) ? rules.problemOfRef(value, null) : null;
        if (problem != null) {
            throw walk.brokenRef(value, offset, problem + ObjectRules.in(view));
        }
    }

    private void compare(final WordView view, final long ref, final ObjectLayout layout, final long size) {
        final long end = ref + size;
        long from = ref;
        while (from < end) {
            final long unit = pages.unitOf(from);
            final long to = Math.min(end, pages.refOf(unit + 1));
            if (isPrivate(unit, newest) || isPrivate(unit, view)) {
                for (long wordRef = Math.max(from, ref + BYTES_IN_WORD); wordRef < to; wordRef += BYTES_IN_WORD) {
                    if (newest.word(wordRef) != view.word(wordRef)) {
                        throw walk.brokenObject("views disagree: " + layout + Walk.placeIn(layout, wordRef - ref)
                            + " is 0x" + Long.toHexString(newest.word(wordRef)) + " in " + newest.name() + " and 0x"
                            + Long.toHexString(view.word(wordRef)) + " in " + view.name());
                    }
                }
            }
            from = to;
        }
    }

    private boolean isPrivate(final long unit, final WordView view) {
        return view.segment() != null && pages.isPrivate(unit, view.segment().bit());
    }
}
