package org.segstm.bench.compare;

import org.segstm.bench.compare.peer.Party;
import org.segstm.bench.compare.workload.Workload;

import java.util.Map;
import java.util.function.Predicate;

/**
 * One workload with one number of threads.
 *
 * @param workload that was run.
 * @param threads  how many.
 * @param figures  of those that took part.
 * @param limit    transactions a second that as many threads as have processors could do without synchronization; NaN
 *                 when that was not measured.
 */
record Row(Workload workload, int threads, Map<Party, PartyFigures> figures, double limit) {
    /** Figures of ours, or null. */
    PartyFigures ours() {
        return figures.get(Party.SEGSTM);
    }

    /** Ours against the best other STM; NaN when one of them is missing. */
    double ofBestStm() {
        return ofBest(party -> party.kind() == Party.Kind.STM);
    }

    /** Ours against the best of other STMs and locks; NaN when one of them is missing. */
    double ofBestPeer() {
        return ofBest(party -> party.kind() == Party.Kind.STM || party.kind() == Party.Kind.LOCKS);
    }

    /** Ours against what is possible without synchronization; NaN when one of them is missing. */
    double ofLimit() {
        return ours() == null ? Double.NaN : ours().rate() / limit;
    }

    private double ofBest(final Predicate<Party> counts) {
        final double best = figures.entrySet().stream().filter(entry -> counts.test(entry.getKey()))
            .mapToDouble(entry -> entry.getValue().rate()).max().orElse(Double.NaN);
        return ours() == null || best == 0 ? Double.NaN : ours().rate() / best;
    }

    double handOffNs() {
        return figures.values().stream().mapToDouble(PartyFigures::handOffNs).sorted()
            .skip(figures.size() / 2).findFirst().orElse(Double.NaN);
    }
}
