package org.segstm.heap;

import org.segstm.bridge.JvmFlags;
import org.segstm.bridge.Platform;
import org.segstm.heap.CollectionEvent.Cause;
import org.segstm.heap.event.Activity;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.finalization.FinalizerQueue;
import org.segstm.heap.finalization.FinalizerRunner;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.log.CommitLog;
import org.segstm.heap.log.LogMemory;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.segment.SegmentOwner;
import org.segstm.heap.segment.ShadowStack;
import org.segstm.heap.spi.Collector;
import org.segstm.heap.spi.CollectorProvider;
import org.segstm.heap.spi.CollectorSpace;
import org.segstm.heap.spi.MutatorRoots;
import org.segstm.heap.spi.ObjectTables;
import org.segstm.heap.spi.StoppedHeap;
import org.segstm.heap.spi.RootSource;
import org.segstm.heap.tx.Transactions;
import org.segstm.heap.world.Pressure;
import org.segstm.heap.world.Reshare;
import org.segstm.heap.world.SegmentPool;
import org.segstm.heap.world.World;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A transactional heap outside the Java heap: what a VM builder opens first.
 *
 * <pre>{@code
 * try (SegmentHeap heap = SegmentHeap.open(new HeapContext())) {
 *     ObjectLayout.Builder builder = ObjectLayout.named("account");
 *     Field balance = builder.field("balance", FieldType.INT64);
 *     ObjectLayout account = heap.register(builder);
 *     try (Mutator mutator = heap.attachMutator("main")) {
 *         mutator.atomicallyDo(m -> m.push(m.allocate(account)));
 *         mutator.atomicallyDo(m -> m.putLong(m.root(0), balance, 100));
 *     }
 * }
 * }</pre>
 *
 * <p>Close all mutators before the heap. Thread safe, but for {@link #close()}.
 */
public final class SegmentHeap implements AutoCloseable {
    private static final long LARGEST_YOUNG_OBJECT_BYTES = 64 << 10;
    private static final int LOG_LARGE_SHARE = 3;

    private final HeapContext context;
    private final HeapMemory memory;
    private final LayoutTable layouts = new LayoutTable();
    private final Segment[] segments;
    private final CommitLog log;
    private final World world = new World();
    private final Transactions transactions;
    private final SegmentPool pool;
    private final Reshare reshare;
    private final CollectorSpace space;
    private final Pressure pressure;
    private final CollectionControl collections;
    private final Collector collector;
    private final LengthFloor lengthFloor;
    private final FinalizerRunner finalizers;
    private final List<Mutator> mutators = new ArrayList<>();
    private final StatisticsKeeper keeper = new StatisticsKeeper();
    private final List<GlobalRoot> globalRoots = new ArrayList<>();
    private final Map<String, GlobalRoot> namedRoots = new HashMap<>();
    private final List<RootSource> rootSources = new CopyOnWriteArrayList<>();
    private ShadowStack[] serialRoots = new ShadowStack[0];
    private final long openedAtNanos = System.nanoTime();
    /** Null unless conflicts are reported. */
    private final Tracing tracing;
    private boolean closed;

    private SegmentHeap(final HeapContext context, final HeapMemory memory, final CollectorProvider provider) {
        this.context = context;
        this.memory = memory;
        lengthFloor = new LengthFloor(
            context.lengthBounds().leastPolls(), context.lengthBounds().mostPolls(), System::nanoTime);
        final SegmentMap map = memory.map();
        final long sharedBase = memory.sharedBase();
        segments = new Segment[context.segments()];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = memory.openSegment(i + 1, context, layouts);
        }
        log = new CommitLog(sharedBase, map, segments.length);
        log.pressure(this::relieveLogPressure);
        transactions = new Transactions(log, world, sharedBase);
        pool = new SegmentPool(segments, world, log, transactions::finishDetached);
        reshare = new Reshare(segments, log, transactions, memory.pages(), memory.privatizer(), sharedBase);
        world.segments(segments, this::ownerDied);
        tracing = context.reports().hasConflicts() ? new Tracing(context.reports().locationText()) : null;
        pressure = new Pressure(context);
        space = new CollectorSpace(context, map, layouts, sharedBase, memory::returnBase, pressure);
        collector = provider.create(space);
        finalizers = new FinalizerRunner(space.tables().finalization(), pressure::finalizersAreTaken);
        collections = new CollectionControl(context, world, reshare, collector, memory.privatizer(), pressure,
            new HeapRoots(mutators, globalRoots, rootSources, map), this::stopped);
        memory.privatizer().pressure(units -> pressure.privateMemoryGrew(units * context.unitBytes()));
        memory.privatizer().usedUnits(() -> memory.pages().unitsBefore(collector.usedEnd()));
        if (tracing != null) {
            rootSources.add(tracing.locations());
        }
        for (final Segment segment : segments) {
            segment.logMemory(new LogMemory(log, context.logBytes()));
            segment.markers().usedEnd(collector::usedEnd);
            segment.markers().mostSharers(tracing == null ? context.markerShare() : 1);
            segment.collector(collector.attach(segment));
        }
    }

    /**
     * Opens a heap. Takes its configuration: it cannot be changed afterwards.
     *
     * @param context configuration.
     * @return the heap.
     * @throws IllegalArgumentException                when a setting is out of range.
     * @throws org.segstm.bridge.NativeCallException   when the system refuses the address space.
     * @throws HeapException                           when no collector is on the class path.
     */
    public static SegmentHeap open(final HeapContext context) {
        Platform.check();
        JvmFlags.check();
        context.conclude();
        final Iterator<CollectorProvider> providers = ServiceLoader.load(CollectorProvider.class).iterator();
        if (!providers.hasNext()) {
            throw new HeapException("no collector found: put the gc module on the class path");
        }
        final HeapMemory memory = HeapMemory.open(context);
        try {
            final EventLog eventLog = context.reports().eventLog();
            if (eventLog != null) {
                eventLog.heapOpened(context.toString());
            }
            return new SegmentHeap(context, memory, providers.next());
        } catch (final RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    /**
     * Configuration of this heap.
     *
     * @return the concluded context.
     */
    public HeapContext context() {
        return context;
    }

    /**
     * Registers a layout.
     *
     * @param builder that declares it; cannot be used again.
     * @return the layout.
     */
    public ObjectLayout register(final ObjectLayout.Builder builder) {
        return layouts.register(builder);
    }

    /**
     * Makes a mutator.
     *
     * @param name for messages and statistics.
     * @return a mutator, to be driven by one thread at a time and closed.
     */
    public Mutator attachMutator(final String name) {
        synchronized (mutators) {
            checkOpen();
            final Mutator mutator = context.serial() ? SerialMutator.make(this, name)
                : tracing == null ? TransactionalMutator.make(this, name) : TracingMutator.make(this, name);
            if (HeapAccess.CHECKED) {
                mutator.checks().collector(collector);
            }
            mutators.add(mutator);
            updateSerialRoots();
            return mutator;
        }
    }

    /**
     * The global root of a name: made at the first call, the same at all others.
     *
     * @param name that no other such root has.
     * @return the root.
     */
    public GlobalRoot globalRoot(final String name) {
        synchronized (globalRoots) {
            return namedRoots.computeIfAbsent(name, this::newGlobalRoot);
        }
    }

    /**
     * Sets up objects before a VM's program runs: in a transaction that does not abort, so that this may read files and
     * keep state of its own. They are old when this returns.
     *
     * @param name  of the {@linkplain #globalRoot(String) global root} that keeps them.
     * @param maker makes the objects with the mutator it is given, and returns the ref of the one to keep. When it
     *              throws, nothing is kept.
     * @return the root.
     * @throws IllegalStateException when the root holds something already.
     */
    public GlobalRoot prebuild(final String name, final ToLongFunction<? super Mutator> maker) {
        return Prebuilt.make(this, globalRoot(name), maker);
    }

    /**
     * Makes a global root that is not looked up, but held by the caller.
     *
     * @param name for messages; others may have it too.
     * @return a root holding null.
     */
    public GlobalRoot newGlobalRoot(final String name) {
        final GlobalRoot root = new GlobalRoot(name);
        synchronized (globalRoots) {
            globalRoots.add(root);
        }
        return root;
    }

    /**
     * Makes a queue of objects that cannot be reached any more, see {@link org.segstm.heap.finalization}.
     *
     * @param trigger called, outside of transactions, on the thread of some mutator that has just committed, when
     *                objects have come into the queue.
     * @return an empty queue, which exists as long as the heap.
     */
    public FinalizerQueue newFinalizerQueue(final Runnable trigger) {
        return space.tables().finalization().newQueue(trigger);
    }

    /**
     * Brings the base up to date and shares all pages again that hold no uncommitted writes. Waits until all mutators
     * stand at safepoints; the caller must not be inside a transaction, or have parked it.
     */
    public void reshare() {
        checkOpen();
        if (!context.serial()) {
            collections.reshare(Cause.REQUEST, "");
        }
    }

    /**
     * Looks at the whole heap while all mutators stand at safepoints. The caller must not be inside a transaction, or
     * have parked it.
     *
     * @param action to run; it must not use a mutator.
     */
    public void whileStopped(final Consumer<? super StoppedHeap> action) {
        world.stopAll();
        try {
            action.accept(stopped());
        } finally {
            world.resumeAll();
        }
    }

    private StoppedHeap stopped() {
        final List<MutatorRoots> roots = new ArrayList<>();
        synchronized (mutators) {
            mutators.stream().filter(m -> !m.isClosed()).forEach(
                m -> m.visitEachStack(stack -> roots.add(new MutatorRoots(
                    m.nameOf(stack), stack, m.inTransaction() ? m.segment : null))));
        }
        synchronized (globalRoots) {
            return new StoppedHeap(
                collector, space, log, memory.privatizer(), List.of(segments), roots, globalRoots);
        }
    }

    /** The calling thread runs nowhere. */
    void verifyCollected() {
        whileStopped(collector::verify);
    }

    /**
     * Frees all objects that cannot be reached, and returns free memory to the system. Reshares. Waits until all
     * mutators stand at safepoints; the caller must not be inside a transaction, or have parked it. Moves nothing.
     * Transactions that conflict with what has been committed are rolled back; the others go on.
     */
    public void collectMajor() {
        checkOpen();
        collections.major(Cause.REQUEST, "");
    }

    /**
     * Adds roots that the heap does not know of by itself: constants in compiled code, what a VM keeps per thread
     * beside its shadow stack. The rule of {@link RootSource} tells what they may hold.
     *
     * @param source asked at each major collection.
     */
    public void addRootSource(final RootSource source) {
        rootSources.add(source);
    }

    /**
     * Asks a source for roots no more.
     *
     * @param source that was added.
     */
    public void removeRootSource(final RootSource source) {
        rootSources.remove(source);
    }

    /**
     * Adds a listener.
     *
     * @param listener told of all collections from now on.
     */
    public void addCollectionListener(final CollectionListener listener) {
        collections.addListener(listener);
    }

    /**
     * Removes a listener.
     *
     * @param listener that was added.
     */
    public void removeCollectionListener(final CollectionListener listener) {
        collections.removeListener(listener);
    }

    /**
     * Makes each safepoint poll of all running transactions take its slow path, until they end. Any thread may call
     * this, after it has set a flag that a VM's threads look at where their polls were due. A transaction that begins
     * meanwhile may miss it: look at the flag behind {@code begin()}, too.
     *
     * @see Mutator#keepPollsDue()
     */
    public void keepPollsDue() {
        world.requestOfAll(RunState.KEEP_DUE);
    }

    /**
     * Detaches segments whose mutators are between transactions: they drop their private pages and do not hold the
     * log back. The last attached segment stays.
     *
     * @return how many were detached.
     */
    public int detachIdle() {
        int detached = 0;
        for (final Segment segment : segments) {
            if (!context.serial() && log.isAttached(segment) && tryDetach(segment)) {
                detached++;
            }
        }
        return detached;
    }

    /**
     * Figures of the heap.
     *
     * @return a copy.
     */
    public HeapStatistics statistics() {
        final List<MutatorStatistics> each;
        synchronized (mutators) {
            each = keeper.all(mutators);
        }
        long logBytes = 0;
        long revision = 0;
        for (final Segment segment : segments) {
            logBytes += segment.logMemory().allocatedBytes();
            revision = Math.max(revision, log.viewRevision(segment.index()));
        }
        return new HeapStatistics(each, collector.usedBytes(), collections.privateBytes(),
            memory.privatizer().peakPrivateUnits() * context.unitBytes(), memory.fileBytes(), logBytes, revision,
            reshare.reshares(), collections.majors(), pressure.liveBytes());
    }

    /**
     * Runs of adjacent private pages over all segments: what they cost in mappings where the strategy needs some.
     *
     * @return the number.
     */
    public long privateRuns() {
        return memory.privatizer().privateRuns();
    }

    boolean isReadyFor(final Segment segment, final SegmentOwner mutator) {
        return segment.owner() == mutator && (context.serial() || log.isAttached(segment));
    }

    /**
     * How many transactions can run at a time: set at open by {@link HeapContext#segments(int)}.
     *
     * @return number of segments.
     */
    public int getSegmentLimit() {
        return segments.length;
    }

    /** Enters a segment that the fast path could not enter, and attaches it when it does not follow the log. */
    Segment enterSlowPath(final SegmentOwner mutator, final Segment preferred) {
        checkOpen();
        final Activity before = mutator.busyWith(Activity.WAIT_SEGMENT);
        final Segment segment = pool.acquire(mutator, preferred);
        if (!context.serial() && !log.isAttached(segment)) {
            mutator.busyWith(Activity.WAIT_COLLECTION);
            attach(segment);
        }
        mutator.busyWith(before);
        return segment;
    }

    private void attach(final Segment segment) {
        world.park(segment);
        boolean attached = false;
        try {
            final CollectionRecord collected =
                new CollectionRecord(CollectionEvent.Kind.RESHARE, Cause.ATTACH, segment.owner().name());
            world.stopAll();
            try {
                collected.ended(CollectionEvent.Phase.STOP);
                final long revision = collections.reshareStopped(collected);
                reshare.dropAll(segment);
                segment.lastEntry(log.anchor());
                segment.viewRevision(revision);
                log.publishViewRevision(segment.index(), revision);
                log.attach(segment);
                attached = true;
            } finally {
                world.resumeAll();
            }
            collections.report(collected);
        } finally {
            world.unpark(segment);
            if (!attached) {
                world.leave(segment, RunState.IDLE);
            }
        }
    }

    private boolean tryDetach(final Segment segment) {
        if (!world.tryEnter(segment, RunState.IDLE)) {
            return false;
        }
        try {
            return detach(segment);
        } finally {
            world.leave(segment, RunState.IDLE);
        }
    }

    private boolean detach(final Segment segment) {
        if (!log.isAttached(segment) || !log.detach(segment)) {
            return false;
        }
        segment.endWatch();
        reshare.dropAll(segment);
        return true;
    }

    private void relieveLogPressure() {
        final long minimum = log.minimumRevision();
        for (final Segment segment : segments) {
            if (log.isAttached(segment) && log.viewRevision(segment.index()) == minimum
                && !world.reapIfDead(segment) && !tryDetach(segment)) {
                world.requestValidate(segment);
            }
        }
    }

    void mutatorClosed(final Mutator mutator) {
        final Segment segment = mutator.segment;
        if (segment != null && world.tryEnter(segment, RunState.IDLE)) {
            if (segment.owner() == mutator) {
                segment.owner(null);
                if (!context.serial()) {
                    detach(segment);
                }
            }
            world.leave(segment, RunState.IDLE);
        }
        synchronized (mutators) {
            if (mutators.remove(mutator)) {
                keeper.closed(mutator);
                mutator.detached();
            }
            updateSerialRoots();
        }
    }

    private void ownerDied(final Segment segment, final SegmentOwner owner) {
        if (!context.serial()) {
            transactions.rollback(segment, null);
        }
        segment.inevitable(false);
        segment.inTransaction(false);
        segment.owner(null);
        ((Mutator) owner).died();
    }

    void rootStackAdded() {
        synchronized (mutators) {
            updateSerialRoots();
        }
    }

    /** The first stack is for the global roots. */
    private void updateSerialRoots() {
        if (context.serial()) {
            serialRoots = Stream.concat(Stream.of(new ShadowStack(Integer.MAX_VALUE)),
                mutators.stream().filter(m -> !m.isClosed()).flatMap(m -> Stream.of(m.rootsAlone())))
                .toArray(ShadowStack[]::new);
        }
    }

    void collectMinor(final Segment segment, final SafepointAccess mutator, final boolean committing) {
        if (collections.isObserved()) {
            collectMinorObserved(segment, mutator, committing);
        } else {
            collectMinorUnobserved(segment, mutator, committing);
        }
    }

    private void collectMinorObserved(final Segment segment, final SafepointAccess mutator, final boolean committing) {
        final CollectionRecord collected = new CollectionRecord(
            CollectionEvent.Kind.MINOR, committing ? Cause.COMMIT : Cause.NURSERY_FULL, mutator.name());
        collected.usedBytesBefore = collector.usedBytes() + segment.nursery().usedBytes();
        collected.privateBytesBefore = collections.privateBytes();
        collectMinorUnobserved(segment, mutator, committing);
        collected.usedBytesAfter = collector.usedBytes();
        collected.privateBytesAfter = collections.privateBytes();
        collected.ended(CollectionEvent.Phase.EVACUATE);
        collections.report(collected);
    }

    private void collectMinorUnobserved(
        final Segment segment, final SafepointAccess mutator, final boolean committing) {
        if (context.serial()) {
            collectSerial(segment);
        } else {
            final ShadowStack[] stacks = mutator.rootsAlone();
            segment.collector().collectMinor(stacks, stacks.length, committing);
        }
        segment.nursery().reset();
        segment.youngCollected();
    }

    /** In no-STM mode the one nursery holds objects of all mutators, committed ones too: all roots count. */
    private void collectSerial(final Segment segment) {
        final ShadowStack[] all;
        synchronized (mutators) {
            all = serialRoots;
        }
        synchronized (globalRoots) {
            final ShadowStack globals = all[0];
            globals.truncate(0);
            globalRoots.forEach(root -> globals.push(root.get()));
            segment.collector().collectMinor(all, all.length, false);
            for (int i = 0; i < globalRoots.size(); i++) {
                globalRoots.get(i).set(globals.get(i));
            }
        }
    }

    long openedAtNanos() {
        return openedAtNanos;
    }

    long largeObjectBytes() {
        return Math.min(LARGEST_YOUNG_OBJECT_BYTES, context.nurseryBytes() >>> LOG_LARGE_SHARE);
    }

    World world() {
        return world;
    }

    LengthFloor lengthFloor() {
        return lengthFloor;
    }

    Transactions transactions() {
        return transactions;
    }

    SegmentPool pool() {
        return pool;
    }

    Pressure pressure() {
        return pressure;
    }

    CollectionControl collections() {
        return collections;
    }

    /** For a mutator that is being attached. */
    long nextMutatorNumber() {
        return keeper.nextNumber();
    }

    Tracing tracing() {
        return tracing;
    }

    CommitLog log() {
        return log;
    }

    FinalizerRunner finalizers() {
        return finalizers;
    }

    ObjectTables tables() {
        return space.tables();
    }

    Collector collector() {
        return collector;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the heap is closed");
        }
    }

    /**
     * Closes the heap and returns its memory. All refs become wild addresses.
     *
     * @throws IllegalStateException when a mutator is inside a transaction.
     */
    @Override
    public void close() {
        synchronized (mutators) {
            if (closed) {
                return;
            }
            for (final Segment segment : segments) {
                world.reapIfDead(segment);
                transactions.finishDetached(segment);
            }
            for (final Mutator mutator : mutators) {
                if (mutator.inTransaction()) {
                    throw new IllegalStateException("end all transactions before the heap is closed: " + mutator);
                }
            }
            closed = true;
            mutators.forEach(Mutator::heapClosed);
        }
        collector.close();
        for (final Segment segment : segments) {
            segment.close();
        }
        log.close();
        memory.close();
    }
}
