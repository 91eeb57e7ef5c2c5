package org.segstm.bench.compare;

import org.segstm.bench.compare.workload.Workload;

import java.util.Map;

/** What ours is meant to reach at a workload. */
final class Target {
    private static final double SHARE_OF_LIMIT = 0.7;
    private static final double SCANS_PER_SECOND = 5000;
    private static final double WRITES_PER_SECOND = 1e6;
    private static final Map<Workload, Double> TIMES_BEST_STM = Map.of(Workload.READ1, 1.0, Workload.READ10, 1.5,
        Workload.BANK, 1.0, Workload.AUDITS, 1.5, Workload.BANK8, 1.0, Workload.RW, 2.0, Workload.MAP, 1.5,
        Workload.WRITE1000, 2.0);

    private Target() {
    }

    /**
     * Names the target of a row and says whether it is met.
     *
     * @param row to judge.
     * @return like {@code 1.5 x STM: met}, or nothing where there is none.
     */
    static String judge(final Row row) {
        final PartyFigures ours = row.ours();
        if (ours == null) {
            return "";
        }
        if (TIMES_BEST_STM.containsKey(row.workload())) {
            final double factor = TIMES_BEST_STM.get(row.workload());
            return Double.isNaN(row.ofBestStm()) ? "" : told(factor + " x STM", row.ofBestStm() >= factor);
        }
        if (row.workload() == Workload.READ100) {
            return Double.isNaN(row.ofLimit()) ? ""
                : told("70 % of plain", row.ofLimit() >= SHARE_OF_LIMIT);
        }
        return row.threads() == 1 ? "" : told("5 k beside 1 M, no retry", ours.rate() >= SCANS_PER_SECOND
            && ours.besideRate() >= WRITES_PER_SECOND && ours.leadRetries() == 0);
    }

    private static String told(final String target, final boolean met) {
        return target + (met ? ": met" : ": missed");
    }
}
