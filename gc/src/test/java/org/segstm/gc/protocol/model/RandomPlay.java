package org.segstm.gc.protocol.model;

import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.HeapContext;
import org.segstm.heap.MarkerReset;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.finalization.FinalizerQueue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Lets several mutators act at random on one thread, each step in the heap and in the model. */
final class RandomPlay implements AutoCloseable {
    private static final long[] UNITS = {4 << 10, 4 << 10, 4 << 10, 64 << 10, 2 << 20};
    /** The smallest will be full before the play is over; in the largest no ref fits in 32 bits. */
    private static final long[] HEAP_BYTES = {4 << 20, 48 << 20, 48 << 20, 48L << 30};
    private static final int DIRECTORY_LENGTH = 60;
    private static final int TRAIL = 40;
    private static final int STEPS_BETWEEN_JUDGEMENTS = 25;
    private static final int VERSION_NEAR_THE_END = 250;

    private final Random random;
    private final int segments;
    /** The more, the shorter are transactions. */
    private final int haste;
    private final SegmentHeap heap;
    private final ModelHeap model = new ModelHeap();
    private final Deaths deaths = new Deaths(model);
    private final List<Player> players = new ArrayList<>();
    private final Deque<String> trail = new ArrayDeque<>();
    /** Null in most plays. */
    private final ReportCheck reports;
    private Player acting;

    RandomPlay(final long seed, final PageSharing sharing, final boolean large) {
        random = new Random(seed);
        segments = 2 + random.nextInt(3);
        haste = random.nextInt(3) * 40;
        final HeapContext context = new HeapContext().segments(segments).pageSharing(sharing)
            .heapBytes(HEAP_BYTES[random.nextInt(HEAP_BYTES.length)])
            .minimumMajorBytes(1 << 20).nurseryBytes(64 << 10).logBytes(16 << 10)
            .privateBudgetBytes(random.nextInt(3) == 0 ? 256 << 10 : 48 << 20)
            .timing(random.nextBoolean())
            .markerReset(random.nextBoolean() ? MarkerReset.MEMSET : MarkerReset.MADVISE)
            .unitBytes(UNITS[random.nextInt(UNITS.length)]);
        if (random.nextInt(3) == 0) {
            context.maximumMappings(64);
        }
        reports = ReportCheck.forSeed(seed, context);
        heap = SegmentHeap.open(context);
        final FinalizerQueue queue = heap.newFinalizerQueue(() -> { });
        final Shape[] shapes = Shape.all(heap, deaths);
        if (large) {
            Arrays.stream(shapes).forEach(Shape::useLargeLengths);
        }
        final int mutators = 2 + random.nextInt(4);
        for (int i = 0; i < mutators; i++) {
            players.add(new Player(heap.attachMutator("M" + i), model, deaths, queue, shapes, random));
        }
        makeDirectory(Shape.array(heap));
    }

    /** The array that all mutators know. */
    private void makeDirectory(final Shape shape) {
        final ModelTransaction transaction = new ModelTransaction(model, List.of());
        final ModelNode node = transaction.create(shape, DIRECTORY_LENGTH);
        final Mutator first = players.get(0).mutator();
        first.atomicallyDo(m -> {
            m.push(shape.allocate(m, DIRECTORY_LENGTH));
            shape.write(m, m.root(0), 0, node.number());
        });
        transaction.commit(0);
        final long ref = first.pop();
        players.forEach(player -> player.push(2L * node.number(), ref));
    }

    void play(final int steps) {
        for (int step = 0; step < steps; step++) {
            try {
                step();
                judge(step % STEPS_BETWEEN_JUDGEMENTS == 0);
            } catch (final RuntimeException | AssertionError e) {
                throw new AssertionError("step=" + step + " " + e + "\nlast actions:\n  "
                    + String.join("\n  ", trail), e);
            }
        }
        endAll();
        for (final Player player : players) {
            act(player);
            player.begin(this::settle);
            player.verifyAll();
            player.commit(null, this::settle);
        }
        dropAll();
    }

    private void judge(final boolean all) {
        settle(Long.MAX_VALUE);
        players.forEach(Player::lookAtView);
        deaths.judgeEvents();
        if (all) {
            deaths.judge(players);
        }
    }

