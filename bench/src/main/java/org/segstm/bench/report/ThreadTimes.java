package org.segstm.bench.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the time of one thread went. It is busy with one activity at a time, so all times add up to the time since it
 * was attached; only what a damaged log does not tell is missing. Time run is booked when the outcome is known.
 */
public final class ThreadTimes {
    private static final int BINS = 720;
    private static final int NOTHING = -1;

    private final String name;
    private long attachedAt;
    private final TimeGroup[] groups;
    private final long[] nanos;
    private final long[] counts;
    private final long[] abortedNanos;
    private final long[] aborted;
    private final Map<String, Long> others = new LinkedHashMap<>();
    /** Begin and end in turn. */
    private long[] undecidedRuns = new long[8];
    private int undecidedCount;
    private final TimeBins bins = new TimeBins(TimeGroup.values().length, BINS);
    private int activity = NOTHING;
    private boolean begun;
    private long since;
    private long committedNanos;
    private long committed;
    private long inevitable;
    private long undecidedNanos;
    private long unknownNanos;

    ThreadTimes(final String name, final long attachedAt, final List<String> activities, final int causes) {
        this.name = name;
        this.attachedAt = attachedAt;
        this.since = attachedAt;
        this.groups = activities.stream().map(TimeGroup::of).toArray(TimeGroup[]::new);
        this.nanos = new long[groups.length];
        this.counts = new long[groups.length];
        this.abortedNanos = new long[causes];
        this.aborted = new long[causes];
    }

    void switchTo(final int newActivity, final long time) {
        bookUntil(time);
        activity = newActivity;
        counts[newActivity]++;
    }

    /** What happens from now on is not known, until the next activity begins. */
    void loseTrack(final long time) {
        begun = true;
        bookUntil(time);
        bookRuns(TimeGroup.COMMITTED);
        unknownNanos += undecidedNanos;
        undecidedNanos = 0;
        activity = NOTHING;
    }

    void committed(final long time, final boolean asInevitable) {
        bookUntil(time);
        committed++;
        inevitable += asInevitable ? 1 : 0;
        committedNanos += undecidedNanos;
        undecidedNanos = 0;
        bookRuns(TimeGroup.COMMITTED);
    }

    void aborted(final long time, final int cause) {
        bookUntil(time);
        aborted[cause]++;
        abortedNanos[cause] += undecidedNanos;
        undecidedNanos = 0;
        bookRuns(TimeGroup.ABORTED);
    }

    void other(final String event) {
        others.merge(event, 1L, Long::sum);
    }

    void end(final long time) {
        bookUntil(time);
        bookRuns(TimeGroup.COMMITTED);
    }

    private void bookUntil(final long time) {
        final long now = Math.max(time, since);
        if (!begun) {
            // It is there when its first activity begins.
            begun = true;
            attachedAt = now;
        } else if (activity == NOTHING) {
            unknownNanos += now - since;
        } else if (groups[activity] == TimeGroup.COMMITTED) {
            undecidedNanos += now - since;
            addUndecided(since, now);
        } else {
            nanos[activity] += now - since;
            bins.add(groups[activity].ordinal(), since, now);
        }
        since = now;
    }

    private void bookRuns(final TimeGroup group) {
        for (int i = 0; i < undecidedCount; i += 2) {
            bins.add(group.ordinal(), undecidedRuns[i], undecidedRuns[i + 1]);
        }
        undecidedCount = 0;
    }

    private void addUndecided(final long from, final long to) {
        if (undecidedCount == undecidedRuns.length) {
            undecidedRuns = Arrays.copyOf(undecidedRuns, 2 * undecidedCount);
        }
        undecidedRuns[undecidedCount++] = from;
        undecidedRuns[undecidedCount++] = to;
    }

    /**
     * The thread's name.
     *
     * @return name of its mutator.
     */
    public String name() {
        return name;
    }

    /**
     * When its mutator was attached: its first activity began.
     *
     * @return nanoseconds since the log began.
     */
    public long attachedAt() {
        return attachedAt;
    }

    /**
     * Time of the last event, or the end of the log.
     *
     * @return nanoseconds since the log began.
     */
    long last() {
        return since;
    }

    /**
     * Time spent with an activity; for running, what is not decided when the log ends.
     *
     * @param index of the activity in the header of the log.
     * @return nanoseconds.
     */
    public long nanos(final int index) {
        return groups[index] == TimeGroup.COMMITTED ? undecidedNanos : nanos[index];
    }

    /**
     * How often an activity began.
     *
     * @param index of the activity in the header of the log.
     * @return number of times.
     */
    public long count(final int index) {
        return counts[index];
    }

    /**
     * Time run by transactions that were rolled back.
     *
     * @param cause its number in the header of the log.
     * @return nanoseconds.
     */
    public long abortedNanos(final int cause) {
        return abortedNanos[cause];
    }

    /**
     * Transactions that were rolled back.
     *
     * @param cause its number in the header of the log.
     * @return how many.
     */
    public long aborted(final int cause) {
        return aborted[cause];
    }

    /**
     * All transactions that were rolled back.
     *
     * @return how many.
     */
    public long aborted() {
        return Arrays.stream(aborted).sum();
    }

    /**
     * Time run by transactions that committed.
     *
     * @return nanoseconds.
     */
    public long committedNanos() {
        return committedNanos;
    }

    /**
     * Transactions that committed.
     *
     * @return how many.
     */
    public long committed() {
        return committed;
    }

    /**
     * Transactions that committed as inevitable ones.
     *
     * @return how many.
     */
    public long inevitable() {
        return inevitable;
    }

    /**
     * Time of which the log does not tell what the thread did.
     *
     * @return nanoseconds.
     */
    public long unknownNanos() {
        return unknownNanos;
    }

    /**
     * Time before the thread was there, and with known activities: what the rows of a report add up to.
     *
     * @return nanoseconds.
     */
    public long sumNanos() {
        return attachedAt + committedNanos + undecidedNanos + Arrays.stream(abortedNanos).sum()
            + Arrays.stream(nanos).sum();
    }

    /**
     * Time in all activities of a group; what is undecided counts as committed.
     *
     * @param group of activities.
     * @return nanoseconds.
     */
    public long nanos(final TimeGroup group) {
        if (group == TimeGroup.COMMITTED) {
            return committedNanos + undecidedNanos;
        }
        if (group == TimeGroup.ABORTED) {
            return Arrays.stream(abortedNanos).sum();
        }
        long sum = 0;
        for (int i = 0; i < groups.length; i++) {
            sum += groups[i] == group ? nanos[i] : 0;
        }
        return sum;
    }

    /**
     * Further events, by name.
     *
     * @return how many of each.
     */
    public Map<String, Long> others() {
        return others;
    }

    /**
     * Time with a group of activities, over the time of the log.
     *
     * @param group of activities.
     * @param end   of the log.
     * @param parts into which that time is divided.
     * @return nanoseconds in each part.
     */
    public double[] over(final TimeGroup group, final long end, final int parts) {
        return bins.parts(group.ordinal(), end, parts);
    }
}
