package org.segstm.heap.sharing;

import org.segstm.bridge.NativeCallException;
import org.segstm.heap.util.LongList;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/**
 * Makes units private and shared again for all segments of a heap: announces, calls the strategy run by run, and keeps
 * the number of mappings far from the limit of the process. As the budget is used up, larger and larger aligned ranges
 * become private at once; a range that spans everything in use costs one mapping.
 */
public final class Privatizer {
    private static final int BUDGET_STEPS = 4;
    private static final int LOG_UNITS_PER_STEP = 4;

    private final PageTable pages;
    private final SharingStrategy strategy;
    private final MappingBudget budget;
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong privateUnits = new AtomicLong();
    private final AtomicLong peakPrivateUnits = new AtomicLong();
    private LongSupplier usedUnits = () -> 0;
    private LongPredicate pressure = units -> false;

    /**
     * Makes the privatizer of a heap.
     *
     * @param pages    who holds what.
     * @param strategy how.
     * @param budget   of private runs where each costs mappings.
     */
    public Privatizer(final PageTable pages, final SharingStrategy strategy, final MappingBudget budget) {
        this.pages = pages;
        this.strategy = strategy;
        this.budget = budget;
    }

    /**
     * Set once: how far the old space is in use, so that nothing behind is copied.
     *
     * @param end supplies the index of the first unit never used.
     */
    public void usedUnits(final LongSupplier end) {
        usedUnits = end;
    }

    /**
     * Set once: who watches the budget of private memory.
     *
     * @param watcher is told the number of private units when it has grown, and says whether they should become fewer.
     */
    public void pressure(final LongPredicate watcher) {
        pressure = watcher;
    }

    /**
     * Makes a unit private, and its neighbours when mappings get scarce.
     *
     * @param segment index of the segment, from 1.
     * @param unit    that is shared now.
     * @param made    the segment's list of private units, to which what became private is appended.
     * @return true when there are too many private units now.
     * @throws org.segstm.heap.OutOfMappingsException when the system has none for it; the unit is still shared.
     */
    public boolean privatize(final int segment, final long unit, final LongList made) {
        final long range = unitsAtOnce();
        final long first = unit & -range;
        final long end = Math.min(Math.max(unit + 1, usedUnits.getAsLong()), first + range);
        final long bit = bitOf(segment);
        long runStart = first;
        while (runStart < end) {
            if (pages.isPrivate(runStart, bit)) {
                runStart++;
            } else {
                long runEnd = runStart + 1;
                while (runEnd < end && !pages.isPrivate(runEnd, bit)) {
                    runEnd++;
                }
                privatizeRun(segment, runStart, runEnd, made);
                runStart = runEnd;
            }
        }
        return pressure.test(privateUnits.get());
    }

    /**
     * Shares a run of private units again.
     *
     * @param segment index of the segment, from 1.
     * @param unit    first unit.
     * @param units   length of the run; all of them private.
     * @return false when the system has no mapping for that: they are private, as they were.
     */
    public boolean share(final int segment, final long unit, final long units) {
        final long bit = bitOf(segment);
        if (!strategy.share(segment, unit, units)) {
            budget.giveWay(runs.get());
            if (!strategy.share(segment, unit, units)) {
                return false;
            }
        }
        withdraw(unit, unit + units, bit);
        runs.addAndGet(neighbours(unit, unit + units, bit) - 1);
        privateUnits.addAndGet(-units);
        return true;
    }

    /**
     * Bit of a segment in the page table.
     *
     * @param segment index from 1.
     * @return the bit.
     */
    public static long bitOf(final int segment) {
        return 1L << segment - 1;
    }

    /**
     * Private units now, over all segments.
     *
     * @return the number.
     */
    public long privateUnits() {
        return privateUnits.get();
    }

    /**
     * Most private units there ever were at a time.
     *
     * @return the number.
     */
    public long peakPrivateUnits() {
        return peakPrivateUnits.get();
    }

    /**
     * Runs of adjacent private units now, over all segments.
     *
     * @return the number.
     */
    public long privateRuns() {
        return runs.get();
    }

    private void privatizeRun(final int segment, final long start, final long end, final LongList made) {
        final long bit = bitOf(segment);
        for (long u = start; u < end; u++) {
            pages.announce(u, bit);
        }
        try {
            strategy.privatize(segment, start, end - start);
        } catch (final NativeCallException e) {
            privatizeAgain(segment, start, end, e);
        } catch (final RuntimeException | Error e) {
            withdraw(start, end, bit);
            throw e;
        }
        for (long u = start; u < end; u++) {
            made.add(u);
        }
        final int joined = neighbours(start, end, bit);
        final long runsNow = runs.addAndGet(1 - joined);
        if (joined == 0 && strategy.usesMappingPerRun()) {
            budget.added(runsNow);
        }
        final long now = privateUnits.addAndGet(end - start);
        if (now > peakPrivateUnits.get()) {
            peakPrivateUnits.accumulateAndGet(now, Math::max);
        }
    }

    /** The system has refused: gives it what others may need now, and asks once more. */
    private void privatizeAgain(
        final int segment, final long start, final long end, final NativeCallException refusal) {
        try {
            if (!refusal.isOutOfMemory()) {
                throw refusal;
            }
            budget.giveWay(runs.get());
            strategy.privatize(segment, start, end - start);
        } catch (final NativeCallException e) {
            withdraw(start, end, bitOf(segment));
            throw e.isOutOfMemory() ? budget.exhausted(runs.get(), e) : e;
        }
    }

    private void withdraw(final long start, final long end, final long bit) {
        for (long u = start; u < end; u++) {
            pages.withdraw(u, bit);
        }
    }

    /** How many of the two units around a run are private: so many runs it joins, or leaves apart. */
    private int neighbours(final long start, final long end, final long bit) {
        return (start > 0 && pages.isPrivate(start - 1, bit) ? 1 : 0)
            + (end < pages.units() && pages.isPrivate(end, bit) ? 1 : 0);
    }

    private long unitsAtOnce() {
        if (!strategy.usesMappingPerRun()) {
            return 1;
        }
        final long step = runs.get() * BUDGET_STEPS / budget.maximumRuns();
        if (step == 0) {
            return 1;
        }
        final long whole = Long.highestOneBit(pages.units() * 2 - 1);
        return step >= BUDGET_STEPS - 1 ? whole : Math.min(whole, 1L << LOG_UNITS_PER_STEP * step);
    }
}