    /** All must die, with as many collections as finalizers stand one behind the other. */
    private void dropAll() {
        players.forEach(Player::dropAllRoots);
        final Player last = players.get(0);
        act(last);
        long pendingBefore = Long.MAX_VALUE;
        while (deaths.pending() > 0) {
            if (deaths.pending() == pendingBefore) {
                throw new AssertionError("finalizers never have their turn: " + pendingBefore);
            }
            pendingBefore = deaths.pending();
            collectMajor();
            last.mutator().runFinalizers();
            last.begin(this::settle);
            while (last.takeFromQueue()) {
                judge(false);
            }
            last.commit(null, this::settle);
            judge(true);
        }
        collectMajor();
        if (heap.statistics().liveBytes() != 0) {
            throw new AssertionError("not all has died: " + heap.statistics());
        }
    }

    private void collectMajor() {
        stopWorld(heap::collectMajor);
        judge(true);
        deaths.afterMajor(players);
    }

    private void step() {
        final int dice = random.nextInt(1000);
        if (dice < 10) {
            note("reshare");
            stopWorld(heap::reshare);
        } else if (dice < 25) {
            note("major collection");
            collectMajor();
            lookAtWeakRefs();
        } else if (dice < 30) {
            note("verifies heap");
            parkActing();
            HeapVerifier.verify(heap);
        } else if (dice < 45) {
            note("detachIdle");
            parkActing();
            heap.detachIdle();
        } else {
            final Player player = players.get(random.nextInt(players.size()));
            act(player);
            if (player.isAway()) {
                comeBack(player);
            } else if (player.inTransaction()) {
                stepInside(player);
            } else {
                stepOutside(player);
            }
        }
    }

    /** In the view of one transaction, and what the abort of one brings back. */
    private void lookAtWeakRefs() {
        final Player player = players.get(random.nextInt(players.size()));
        act(player);
        if (player.isAway()) {
            return;
        }
        if (player.canBringWeakBack() && random.nextBoolean()) {
            note(player, "aborts and looks at weak refs");
            player.bringWeakBack(this::settle);
        } else if (player.inTransaction() && random.nextInt(3) == 0) {
            note(player, "verifies all");
            player.verifyAll();
        }
    }

    /** All views move to the newest state. */
    private void stopWorld(final Runnable action) {
        parkActing();
        action.run();
        players.forEach(Player::lookAtView);
        players.forEach(player -> player.assertUpToDate("a world stop"));
    }

    private void comeBack(final Player player) {
        if (player.inTransaction() || running() < segments) {
            note(player, "reattaches");
            player.absence().end(inevitableBeside(player) != null, this::settle);
        }
    }

    private void stepOutside(final Player player) {
        final int dice = random.nextInt(100);
        if (dice < 15) {
            final Player other = players.get(random.nextInt(players.size()));
            if (!other.inTransaction() && !other.isAway()) {
                note(player, "hands a root to " + other.mutator().name());
                player.handRootTo(other);
            } else {
                note(player, "changes roots outside");
                player.changeRoots();
            }
        } else if (dice < 18 && players.size() <= segments) {
            note(player, "has used up its read versions");
            useUpReadVersions(player);
        } else if (dice < 20) {
            note(player, "runs finalizers");
            player.mutator().runFinalizers();
        } else if (running() < segments) {
            if (dice < 23) {
                note(player, "begins inevitable");
                player.beginInevitable(inevitableBeside(player) != null, this::settle);
            } else {
                note(player, "begins");
                player.begin(this::settle);
            }
            if (dice > 97) {
                note(player, "verifies all");
                player.verifyAll();
            }
        }
    }

    private static void useUpReadVersions(final Player player) {
        if (player.mutator().statistics().committed() > 0
            && player.mutator().inspect().readVersion() < VERSION_NEAR_THE_END) {
            player.mutator().inspect().continueReadVersionFrom(VERSION_NEAR_THE_END);
        }
    }

