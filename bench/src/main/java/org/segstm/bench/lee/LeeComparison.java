package org.segstm.bench.lee;

import org.segstm.bench.lee.grid.GridKind;
import org.segstm.bench.lee.run.LeeMain;
import org.segstm.bench.lee.run.LeeRound;
import org.segstm.bench.lee.run.Way;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.LiveChild;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * All memories on one board with one number of threads: each in a JVM of its own, warmed up one after the other, then
 * measured round by round in turn.
 *
 * @param boardName     own board or file.
 * @param layers        that routes may use at most.
 * @param threads       how many; sequential Java has one.
 * @param kinds         of memory.
 * @param ways          what is a transaction.
 * @param warmUpSeconds before; the board is laid at least once.
 * @param rounds        that count.
 * @param jvmFlags      of all JVMs.
 */
public record LeeComparison(String boardName, int layers, int threads, List<GridKind> kinds, List<Way> ways,
    double warmUpSeconds, int rounds, List<String> jvmFlags) {

    /**
     * Measures.
     *
     * @param heap     hands settings of our heap to its JVM.
     * @param progress is told what is going on.
     * @param report   to add figures to.
     * @throws IllegalArgumentException when our heap refused a setting; with its message.
     */
    public void run(final UnaryOperator<ChildJvm> heap, final Consumer<String> progress, final LeeReport report) {
        final Board board = BoardReader.read(boardName, layers);
        final List<Candidate> candidates = new ArrayList<>();
        try {
            for (final GridKind kind : kinds) {
                for (final Way way : kind == GridKind.SEQUENTIAL ? List.of(Way.WHOLE) : ways) {
                    candidates.add(new Candidate(kind, way, start(kind, way, heap), new ArrayList<>()));
                }
            }
            for (final Candidate candidate : candidates) {
                progress.accept(board.name() + ", threads: " + threads + ": warming up " + candidate.kind.id());
                candidate.child.ask(LeeMain.WARM + " " + (long) (warmUpSeconds * TimeUnit.SECONDS.toNanos(1)));
            }
            for (int round = 1; round <= rounds; round++) {
                progress.accept(board.name() + ", threads: " + threads + ": round " + round + " of " + rounds);
                candidates.forEach(candidate -> candidate.rounds.add(LeeRound.of(candidate.child.ask(LeeMain.LAY))));
            }
            candidates.forEach(candidate -> report.add(new LeeFigures(board, threads, candidate.kind, candidate.way,
                candidate.rounds, candidate.child.ask(LeeMain.END).text(LeeMain.SETTINGS))));
        } finally {
            candidates.forEach(candidate -> candidate.child.close());
        }
    }

    private LiveChild start(final GridKind kind, final Way way, final UnaryOperator<ChildJvm> heap) {
        final ChildJvm jvm =
            LeeMain.child(boardName, layers, kind, way, kind == GridKind.SEQUENTIAL ? 1 : threads);
        jvmFlags.forEach(jvm::flag);
        return (kind == GridKind.SEGSTM ? heap.apply(jvm) : jvm).start();
    }

    private record Candidate(GridKind kind, Way way, LiveChild child, List<LeeRound> rounds) {
    }
}
