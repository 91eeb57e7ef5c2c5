package org.segstm.bench.compare.run;

import org.segstm.bench.compare.peer.Party;
import org.segstm.bench.compare.workload.Workload;
import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.ChildServer;

/**
 * Measures one party in a JVM of its own, when it is asked. Questions: {@code warm NANOS}, {@code round NANOS} and
 * {@code end}.
 */
public final class CompareMain {
    /** Runs without being measured, for so many nanoseconds in rounds of a fifth of a second. */
    public static final String WARM = "warm";
    /** Measures one round of so many nanoseconds. */
    public static final String ROUND = "round";
    /** Checks what the store holds. */
    public static final String END = "end";
    private Measurement measurement;
    private final Workload workload;
    private final Party party;
    private final int threads;

    private CompareMain(final Workload workload, final Party party, final int threads) {
        this.workload = workload;
        this.party = party;
        this.threads = threads;
    }

    /**
     * Serves one measurement.
     *
     * @param arguments workload, party and number of threads.
     */
    public static void main(final String[] arguments) {
        final CompareMain main = new CompareMain(
            Workload.of(arguments[0]), Party.of(arguments[1]), Integer.parseInt(arguments[2]));
        new ChildServer().serve(main::answer);
    }

    /**
     * The JVM to measure in.
     *
     * @param workload to run.
     * @param party    that runs it.
     * @param threads  how many.
     * @return a child without settings of the heap yet.
     */
    public static ChildJvm child(final Workload workload, final Party party, final int threads) {
        return new ChildJvm(CompareMain.class)
            .argument(workload.id()).argument(party.id()).argument(threads);
    }

    private ChildResult answer(final String question) {
        final String[] words = question.split(" ");
        if (measurement == null) {
            measurement = new Measurement(
                workload, party.newStore(workload.shape(), workload.history()), threads);
        }
        return switch (words[0]) {
            case WARM -> measurement.warmUp(Long.parseLong(words[1]));
            case ROUND -> measurement.round(Long.parseLong(words[1]));
            case END -> measurement.end();
            default -> throw new BenchException("no such question: " + question);
        };
    }
}
