package org.segstm.bench.compare.peer;

import org.segstm.bench.compare.peer.clojure.ClojureStore;
import org.segstm.bench.compare.peer.lock.GlobalLockStore;
import org.segstm.bench.compare.peer.lock.OrderedLocksStore;
import org.segstm.bench.compare.peer.multiverse.MultiverseStore;
import org.segstm.bench.compare.peer.plain.PlainStore;
import org.segstm.bench.compare.peer.scalastm.ScalaStmStore;
import org.segstm.bench.compare.peer.segstm.SegmentStore;
import org.segstm.bench.tool.ChildJvm;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** All that take part, in the order of the table. */
public enum Party {
    /** Ours. */
    SEGSTM("segstm", Kind.OURS, 2, (shape, history) -> new SegmentStore(shape)),
    /** CCSTM: a global version clock, eager locks for writes, invisible reads. */
    SCALASTM("scalastm", Kind.STM, 5, (shape, history) -> new ScalaStmStore(shape)),
    /** Multiverse, gamma. */
    MULTIVERSE("multiverse", Kind.STM, 2, (shape, history) -> new MultiverseStore(shape)),
    /** Clojure: multi-version, snapshot isolation. */
    CLOJURE("clojure", Kind.STM, 2, ClojureStore::new),
    /** One monitor. */
    ONE_LOCK("one-lock", Kind.LOCKS, 1, (shape, history) -> new GlobalLockStore(shape)),
    /** A lock for each cell. */
    LOCKS("locks", Kind.LOCKS, 1, (shape, history) -> new OrderedLocksStore(shape)),
    /** No synchronization, one thread. */
    PLAIN("plain", Kind.LIMIT, 1, (shape, history) -> new PlainStore(shape));

    private final String id;
    private final Kind kind;
    private final int warmUpSeconds;
    private final BiFunction<StoreShape, Integer, Store> factory;

    Party(final String id, final Kind kind, final int warmUpSeconds,
        final BiFunction<StoreShape, Integer, Store> factory) {
        this.id = id;
        this.kind = kind;
        this.warmUpSeconds = warmUpSeconds;
        this.factory = factory;
    }

    /**
     * Names of all parties.
     *
     * @return in the order of the table.
     */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Party::id).toList();
    }

    /**
     * The party of a name.
     *
     * @param id its name.
     * @return the party.
     * @throws IllegalArgumentException when there is none of that name.
     */
    public static Party of(final String id) {
        return Arrays.stream(values()).filter(party -> party.id.equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such party (one of " + String.join(", ", ids()) + "): " + id));
    }

    /**
     * Name of the party.
     *
     * @return like {@code one-lock}.
     */
    public String id() {
        return id;
    }

    /**
     * What kind of party it is.
     *
     * @return its kind.
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Warm-up after which its figures no longer rise.
     *
     * @return seconds.
     */
    public int warmUpSeconds() {
        return warmUpSeconds;
    }

    /**
     * Flags of its JVM that keep it quiet.
     *
     * @return none, or leave for what newer Java warns of.
     */
    public List<String> jvmFlags() {
        return this == MULTIVERSE ? ChildJvm.unsafeFlags() : List.of();
    }

    /**
     * Sets a store up.
     *
     * @param shape   to begin with.
     * @param history old values to keep for each cell, where a party can be told.
     * @return the store.
     */
    public Store newStore(final StoreShape shape, final int history) {
        return factory.apply(shape, history);
    }

    /** Kinds of parties. */
    public enum Kind {
        /** What all others are compared with. */
        OURS,
        /** A software transactional memory. */
        STM,
        /** Locks, placed by whoever wrote the workload. */
        LOCKS,
        /** What the workload costs without any synchronization. */
        LIMIT
    }
}
