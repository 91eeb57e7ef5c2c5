package org.segstm.bench.compare;

import org.segstm.bench.compare.run.RoundFigures;
import org.segstm.bench.tool.Figures;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one party did at one workload with one number of threads.
 *
 * @param rounds      that count.
 * @param failedCheck what was wrong, or nothing.
 * @param settings    of its store, or nothing.
 */
public record PartyFigures(List<RoundFigures> rounds, String failedCheck, String settings) {
    /**
     * Transactions a second; where the first thread does something else, of that one.
     *
     * @return median of the rounds.
     */
    public double rate() {
        return median(RoundFigures::rate);
    }

    /**
     * Transactions a second of the other threads, where the first one does something else.
     *
     * @return median of the rounds.
     */
    public double besideRate() {
        return median(RoundFigures::besideRate);
    }

    /**
     * Attempts that did not commit among all.
     *
     * @return from 0 to 1.
     */
    public double abortRate() {
        final long attempts = rounds.stream().mapToLong(RoundFigures::attempts).sum();
        final long committed = rounds.stream().mapToLong(RoundFigures::committed).sum();
        return (attempts - committed) / (double) Math.max(1, attempts);
    }

    /**
     * Attempts of the first thread that did not commit.
     *
     * @return number in all rounds.
     */
    public long leadRetries() {
        return rounds.stream().mapToLong(RoundFigures::leadRetries).sum();
    }

    /**
     * Hand-off time of a cache line before the rounds.
     *
     * @return median in nanoseconds; NaN with one thread.
     */
    public double handOffNs() {
        return median(RoundFigures::handOffNs);
    }

    /**
     * Share of the time in which the threads had a processor.
     *
     * @return median of the rounds.
     */
    public double cpuShare() {
        return median(RoundFigures::cpuShare);
    }

    /**
     * Was everything right?
     *
     * @return true when it was.
     */
    public boolean check() {
        return failedCheck.isEmpty();
    }

    private double median(final ToDoubleFunction<RoundFigures> figure) {
        return Figures.median(rounds.stream().mapToDouble(figure).toArray());
    }

    Map<String, Object> toJson() {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("opsPerSecond", rate());
        json.put("besideOpsPerSecond", besideRate());
        json.put("abortRate", abortRate());
        json.put("leadRetries", leadRetries());
        json.put("javaBytesPerTransaction", median(RoundFigures::javaBytes));
        json.put("cpuShare", cpuShare());
        json.put("handOffNs", Double.isNaN(handOffNs()) ? null : handOffNs());
        json.put("check", check());
        return json;
    }
}
