package org.segstm.bench.layout;

import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.HandOff;
import org.segstm.bridge.Platform;
import org.segstm.heap.CollectionEvent;
import org.segstm.heap.HeapContext;
import org.segstm.heap.HeapStatistics;
import org.segstm.heap.Mutator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import static org.segstm.bench.layout.LayoutHeap.HEAP;

/**
 * Measures one point in this JVM. Each round begins with all pages shared and ends with a reshare of what has become
 * private in it, while the threads rest.
 */
final class LayoutMeasurement {
    private static final double THOUSAND = 1000;
    private static final double BYTES_IN_MIB = 1 << 20;
    private static final double BYTES_IN_KIB = 1 << 10;

    private final LayoutRequest request;
    private final int threads;
    private final ProcessCounts countsBefore = ProcessCounts.now();
    private final List<Mutator> idle = new ArrayList<>();
    private final long[] cells;
    private final List<Double> reshareNanos = new ArrayList<>();
    private final List<RoundCounts> rounds = new ArrayList<>();
    private double reshares;

    LayoutMeasurement(final LayoutRequest request, final int threads, final int idleMutators) {
        this.request = request;
        this.threads = threads;
        this.cells = LayoutHeap.newCells(Settings.cells(request.workload()));
        for (int i = 0; i < idleMutators; i++) {
            final Mutator mutator = HEAP.attachMutator("idle " + i);
            mutator.atomicallyDo(m -> m.putLong(cells[0], LayoutHeap.COUNT, m.getLong(cells[0], LayoutHeap.COUNT)));
            idle.add(mutator);
        }
    }

    LayoutResult run() {
        final LayoutThreads busy = new LayoutThreads(request.workload(), cells, threads);
        try (HandOff handOff = new HandOff(); busy) {
            final long warmUpEnd = System.nanoTime() + request.warmUpNanos();
            do {
                busy.runRound(Math.min(request.roundNanos(), Math.max(0, warmUpEnd - System.nanoTime())));
                HEAP.reshare();
            } while (System.nanoTime() < warmUpEnd);
            HEAP.addCollectionListener(this::collected);
            for (int i = 0; i < request.rounds(); i++) {
                measureRound(busy, handOff);
            }
        }
        return new LayoutResult(figures(), check(busy), HEAP.context().toString());
    }

    private void collected(final CollectionEvent event) {
        if (event.kind() == CollectionEvent.Kind.RESHARE) {
            if (event.cause() == CollectionEvent.Cause.REQUEST) {
                reshareNanos.add((double) event.pauseNanos());
            } else {
                reshares++;
            }
        }
    }

    private void measureRound(final LayoutThreads busy, final HandOff handOff) {
        final double handOffNs = threads > 1 ? handOff.medianNs() : Double.NaN;
        final HeapStatistics before = HEAP.statistics();
        final ProcessCounts processBefore = ProcessCounts.now();
        busy.runRound(request.roundNanos());
        final ProcessCounts process = ProcessCounts.now();
        rounds.add(new RoundCounts(busy.all(), before, HEAP.statistics(), processBefore, process, handOffNs));
        HEAP.reshare();
    }

    private Map<LayoutFigure, Double> figures() {
        final HeapContext context = HEAP.context();
        final Map<LayoutFigure, Double> figures = new EnumMap<>(LayoutFigure.class);
        figures.put(LayoutFigure.OPS, median(RoundCounts::operationsPerSecond));
        figures.put(LayoutFigure.ABORTS, median(RoundCounts::abortRate));
        figures.put(LayoutFigure.PRIVATIZED, median(round -> THOUSAND * round.privatized / round.committed));
        figures.put(LayoutFigure.PRIVATE_UNITS, median(round -> round.privateBytes / context.unitBytes()));
        figures.put(LayoutFigure.PRIVATE_MIB,
            rounds.stream().mapToDouble(round -> round.privateBytes / BYTES_IN_MIB).max().orElse(0));
        figures.put(LayoutFigure.MAPPINGS,
            rounds.stream().mapToDouble(round -> round.process.mappings() - countsBefore.mappings()).max().orElse(0));
        figures.put(LayoutFigure.FAULTS, median(round -> THOUSAND
            * (round.process.faults() - round.processBefore.faults()) / round.committed));
        figures.put(LayoutFigure.SHOOTDOWNS, median(round -> THOUSAND
            * (round.process.shootdowns() - round.processBefore.shootdowns()) / round.committed));
        figures.put(LayoutFigure.RESIDENT_PAGES, median(round -> Math.max(0, BYTES_IN_KIB
            * (round.process.residentKib() - countsBefore.residentKib()) / Platform.pageBytes())));
        figures.put(LayoutFigure.PAGE_TABLE_KIB, median(round -> round.process.pageTablesKib()));
        figures.put(LayoutFigure.RESHARE_MS, reshareNanos.isEmpty() ? Double.NaN : Figures.median(
            reshareNanos.stream().mapToDouble(nanos -> nanos / TimeUnit.MILLISECONDS.toNanos(1)).toArray()));
        figures.put(LayoutFigure.RESHARES, reshares);
        figures.put(LayoutFigure.MINORS,
            median(round -> round.minors * (double) TimeUnit.SECONDS.toNanos(1) / request.roundNanos()));
        figures.put(LayoutFigure.HAND_OFF, median(round -> round.handOffNs));
        figures.put(LayoutFigure.CPU, median(round -> round.cpuShare));
        return figures;
    }

    private double median(final ToDoubleFunction<RoundCounts> figure) {
        return Figures.median(rounds.stream().mapToDouble(figure).toArray());
    }

    /** What was committed must be there: the text is empty when it is. */
    private String check(final LayoutThreads busy) {
        final List<String> wrong = new ArrayList<>();
        busy.all().stream().map(LayoutThread::check).filter(text -> !text.isEmpty()).forEach(wrong::add);
        idle.forEach(Mutator::close);
        final long increments = busy.all().stream().mapToLong(LayoutThread::increments).sum();
        final long sum = LayoutHeap.sum(cells);
        if (sum != increments) {
            wrong.add("the counters' sum is " + sum + ", the committed increments are " + increments);
        }
        return String.join("; ", wrong);
    }

    /** What one round did. */
    private static final class RoundCounts {
        private final double operationsPerSecond;
        private final double committed;
        private final double aborted;
        private final double cpuShare;
        private final double privatized;
        private final double minors;
        private final double privateBytes;
        private final ProcessCounts processBefore;
        private final ProcessCounts process;
        private final double handOffNs;

        RoundCounts(final List<LayoutThread> threads, final HeapStatistics before, final HeapStatistics after,
            final ProcessCounts processBefore, final ProcessCounts process, final double handOffNs) {
            operationsPerSecond = threads.stream().mapToDouble(LayoutThread::operationsPerSecond).sum();
            committed = Math.max(1, threads.stream().mapToDouble(LayoutThread::committed).sum());
            aborted = threads.stream().mapToDouble(LayoutThread::aborted).sum();
            cpuShare = threads.stream().mapToDouble(LayoutThread::cpuShare).average().orElse(0);
            privatized = after.total().pagesPrivatized() - before.total().pagesPrivatized();
            minors = after.total().minorCollections() - before.total().minorCollections();
            privateBytes = after.privateBytes();
            this.processBefore = processBefore;
            this.process = process;
            this.handOffNs = handOffNs;
        }

        double operationsPerSecond() {
            return operationsPerSecond;
        }

        double abortRate() {
            return aborted / (committed + aborted);
        }
    }
}
