package org.segstm.bench.compare;

import org.segstm.bench.compare.peer.Party;
import org.segstm.bench.compare.run.CompareMain;
import org.segstm.bench.compare.run.RoundFigures;
import org.segstm.bench.compare.workload.Workload;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.LiveChild;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * All parties at one workload with one number of threads: each in a JVM of its own, warmed up one after the other, then
 * measured round by round in turn.
 *
 * @param workload to run.
 * @param threads  how many.
 * @param parties  that run it.
 * @param time     how long.
 */
public record Comparison(Workload workload, int threads, List<Party> parties, Time time) {
    private static final String FAILED_CHECK = "failedCheck";
    private static final String SETTINGS = "settings";

    /**
     * Measures.
     *
     * @param heap     hands settings of our heap to its JVM.
     * @param progress is told what is going on.
     * @return figures of all that take part; without those that run on one thread only, when there are more.
     * @throws IllegalArgumentException when our heap refused a setting; with its message.
     */
    public Map<Party, PartyFigures> run(final UnaryOperator<ChildJvm> heap, final Consumer<String> progress) {
        final Map<Party, LiveChild> children = new EnumMap<>(Party.class);
        try {
            for (final Party party : parties) {
                if (threads == 1 || party.kind() != Party.Kind.LIMIT) {
                    progress.accept(workload.id() + ", threads: " + threads + ": warming up " + party.id());
                    children.put(party, start(party, heap));
                }
            }
            return measure(children, progress);
        } finally {
            children.values().forEach(LiveChild::close);
        }
    }

    private LiveChild start(final Party party, final UnaryOperator<ChildJvm> heap) {
        final ChildJvm jvm = CompareMain.child(workload, party, threads);
        time.javaHeapFlags().forEach(jvm::flag);
        party.jvmFlags().forEach(jvm::flag);
        final LiveChild child = (party.kind() == Party.Kind.OURS ? heap.apply(jvm) : jvm).start();
        try {
            child.ask(CompareMain.WARM + " " + time.warmUpNanos(party));
            return child;
        } catch (final RuntimeException e) {
            child.close();
            throw e;
        }
    }

    private Map<Party, PartyFigures> measure(final Map<Party, LiveChild> children, final Consumer<String> progress) {
        final Map<Party, List<RoundFigures>> rounds = new EnumMap<>(Party.class);
        children.keySet().forEach(party -> rounds.put(party, new ArrayList<>()));
        for (int round = 1; round <= time.rounds(); round++) {
            progress.accept(workload.id() + ", threads: " + threads + ": round " + round + " of " + time.rounds());
            children.forEach((party, child) ->
                rounds.get(party).add(RoundFigures.of(child.ask(CompareMain.ROUND + " " + time.roundNanos()))));
        }
        final Map<Party, PartyFigures> figures = new EnumMap<>(Party.class);
        children.forEach((party, child) -> {
            final ChildResult end = child.ask(CompareMain.END);
            figures.put(party, new PartyFigures(rounds.get(party), end.text(FAILED_CHECK), end.text(SETTINGS)));
        });
        return figures;
    }

    /**
     * How long to measure.
     *
     * @param warmUpSeconds of each party; NaN for what each one needs.
     * @param rounds        that count.
     * @param roundNanos    length of a round.
     * @param javaHeapFlags of all JVMs.
     */
    public record Time(double warmUpSeconds, int rounds, long roundNanos, List<String> javaHeapFlags) {
        long warmUpNanos(final Party party) {
            final double seconds = Double.isNaN(warmUpSeconds) ? party.warmUpSeconds() : warmUpSeconds;
            return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        }
    }
}
