package org.segstm.gc.major;

import org.segstm.gc.space.OldSpace;
import org.segstm.gc.weak.WeakHolders;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.CollectorSpace;
import org.segstm.heap.spi.RootSource;

import java.util.List;
import java.util.stream.Stream;

/** Marks what can be reached, with all workers of a team. */
final class MarkPhase implements Liveness, AutoCloseable {
    private final WorkerTeam team;
    private final MarkBitmap marks;
    private final OldSpace space;
    private final Marker[] markers;

    MarkPhase(final CollectorSpace heap, final OldSpace space, final WorkerTeam team, final int workers) {
        this.team = team;
        this.space = space;
        this.marks = new MarkBitmap(heap.map());
        this.markers = new Marker[workers];
        for (int i = 0; i < workers; i++) {
            markers[i] = new Marker(marks, space.bitmap(), heap.layouts(), heap.map(), heap.baseAddress());
        }
    }

    MarkBitmap marks() {
        return marks;
    }

    void mark(final List<Segment> segments, final RootSource roots) {
        final InFlightObjects inFlight = new InFlightObjects(segments, space, marks);
        team.run(worker -> inFlight.claim());
        runAll(worker -> {
            if (worker == 0) {
                roots.visitRoots(markers[0]::root);
            }
            inFlight.trace(markers[worker]);
        });
    }

    @Override
    public boolean isMarked(final long ref) {
        return ref < space.map().oldStart() || marks.isMarked(ref);
    }

    @Override
    public void keep(final long value) {
        markers[0].root(value);
    }

    @Override
    public void trace() {
        runAll(worker -> { });
    }

    /** Objects with weak refs that were found since the last call, by each worker; the caller clears the lists. */
    WeakHolders[] weakHolders() {
        return Stream.of(markers).map(Marker::weakHolders).toArray(WeakHolders[]::new);
    }

    /** Ends a collection. */
    void reset() {
        for (final Marker marker : markers) {
            marker.reset();
        }
    }

    @Override
    public void close() {
        for (final Marker marker : markers) {
            marker.close();
        }
        marks.close();
    }

    /** Each worker starts with something of its own, then drains. */
    private void runAll(final WorkerTeam.Task first) {
        final int workers = team.start();
        final MarkWork work = new MarkWork(workers);
        team.run(worker -> {
            try {
                markers[worker].start(work, worker);
                first.run(worker);
                markers[worker].drain();
            } catch (final RuntimeException | Error e) {
                work.cancel();
                throw e;
            }
        });
    }
}
