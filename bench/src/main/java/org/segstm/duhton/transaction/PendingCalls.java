package org.segstm.duhton.transaction;

import java.util.ArrayList;
import java.util.List;
import org.segstm.duhton.interp.FunctionCode;
import org.segstm.duhton.value.Shapes;
import org.segstm.duhton.value.Values;
import org.segstm.heap.Mutator;

/**
 * The calls that a running transaction has queued. They are published once it has committed; until then their arguments
 * are as uncommitted as everything else the transaction made. The lowest root of the thread refers to the last object
 * with arguments, each such object to the one before.
 */
final class PendingCalls {
    private static final int ARGUMENTS_ROOT = 0;

    private final Mutator mutator;
    private final Shapes shapes;
    private final RootPool roots;
    private final List<CallBatch> batches = new ArrayList<>();
    private CallBatch last;

    /**
     * Makes an empty queue and takes the lowest root.
     *
     * @param mutator of the thread, without roots yet.
     * @param shapes  of the heap.
     * @param roots   for published calls.
     */
    PendingCalls(final Mutator mutator, final Shapes shapes, final RootPool roots) {
        this.mutator = mutator;
        this.shapes = shapes;
        this.roots = roots;
        mutator.push(Values.NONE);
    }

    /**
     * Queues a call.
     *
     * @param code  of the function.
     * @param frame index of the first argument on the shadow stack.
     */
    void add(final FunctionCode code, final int frame) {
        if (last == null || !last.takes(code)) {
            startBatch(code);
        }
        final int parameters = code.parameterCount();
        if (parameters != 0) {
            final long calls = mutator.root(ARGUMENTS_ROOT);
            final int first = last.count() * parameters;
            for (int i = 0; i < parameters; i++) {
                mutator.putRefAt(calls, first + i, mutator.root(frame + i));
            }
        }
        last.addCall();
    }

    private void startBatch(final FunctionCode code) {
        last = new CallBatch(code, last);
        batches.add(last);
        if (last.hasArguments()) {
            mutator.setRoot(ARGUMENTS_ROOT,
                shapes.newCalls(mutator, mutator.root(ARGUMENTS_ROOT), last.capacity() * code.parameterCount()));
        }
    }

    /** Drops the calls of a transaction that was rolled back or given up. */
    void clear() {
        if (last != null) {
            batches.clear();
            last = null;
            mutator.setRoot(ARGUMENTS_ROOT, Values.NONE);
        }
    }

    /**
     * Takes the calls of the transaction that has just committed.
     *
     * @return ranges to run.
     */
    List<CallRange> publish() {
        if (last == null) {
            return List.of();
        }
        rootArguments();
        final List<CallRange> ranges = new ArrayList<>(batches.size());
        for (final CallBatch batch : batches) {
            ranges.add(batch.publish());
        }
        clear();
        return ranges;
    }

    private void rootArguments() {
        final long withArguments = batches.stream().filter(CallBatch::hasArguments).count();
        if (withArguments == 0) {
            return;
        }
        if (withArguments == 1) {
            batches.stream().filter(CallBatch::hasArguments).findAny()
                .ifPresent(batch -> batch.arguments(roots.take(mutator.root(ARGUMENTS_ROOT))));
            return;
        }
        // A transaction of its own, which only reads what nobody else knows of yet.
        mutator.begin();
        long calls = mutator.root(ARGUMENTS_ROOT);
        for (int i = batches.size() - 1; i >= 0; i--) {
            if (batches.get(i).hasArguments()) {
                batches.get(i).arguments(roots.take(calls));
                calls = mutator.getRef(calls, shapes.previousCalls);
            }
        }
        mutator.commit();
    }
}
