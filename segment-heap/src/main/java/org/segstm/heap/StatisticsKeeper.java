package org.segstm.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Remembers the statistics of closed mutators, in the order of attachment. Of very many, the oldest are summed up, so
 * that a VM may attach a mutator per short-lived thread for ever.
 */
final class StatisticsKeeper {
    private static final int MOST_KEPT = 1000;
    private final TreeMap<Long, MutatorStatistics> closed = new TreeMap<>();
    private final MutatorStatistics earlier = new MutatorStatistics("earlier mutators");
    private long summedUp;
    private long attached;

    /** Number of a new mutator. */
    long nextNumber() {
        return ++attached;
    }

    void closed(final Mutator mutator) {
        closed.put(mutator.number(), mutator.statistics());
        if (closed.size() > MOST_KEPT) {
            earlier.add(closed.pollFirstEntry().getValue());
            summedUp++;
        }
    }

    List<MutatorStatistics> all(final List<Mutator> open) {
        final TreeMap<Long, MutatorStatistics> byNumber = new TreeMap<>(closed);
        open.forEach(mutator -> byNumber.put(mutator.number(), mutator.statistics()));
        final List<MutatorStatistics> list = new ArrayList<>();
        if (summedUp != 0) {
            list.add(earlier);
        }
        list.addAll(byNumber.values());
        return list;
    }
}