    private void stepInside(final Player player) {
        if (random.nextInt(10) == 0) {
            stepNested(player);
            return;
        }
        final int dice = random.nextInt(100 + haste);
        if (dice < 21) {
            note(player, "reads");
            player.readSome();
        } else if (dice < 39) {
            note(player, "writes");
            player.writeSome();
        } else if (dice < 44) {
            note(player, "writes a weak ref");
            player.writeSomeWeak();
        } else if (dice < 56) {
            note(player, "allocates");
            player.allocate();
        } else if (dice < 62) {
            note(player, "changes roots");
            player.changeRoots();
        } else if (dice < 66) {
            note(player, "collects");
            player.collect();
        } else if (dice < 72) {
            note(player, "safepoint");
            player.safepoint();
        } else if (dice < 79) {
            stepToDeath(player, dice);
        } else if (dice < 81) {
            note(player, "validates");
            player.validate();
        } else if (dice < 82) {
            note(player, "becomes inevitable");
            player.becomeInevitable(inevitableBeside(player) != null, this::settle);
        } else if (dice < 85 && !player.isInevitable()) {
            note(player, "aborts");
            player.abort();
        } else if (dice < 88) {
            endNested(player);
            note(player, "detaches");
            player.absence().begin(inevitableBeside(player), this::settle);
        } else {
            endNested(player);
            note(player, "commits");
            player.commit(inevitableBeside(player), this::settle);
        }
    }

    private void stepNested(final Player player) {
        final int dice = random.nextInt(4);
        if (player.nestedDepth() == 0 || dice == 0) {
            note(player, "begins a nested block");
            player.beginNested();
        } else {
            endOneNested(player);
        }
    }

    private void endOneNested(final Player player) {
        if (random.nextBoolean()) {
            note(player, "undoes a nested block");
            player.abortNested();
        } else {
            note(player, "ends a nested block");
            player.commitNested();
        }
    }

    private void endNested(final Player player) {
        while (player.nestedDepth() > 0) {
            endOneNested(player);
        }
    }

    private void stepToDeath(final Player player, final int dice) {
        if (dice < 74) {
            note(player, "asks for an identity");
            player.askIdentity();
        } else if (dice < 76) {
            note(player, "makes a preexisting object");
            player.makePreexisting(players.get(random.nextInt(players.size())));
        } else if (dice < 78) {
            note(player, "registers a finalizer");
            player.registerFinalizer();
        } else {
            note(player, "takes from the queue");
            player.takeFromQueue();
        }
    }

    private int running() {
        return (int) players.stream().filter(player -> player.inTransaction() && !player.isAway()).count();
    }

    private Player inevitableBeside(final Player player) {
        return players.stream().filter(other -> other != player && other.isInevitable()).findFirst().orElse(null);
    }

    private void settle(final long mostRevision) {
        players.forEach(player -> player.absence().settle(mostRevision));
    }

    private void act(final Player player) {
        if (reports != null) {
            reports.acts(player.mutator());
        }
        if (acting != player) {
            parkActing();
            acting = player;
            if (player.inTransaction() && !player.isAway()) {
                boolean aborted = false;
                try {
                    player.mutator().unpark();
                } catch (final TransactionAbortedException e) {
                    aborted = true;
                }
                player.unparked(aborted);
            }
        }
    }

    private void parkActing() {
        if (acting != null && acting.inTransaction() && !acting.isAway()) {
            acting.mutator().park();
        }
        acting = null;
    }

    private void note(final Player player, final String action) {
        note(player.mutator().name() + " " + action);
    }

    private void note(final String action) {
        trail.add(action);
        if (trail.size() > TRAIL) {
            trail.remove();
        }
    }

    /** Who is away comes back last, when segments are free. */
    private void endAll() {
        players.stream().filter(player -> !player.isAway()).toList().forEach(this::end);
        players.stream().filter(Player::isAway).toList().forEach(this::end);
    }

    private void end(final Player player) {
        act(player);
        if (player.isAway()) {
            comeBack(player);
        }
        if (player.isInevitable()) {
            endNested(player);
            player.commit(null, this::settle);
        } else if (player.inTransaction()) {
            player.abort();
        }
        players.forEach(Player::lookAtView);
    }

    /** After a failure the heap stays open: nothing is known about it. */
    @Override
    public void close() {
        players.forEach(player -> player.mutator().close());
        if (reports != null) {
            reports.check(heap);
        }
        heap.close();
    }
}
