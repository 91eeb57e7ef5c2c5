package org.segstm.heap.sharing;

import java.util.Arrays;
import org.segstm.bridge.NativeCallException;

/**
 * The parts of one copy-on-write view that are mapped as the base is: stores into them reach the base at once, and cost
 * no copy. New large objects are made there, as nobody else can reach them before their commit. A unit in a direct
 * range is not private. Used by who runs in the segment.
 *
 * <p>A range is <i>live</i> while the transaction runs that opened it, and may rely on it. After that it stays as it
 * is, a shared part like any other, until the view has to make one of its units private, or others take its place in
 * the table: each range costs two mappings of the process. A long transaction may have many live ones, few stale ones
 * are kept.
 */
public final class DirectRanges {
    private static final int MAXIMUM_RANGES = 4096;
    /** More are kept only while they are live. */
    private static final int USUAL_RANGES = 64;
    private static final long MAPPINGS_PER_RANGE = 2;
    /** Opening a range adds one, and may leave two parts of one that it cuts. */
    private static final int RANGES_PER_OPENING = 2;

    private final SharingStrategy strategy;
    private final int segment;
    private final int capacity;
    /** Disjoint, in ascending order. */
    private long[] starts;
    private long[] ends;
    private long[] ages;
    private int count;
    private int staleCount;
    private long newestAge;
    /** Ranges up to this age are stale. */
    private long settledAge;
    private long lastStart;
    private long lastUnits;

    /**
     * Makes the empty table of a view.
     *
     * @param strategy of page sharing, one that has direct ranges.
     * @param segment  index of the view, from 1.
     * @param mappings of the process that the view may use for them.
     */
    public DirectRanges(final SharingStrategy strategy, final int segment, final long mappings) {
        this.strategy = strategy;
        this.segment = segment;
        capacity = (int) Math.min(MAXIMUM_RANGES, mappings / MAPPINGS_PER_RANGE);
        final int length = Math.min(USUAL_RANGES, capacity);
        starts = new long[length];
        ends = new long[length];
        ages = new long[length];
    }

    /**
     * Makes units direct for the running transaction.
     *
     * @param first unit; it and the following ones are not private, and in the hands of the caller alone.
     * @param end   index after the last unit.
     * @return end of the units that are direct now, before the given one where the table or the system has no room.
     */
    public long open(final long first, final long end) {
        final int known = indexOf(first);
        if (isLiveAt(known) && ends[known] >= end) {
            return end;
        }
        long reached = first;
        try {
            if (!makeRoom()) {
                return first;
            }
            while (reached < end) {
                final int i = indexOf(reached);
                final long next = Math.min(end, i >= 0 ? ends[i] : nextStart(reached));
                if (i < 0) {
                    strategy.mapDirect(segment, reached, next - reached);
                }
                reached = next;
            }
        } catch (final NativeCallException e) {
            if (reached == first) {
                return first;
            }
        }
        cut(first, reached);
        insertLive(first, reached);
        return reached;
    }

    /**
     * Are there none?
     *
     * @return true when no unit is direct.
     */
    public boolean isEmpty() {
        return count == 0;
    }

    /**
     * Is a unit in a direct range?
     *
     * @param unit index.
     * @return true when it is.
     */
    public boolean contains(final long unit) {
        return count != 0 && indexOf(unit) >= 0;
    }

    /**
     * May the running transaction rely on it that its stores into a unit reach the base?
     *
     * @param unit index.
     * @return true when the unit is in a live range.
     */
    public boolean isLive(final long unit) {
        if (unit >= lastStart && unit < lastStart + lastUnits) {
            return true;
        }
        final int i = count == staleCount ? -1 : indexOf(unit);
        if (!isLiveAt(i)) {
            return false;
        }
        lastStart = starts[i];
        lastUnits = ends[i] - lastStart;
        return true;
    }

    /**
     * First unit of a range.
     *
     * @param unit that is in it.
     * @return index.
     */
    public long startOf(final long unit) {
        return starts[indexOf(unit)];
    }

    /**
     * End of a range.
     *
     * @param unit that is in it.
     * @return index after the last unit.
     */
    public long endOf(final long unit) {
        return ends[indexOf(unit)];
    }

