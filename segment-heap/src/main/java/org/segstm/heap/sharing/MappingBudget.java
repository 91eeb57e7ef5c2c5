package org.segstm.heap.sharing;

import org.segstm.bridge.MappingReserve;
import org.segstm.bridge.NativeCallException;
import org.segstm.bridge.Platform;
import org.segstm.heap.OutOfMappingsException;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many private runs a heap may have where each costs mappings. The configured number is an upper bound: the JVM and
 * others map too, nobody tells the heap, and the JVM ends the process when it finds no mapping for itself. So from time
 * to time this counts the mappings of the process, and leaves a share of what the system allows to them. And it holds
 * some that nobody uses, to be given back when others have taken the rest.
 */
public final class MappingBudget implements AutoCloseable {
    /** A run in the middle of a shared range splits that. */
    private static final long MAPPINGS_PER_RUN = 2;
    /** Share of the allowed mappings that page sharing leaves free, and that it holds for emergencies. */
    private static final int LOG_MARGIN_SHARE = 4;
    private static final int LOG_RESERVE_SHARE = 6;
    /** To count takes a millisecond for a thousand mappings: once for so many new runs, less often with much room. */
    private static final long LEAST_RUNS_BETWEEN_LOOKS = 64;
    private static final long MOST_RUNS_BETWEEN_LOOKS = 4096;
    private static final int LOG_LOOKS_UNTIL_FULL = 3;

    private final long configuredRuns;
    private final LongSupplier processMappings;
    private final long allowedMappings;
    private final AtomicLong runsUntilLook = new AtomicLong(1);
    private volatile long maximumRuns;
    private MappingReserve reserve;
    private boolean closed;

    /**
     * Makes the budget of a heap in this process, and takes the reserve, or none where there is no room for it.
     *
     * @param configuredRuns most runs whatever room there is, at least 1.
     */
    public MappingBudget(final long configuredRuns) {
        this(configuredRuns, Platform::mappingCount, Platform.maxMapCount());
    }

    MappingBudget(final long configuredRuns, final LongSupplier processMappings, final long allowedMappings) {
        this.configuredRuns = configuredRuns;
        this.processMappings = processMappings;
        this.allowedMappings = allowedMappings;
        maximumRuns = configuredRuns;
        holdReserve();
    }

    /**
     * Makes the budget of a heap whose private runs cost no mappings.
     *
     * @return one without a limit and without a reserve.
     */
    public static MappingBudget unlimited() {
        return new MappingBudget(Long.MAX_VALUE, () -> 0, 0);
    }

    /**
     * How many runs there may be now.
     *
     * @return at least 1.
     */
    public long maximumRuns() {
        return maximumRuns;
    }

    /**
     * There is a run more; looks at the process when it is time.
     *
     * @param runs there are now.
     */
    public void added(final long runs) {
        if (runsUntilLook.decrementAndGet() == 0) {
            look(runs);
        }
    }

    /**
     * The system has refused a mapping: gives the reserve back, for the heap's next try and whatever the JVM needs, and
     * allows no more runs than there are until the process is seen to have room again.
     *
     * @param runs there are now.
     */
    public synchronized void giveWay(final long runs) {
        releaseReserve();
        maximumRuns = Math.max(1, Math.min(configuredRuns, runs));
        runsUntilLook.set(LEAST_RUNS_BETWEEN_LOOKS);
    }

    /**
     * The system has refused a mapping for good.
     *
     * @param runs  there are now.
     * @param cause what it said.
     * @return to be thrown.
     */
    public OutOfMappingsException exhausted(final long runs, final NativeCallException cause) {
        return new OutOfMappingsException(processMappings.getAsLong(), allowedMappings, runs, cause);
    }

    /**
     * Mappings held for emergencies.
     *
     * @return their number, 0 after they were given back.
     */
    public synchronized long reservedMappings() {
        return reserve == null ? 0 : reserve.mappings();
    }

    @Override
    public synchronized void close() {
        closed = true;
        releaseReserve();
    }

    private synchronized void look(final long runs) {
        final long mappings = processMappings.getAsLong();
        final long free = allowedMappings - mappings;
        if (free < allowedMappings >>> LOG_RESERVE_SHARE) {
            releaseReserve();
        }
        final long room = mappings == 0 ? Long.MAX_VALUE
            : Math.max(0, free - (allowedMappings >>> LOG_MARGIN_SHARE)) / MAPPINGS_PER_RUN;
        maximumRuns = room >= configuredRuns ? configuredRuns : Math.max(1, Math.min(configuredRuns, runs + room));
        if (reserve == null && room * MAPPINGS_PER_RUN > allowedMappings >>> LOG_RESERVE_SHARE) {
            holdReserve();
        }
        runsUntilLook.set(Math.max(LEAST_RUNS_BETWEEN_LOOKS,
            Math.min(MOST_RUNS_BETWEEN_LOOKS, room >>> LOG_LOOKS_UNTIL_FULL)));
    }

    private void holdReserve() {
        final long wanted = allowedMappings >>> LOG_RESERVE_SHARE;
        if (closed || wanted == 0) {
            return;
        }
        try {
            reserve = MappingReserve.hold(wanted);
        } catch (final NativeCallException e) {
            // There is no room for it now: the next look tries again.
            reserve = null;
        }
    }

    private void releaseReserve() {
        if (reserve != null) {
            reserve.release();
            reserve = null;
        }
    }
}
