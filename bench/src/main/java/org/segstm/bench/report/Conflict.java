package org.segstm.bench.report;

import org.segstm.bench.report.log.LoggedConflict;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** All conflicts between the same two places about objects of the same layout. */
public final class Conflict {
    private static final int BINS = 240;
    private static final int MOST_OBJECTS = 10_000;

    private final String layout;
    private final Place written;
    private final Place victim;
    private final TimeBins bins = new TimeBins(1, BINS);
    private final Set<Long> objects = new HashSet<>();
    private final Set<Integer> victims = new TreeSet<>();
    private final Set<Integer> writers = new TreeSet<>();
    private LoggedConflict last;
    private long count;
    private long lostNanos;

    Conflict(final String layout, final Place written, final Place victim) {
        this.layout = layout;
        this.written = written;
        this.victim = victim;
    }

    void add(final LoggedConflict logged) {
        count++;
        last = logged;
        lostNanos += logged.lostNanos();
        bins.count(0, logged.time(), logged.lostNanos());
        victims.add(logged.victim());
        if (logged.writer() != 0) {
            writers.add(logged.writer());
        }
        if (objects.size() < MOST_OBJECTS) {
            objects.add(logged.cardRef());
        }
    }

    /**
     * Layout of the objects.
     *
     * @return its name.
     */
    public String layout() {
        return layout;
    }

    /**
     * Where the one that committed wrote.
     *
     * @return the place.
     */
    public Place written() {
        return written;
    }

    /**
     * Where the one that was rolled back had read or written.
     *
     * @return the place.
     */
    public Place victim() {
        return victim;
    }

    /**
     * How often.
     *
     * @return number of conflicts.
     */
    public long count() {
        return count;
    }

    /**
     * Time run in vain.
     *
     * @return nanoseconds.
     */
    public long lostNanos() {
        return lostNanos;
    }

    /**
     * How many objects, or cards of large ones; not counted beyond ten thousand.
     *
     * @return number of them.
     */
    public int objects() {
        return objects.size();
    }

    /**
     * The last of the objects or cards.
     *
     * @return its ref and, where it has cards, which one.
     */
    public String lastObject() {
        return "0x" + Long.toHexString(last.objectRef()) + (last.card() < 0 ? "" : " card " + last.card());
    }

    /**
     * How many threads were rolled back.
     *
     * @return number of threads.
     */
    public int victims() {
        return victims.size();
    }

    /**
     * How many threads made others roll back.
     *
     * @return number of threads.
     */
    public int writers() {
        return writers.size();
    }

    /**
     * Time lost over the time of the log.
     *
     * @param end   of the log.
     * @param parts into which that time is divided.
     * @return nanoseconds lost in each part.
     */
    public double[] lostOver(final long end, final int parts) {
        return bins.parts(0, end, parts);
    }
}
