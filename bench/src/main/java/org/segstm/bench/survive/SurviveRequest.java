package org.segstm.bench.survive;

import org.segstm.bench.tool.ChildJvm;
import org.segstm.heap.HeapContext;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What to measure in one JVM.
 *
 * @param kind        whose heap.
 * @param threads     that allocate, each in a table of its own.
 * @param liveObjects nodes that live on, over all threads.
 * @param heapOfLive  size of the heap, as a multiple of the live objects' size in that heap.
 * @param warmUpNanos before the rounds that count.
 * @param rounds      that count.
 * @param roundNanos  length of a round.
 */
public record SurviveRequest(Survivors.Kind kind, int threads, long liveObjects, double heapOfLive, long warmUpNanos,
    int rounds, long roundNanos) {
    /** Usual number of rounds. */
    public static final int ROUNDS = 5;
    private static final int JAVA_NODE_BYTES = 24;
    private static final int OUR_NODE_BYTES = 32;
    private static final int SLOT_BYTES = 8;

    /**
     * A request in seconds, with the usual number of rounds.
     *
     * @param name          of the kind.
     * @param threads       that allocate.
     * @param liveObjects   nodes that live on.
     * @param heapOfLive    size of the heap, as a multiple of the live objects' size.
     * @param warmUpSeconds before what counts.
     * @param seconds       that count, in all rounds together.
     * @return the request.
     */
    public static SurviveRequest ofSeconds(final String name, final int threads, final long liveObjects,
        final double heapOfLive, final double warmUpSeconds, final double seconds) {
        return new SurviveRequest(Survivors.Kind.valueOf(name.toUpperCase(Locale.ROOT)), threads, liveObjects,
            heapOfLive, nanos(warmUpSeconds), ROUNDS, nanos(seconds / ROUNDS));
    }

    private static long nanos(final double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /**
     * Memory of the objects that live on, in the heap of this kind.
     *
     * @return bytes, tables included.
     */
    public long liveBytes() {
        final int nodeBytes = kind == Survivors.Kind.JAVA ? JAVA_NODE_BYTES : OUR_NODE_BYTES;
        return liveObjects * nodeBytes + liveObjects / Survivors.NODES_IN_LIST * SLOT_BYTES;
    }

    /**
     * The JVM to measure in.
     *
     * @return a child whose heap is as large as asked for; Java's with G1, which is not the default on small machines.
     */
    public ChildJvm child() {
        final long heapBytes = (long) (liveBytes() * heapOfLive);
        final ChildJvm child = new ChildJvm(SurviveMain.class);
        if (kind == Survivors.Kind.JAVA) {
            child.flag("-XX:+UseG1GC").flag("-Xms" + heapBytes).flag("-Xmx" + heapBytes);
        } else {
            child.property(HeapContext.HEAP_PROPERTY, heapBytes)
                .property(HeapContext.SERIAL_PROPERTY, kind == Survivors.Kind.SERIAL)
                .property(HeapContext.SEGMENTS_PROPERTY, threads);
        }
        return child.argument(kind.name()).argument(threads).argument(liveObjects).argument(heapOfLive)
            .argument(warmUpNanos).argument(rounds).argument(roundNanos);
    }

    static SurviveRequest parse(final String... arguments) {
        int i = 0;
        return new SurviveRequest(Survivors.Kind.valueOf(arguments[i++]), Integer.parseInt(arguments[i++]),
            Long.parseLong(arguments[i++]), Double.parseDouble(arguments[i++]), Long.parseLong(arguments[i++]),
            Integer.parseInt(arguments[i++]), Long.parseLong(arguments[i]));
    }
}
