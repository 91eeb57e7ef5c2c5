package org.segstm.heap;

import org.segstm.heap.CollectionEvent.Cause;
import org.segstm.heap.CollectionEvent.Kind;
import org.segstm.heap.CollectionEvent.Phase;
import org.segstm.heap.event.HeapReports;
import org.segstm.heap.event.JfrStream;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.sharing.Privatizer;
import org.segstm.heap.spi.Collector;
import org.segstm.heap.spi.MajorResult;
import org.segstm.heap.spi.RootSource;
import org.segstm.heap.spi.StoppedHeap;
import org.segstm.heap.world.Pressure;
import org.segstm.heap.world.Reshare;
import org.segstm.heap.world.World;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Runs the collections for which all mutators stand still, when they are due or asked for, and reports all. */
final class CollectionControl {
    private final HeapContext context;
    private final World world;
    private final Reshare reshare;
    private final Collector collector;
    private final Privatizer privatizer;
    private final Pressure pressure;
    private final RootSource roots;
    private final Supplier<StoppedHeap> stopped;
    private final AtomicBoolean serving = new AtomicBoolean();
    private final AtomicLong events = new AtomicLong();
    private final List<CollectionListener> listeners = new CopyOnWriteArrayList<>();
    private volatile long majors;

    CollectionControl(
        final HeapContext context, final World world, final Reshare reshare, final Collector collector,
        final Privatizer privatizer, final Pressure pressure, final RootSource roots,
        final Supplier<StoppedHeap> stopped) {
        this.context = context;
        this.world = world;
        this.reshare = reshare;
        this.collector = collector;
        this.privatizer = privatizer;
        this.pressure = pressure;
        this.roots = roots;
        this.stopped = stopped;
        if (context.collectionLog()) {
            listeners.add(new CollectionLog(System.err, context.heapBytes()));
        }
    }

    void addListener(final CollectionListener listener) {
        listeners.add(listener);
    }

    boolean removeListener(final CollectionListener listener) {
        return listeners.remove(listener);
    }

    boolean isObserved() {
        return !listeners.isEmpty();
    }

    long majors() {
        return majors;
    }

    /**
     * Runs the collection that is due, unless somebody else is about to. The caller runs in no segment.
     *
     * @param ended segment whose transaction has just ended has so many private units; 0 inside a transaction.
     */
    void serve(final String mutator, final long ended) {
        if (serving.compareAndSet(false, true)) {
            try {
                if (pressure.isMajorDue()) {
                    major(pressure.isNearExhaustion(collector.usedBytes()) ? Cause.SOFT_LIMIT : Cause.GROWTH, mutator);
                } else if (pressure.isReshareDue(privateBytes(), ended * context.unitBytes())) {
                    reshare(Cause.PRIVATE_BUDGET, mutator);
                }
            } catch (final OutOfMappingsException e) {
                // It stays due. The caller's transaction may be committed, and the next one that needs a page is told.
            } finally {
                serving.set(false);
            }
        }
    }

    /** The same from inside a transaction: it stands still meanwhile, and may have been rolled back afterwards. */
    void serveAtSafepoint(final Segment own, final String mutator) {
        world.park(own);
        try {
            serve(mutator, 0);
        } finally {
            world.unpark(own);
        }
    }

    /** Collects all there is for a transaction that found no room and goes on. */
    void makeRoomAtSafepoint(final Segment own, final String mutator) {
        world.park(own);
        try {
            major(Cause.EXHAUSTION, mutator);
        } finally {
            world.unpark(own);
        }
    }

    /** The caller runs in no segment. Returns the revision of all views afterwards. */
    long reshare(final Cause cause, final String mutator) {
        final CollectionRecord collected = new CollectionRecord(Kind.RESHARE, cause, mutator);
        final long revision;
        world.stopAll();
        try {
            collected.ended(Phase.STOP);
            revision = reshareStopped(collected);
        } finally {
            world.resumeAll();
        }
        report(collected);
        return revision;
    }

    /** All stand still; the caller reports. */
    long reshareStopped(final CollectionRecord collected) {
        collected.usedBytesBefore = collector.usedBytes();
        collected.privateBytesBefore = privateBytes();
        final long revision = context.serial() ? 0 : reshare.run();
        collected.usedBytesAfter = collector.usedBytes();
        collected.privateBytesAfter = privateBytes();
        pressure.reshared(collected.privateBytesAfter);
        collected.ended(Phase.RESHARE);
        verifyIfAsked();
        return revision;
    }

    /** The caller runs in no segment. */
    void major(final Cause cause, final String mutator) {
        final CollectionRecord collected = new CollectionRecord(Kind.MAJOR, cause, mutator);
        world.stopAll();
        try {
            collected.ended(Phase.STOP);
            reshareStopped(collected);
            final MajorResult result = collector.collectMajor(roots);
            collected.usedBytesAfter = collector.usedBytes();
            collected.result(result);
            pressure.collected(collected.usedBytesBefore, collected.usedBytesAfter, result.liveBytes());
            majors++;
            verifyIfAsked();
        } finally {
            world.resumeAll();
        }
        report(collected);
    }

    private void verifyIfAsked() {
        if (context.verify()) {
            collector.verify(stopped.get());
        }
    }

    void report(final CollectionRecord collected) {
        if (collected.kind != Kind.MINOR) {
            tellReports(collected);
        }
        if (isObserved()) {
            collected.number = events.getAndIncrement();
            final CollectionEvent event = new CollectionEvent(collected);
            listeners.forEach(listener -> listener.collected(event));
        }
    }

    /** Minor collections are known there already, as activities of mutators. */
    private void tellReports(final CollectionRecord collected) {
        final HeapReports reports = context.reports();
        final String kind = collected.kind.name().toLowerCase(Locale.ROOT);
        final long nanos = System.nanoTime() - collected.startNanos;
        if (reports.eventLog() != null) {
            reports.eventLog().collection(collected.startNanos, nanos, kind, collected.cause.title());
        }
        if (reports.jfr()) {
            JfrStream.collection(kind, collected.cause.title(), nanos);
        }
    }

    long privateBytes() {
        return privatizer.privateUnits() * context.unitBytes();
    }
}