    /**
     * Ends a range: from now on the first store into each of its units makes the kernel copy it.
     *
     * @param unit that is in it.
     */
    public void close(final long unit) {
        final int i = indexOf(unit);
        strategy.mapCopyOnWrite(segment, starts[i], ends[i] - starts[i]);
        remove(i);
    }

    /**
     * Takes one unit out of a range, of which the rest stays as it is.
     *
     * @param unit that is in it.
     * @return false when there is no room for the two parts; then nothing has changed.
     */
    public boolean closeOnly(final long unit) {
        if (count == capacity) {
            return false;
        }
        strategy.mapCopyOnWrite(segment, unit, 1);
        cut(unit, unit + 1);
        return true;
    }

    /** The transaction is over: nobody relies on the ranges any more. */
    public void settle() {
        if (staleCount != count) {
            staleCount = count;
            settledAge = newestAge;
            lastUnits = 0;
        }
    }

    /** What a long transaction leaves behind beyond the usual number goes little by little. */
    private boolean makeRoom() {
        for (int closed = 0; closed < RANGES_PER_OPENING || count + RANGES_PER_OPENING > capacity; closed++) {
            if (count + RANGES_PER_OPENING <= Math.min(USUAL_RANGES, capacity)) {
                return true;
            }
            if (staleCount == 0) {
                return count + RANGES_PER_OPENING <= capacity;
            }
            close(starts[oldest()]);
        }
        return true;
    }

    private int oldest() {
        int oldest = 0;
        for (int i = 1; i < count; i++) {
            if (ages[i] < ages[oldest]) {
                oldest = i;
            }
        }
        return oldest;
    }

    private boolean isLiveAt(final int index) {
        return index >= 0 && ages[index] > settledAge;
    }

    private int indexOf(final long unit) {
        final int i = indexBefore(unit + 1);
        return i >= 0 && unit < ends[i] ? i : -1;
    }

    /** The last range that begins before a unit; -1 when there is none. */
    private int indexBefore(final long unit) {
        final int found = Arrays.binarySearch(starts, 0, count, unit);
        return found >= 0 ? found - 1 : -found - 2;
    }

    private long nextStart(final long unit) {
        final int next = indexBefore(unit + 1) + 1;
        return next < count ? starts[next] : Long.MAX_VALUE;
    }

    /** Takes units out of the ranges that are there. */
    private void cut(final long first, final long end) {
        lastUnits = 0;
        for (int i = indexBefore(end); i >= 0 && ends[i] > first; i--) {
            final long oldEnd = ends[i];
            final long age = ages[i];
            if (starts[i] < first) {
                ends[i] = first;
            } else {
                remove(i);
            }
            if (oldEnd > end) {
                insert(end, oldEnd, age);
            }
        }
    }

    /** Live neighbours become one range: places that are used again at other sizes shall not use up the table. */
    private void insertLive(final long first, final long end) {
        final int before = first == 0 ? -1 : indexOf(first - 1);
        final boolean joinsBefore = isLiveAt(before);
        final long joinedStart = joinsBefore ? starts[before] : first;
        if (joinsBefore) {
            remove(before);
        }
        final int after = indexOf(end);
        final boolean joinsAfter = isLiveAt(after);
        final long joinedEnd = joinsAfter ? ends[after] : end;
        if (joinsAfter) {
            remove(after);
        }
        insert(joinedStart, joinedEnd, ++newestAge);
    }

    private void insert(final long start, final long end, final long age) {
        if (count == starts.length) {
            final int length = Math.min(capacity, 2 * count);
            starts = Arrays.copyOf(starts, length);
            ends = Arrays.copyOf(ends, length);
            ages = Arrays.copyOf(ages, length);
        }
        final int at = indexBefore(start) + 1;
        insert(starts, at, start);
        insert(ends, at, end);
        insert(ages, at, age);
        count++;
        lastUnits = 0;
        staleCount += age <= settledAge ? 1 : 0;
    }

    private void insert(final long[] column, final int at, final long value) {
        System.arraycopy(column, at, column, at + 1, count - at);
        column[at] = value;
    }

    private void remove(final int at) {
        staleCount -= ages[at] <= settledAge ? 1 : 0;
        count--;
        System.arraycopy(starts, at + 1, starts, at, count - at);
        System.arraycopy(ends, at + 1, ends, at, count - at);
        System.arraycopy(ages, at + 1, ages, at, count - at);
        lastUnits = 0;
    }
}
