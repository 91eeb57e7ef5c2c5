package org.segstm.gc.major;

import org.segstm.bridge.NativeCallException;
import org.segstm.bridge.Platform;
import org.segstm.gc.space.HeapPage;
import org.segstm.gc.space.OldSpace;
import org.segstm.gc.space.SweptPages;
import org.segstm.gc.space.Sweeper;
import org.segstm.gc.weak.WeakReferences;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.CollectorSpace;
import org.segstm.heap.spi.MajorResult;
import org.segstm.heap.spi.RootSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Mark-sweep collection of the old space. Its phases: mark; the hooks, for weak references and finalizers; sweep; give
 * memory back. Marking that fails, for a broken heap in checked mode, leaves everything as it was.
 */
public final class MajorCollector implements AutoCloseable {
    private final CollectorSpace heap;
    private final OldSpace space;
    private final WorkerTeam team;
    private final MarkPhase marking;
    private final List<Segment> segments = new ArrayList<>();
    private final WeakReferences weakRefs;
    private final List<MarkHook> hooks = new CopyOnWriteArrayList<>();
    private long returnedBytes;

    /**
     * Makes the collector; its threads are made at the first collection.
     *
     * @param heap  that it serves.
     * @param space the old space of the heap.
     */
    public MajorCollector(final CollectorSpace heap, final OldSpace space) {
        this.heap = heap;
        this.space = space;
        final int threads = heap.context().collectorThreads();
        this.team = new WorkerTeam(threads);
        this.marking = new MarkPhase(heap, space, team, threads);
        this.weakRefs = new WeakReferences(heap, space, segments);
    }

    /**
     * A segment of the heap; all are told before the first collection.
     *
     * @param segment that mutators run in.
     */
    public void attach(final Segment segment) {
        segments.add(segment);
    }

    /**
     * Adds something to do between marking and sweeping, after what was added before.
     *
     * @param hook to call at each collection.
     */
    public void addHook(final MarkHook hook) {
        hooks.add(hook);
    }

    /**
     * Collects. All mutators stand still, the base shows the newest committed state.
     *
     * @param roots shows the roots.
     * @return what was found and done.
     */
    public MajorResult collect(final RootSource roots) {
        final long start = System.nanoTime();
        team.start();
        long marked = 0;
        boolean complete = false;
        try {
            marking.mark(segments, roots);
            marked = System.nanoTime();
            weakRefs.clearDead(marking.weakHolders(), marking::isMarked);
            for (final MarkHook hook : hooks) {
                hook.afterMark(marking);
            }
            if (!hooks.isEmpty()) {
                marking.trace();
                weakRefs.clearDead(marking.weakHolders(), marking::isMarked);
            }
            complete = true;
        } finally {
            marking.reset();
            if (!complete) {
                marking.marks().clear(space.map().oldStart(), space.usedEnd());
            }
        }
        forgetDeadRemembered();
        final long hooked = System.nanoTime();
        final SweptPages[] swept = sweep();
        final long sweptAt = System.nanoTime();
        returnMemory();
        long liveBytes = 0;
        long liveObjects = 0;
        for (final SweptPages part : swept) {
            liveBytes += part.liveBytes();
            liveObjects += part.liveObjects();
        }
        return new MajorResult(liveBytes, liveObjects, returnedBytes, marked - start, hooked - marked,
            sweptAt - hooked, System.nanoTime() - sweptAt);
    }

    /** In no-STM mode committed objects are remembered until the next minor collection. */
    private void forgetDeadRemembered() {
        for (final Segment segment : segments) {
            if (segment.isSerial()) {
                segment.retainRemembered(marking::isMarked);
            }
        }
    }

    private SweptPages[] sweep() {
        final Sweeper sweeper = new Sweeper(space, marking.marks()::takeWord);
        final SweptPages[] swept = new SweptPages[team.start()];
        team.run(worker -> swept[worker] = sweeper.sweep());
        sweeper.finish(swept);
        return swept;
    }

    /** Free runs go back to the system, each with one call, and read zero from then on, in all views. */
    private void returnMemory() {
        returnedBytes = 0;
        space.runs().cleanFreeRuns((startPage, pages) -> {
            final long pageBytes = Platform.pageBytes();
            final long fromRef = space.descriptors().refOf(startPage);
            final long toRef = space.descriptors().refOf(startPage + pages);
            final long from = fromRef + pageBytes - 1 & -pageBytes;
            final long to = toRef & -pageBytes;
            if (from < to) {
                try {
                    heap.returnMemory(from, to - from);
                } catch (final NativeCallException e) {
                    // The memory stays: a collection must not fail for that.
                    return false;
                }
                returnedBytes += to - from;
            }
            return from == fromRef && to == toRef;
        });
        for (final Segment segment : segments) {
            clearFreePages(segment);
        }
    }

    /** A private unit larger than a page may hold copies of pages that are free now, and taken for zero from now on. */
    private void clearFreePages(final Segment segment) {
        final long unitBytes = heap.context().unitBytes();
        if (unitBytes > HeapPage.BYTES_IN_PAGE) {
            segment.clearPrivateRanges(HeapPage.BYTES_IN_PAGE,
                ref -> space.runs().isInFreeRun(space.descriptors().pageOf(ref)));
        }
    }

    /** Ends the threads and frees the marks. */
    @Override
    public void close() {
        team.close();
        marking.close();
    }
}
