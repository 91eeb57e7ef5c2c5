package org.segstm.bench.lee;

import org.segstm.bench.lee.grid.GridKind;
import org.segstm.bench.lee.run.LeeRound;
import org.segstm.bench.lee.run.Way;
import org.segstm.bench.tool.Figures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one memory did on one board.
 *
 * @param board    that was laid.
 * @param threads  of the group: sequential Java has one all the same.
 * @param kind     of memory.
 * @param way      what was a transaction.
 * @param rounds   that count.
 * @param settings of the memory, or nothing.
 */
record LeeFigures(Board board, int threads, GridKind kind, Way way, List<LeeRound> rounds, String settings) {
    double milliseconds() {
        return median(LeeRound::milliseconds);
    }

    double waves() {
        return median(LeeRound::waves);
    }

    /** Share of the waves that were in vain. */
    double inVain() {
        return 1 - board.routes().size() / waves();
    }

    double handOffNs() {
        return median(LeeRound::handOffNs);
    }

    /** First thing that was wrong, or nothing. */
    String failedCheck() {
        return rounds.stream().map(LeeRound::failedCheck).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    boolean isSequential() {
        return kind == GridKind.SEQUENTIAL;
    }

    private double median(final ToDoubleFunction<LeeRound> figure) {
        return Figures.median(rounds.stream().mapToDouble(figure).toArray());
    }

    Map<String, Object> toJson() {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("board", board.name());
        json.put("routes", board.routes().size());
        json.put("party", kind.id());
        json.put("way", isSequential() ? null : way.id());
        json.put("threads", isSequential() ? 1 : threads);
        json.put("beside", threads);
        json.put("milliseconds", milliseconds());
        json.put("waves", waves());
        json.put("visitedCells", median(LeeRound::visitedCells));
        json.put("laidCells", median(LeeRound::laidCells));
        json.put("handOffNs", Double.isNaN(handOffNs()) ? null : handOffNs());
        json.put("check", failedCheck().isEmpty());
        return json;
    }
}
