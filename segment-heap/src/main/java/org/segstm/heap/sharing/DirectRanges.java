package org.segstm.heap.sharing;

import org.segstm.bridge.NativeCallException;

/**
 * The parts of one copy-on-write view that are mapped as the base is: stores into them reach the base at once, and cost
 * no copy. New large objects are made there, as nobody else can reach them before their commit. A unit in a direct
 * range is not private. Used by who runs in the segment.
 *
 * <p>A range is <i>live</i> while the transaction runs that opened it, and may rely on it. After that it stays as it
 * is, a shared part like any other, until the view has to make one of its units private, or its place in the table is
 * needed: each range costs two mappings of the process.
 */
public final class DirectRanges {
    private static final int MAXIMUM_RANGES = 64;
    private static final long MAPPINGS_PER_RANGE = 2;

    private final SharingStrategy strategy;
    private final int segment;
    /** The oldest first, the live ones last. */
    private final long[] starts;
    private final long[] ends;
    private int count;
    private int staleCount;
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
        final int capacity = (int) Math.min(MAXIMUM_RANGES, mappings / MAPPINGS_PER_RANGE);
        starts = new long[capacity];
        ends = new long[capacity];
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
        if (known >= staleCount && ends[known] >= end) {
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
        insert(count, first, reached);
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
        if (i < staleCount) {
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

    /** The transaction is over: nobody relies on the ranges any more. */
    public void settle() {
        if (staleCount != count) {
            staleCount = count;
            lastUnits = 0;
        }
    }

    /** Opening a range adds one, and may leave two parts of one that it cuts. */
    private boolean makeRoom() {
        while (count + 2 > starts.length) {
            if (staleCount == 0) {
                return false;
            }
            close(starts[0]);
        }
        return true;
    }

    private int indexOf(final long unit) {
        for (int i = count - 1; i >= 0; i--) {
            if (unit >= starts[i] && unit < ends[i]) {
                return i;
            }
        }
        return -1;
    }

    private long nextStart(final long unit) {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            if (starts[i] > unit) {
                next = Math.min(next, starts[i]);
            }
        }
        return next;
    }

    /** Takes units out of the ranges that are there. */
    private void cut(final long first, final long end) {
        for (int i = count - 1; i >= 0; i--) {
            final long oldEnd = ends[i];
            if (starts[i] < end && oldEnd > first) {
                if (oldEnd > end) {
                    insert(i + 1, end, oldEnd);
                    staleCount += i < staleCount ? 1 : 0;
                }
                if (starts[i] < first) {
                    ends[i] = first;
                } else {
                    remove(i);
                }
            }
        }
    }

    private void insert(final int at, final long start, final long end) {
        System.arraycopy(starts, at, starts, at + 1, count - at);
        System.arraycopy(ends, at, ends, at + 1, count - at);
        starts[at] = start;
        ends[at] = end;
        count++;
        lastUnits = 0;
    }

    private void remove(final int at) {
        count--;
        System.arraycopy(starts, at + 1, starts, at, count - at);
        System.arraycopy(ends, at + 1, ends, at, count - at);
        lastUnits = 0;
        if (at < staleCount) {
            staleCount--;
        }
    }
}
