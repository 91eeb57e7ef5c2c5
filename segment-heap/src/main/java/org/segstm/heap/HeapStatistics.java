package org.segstm.heap;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Figures of a heap; a copy that does not change. Counters of running mutators are as of a moment ago. */
public final class HeapStatistics {
    private final List<MutatorStatistics> mutators;
    private final MutatorStatistics total = new MutatorStatistics("total");
    private final long usedBytes;
    private final long privateBytes;
    private final long peakPrivateBytes;
    private final long fileBytes;
    private final long logBytes;
    private final long revision;
    private final long reshares;
    private final long majors;
    private final long liveBytes;

    HeapStatistics(
        final List<MutatorStatistics> mutators, final long usedBytes, final long privateBytes,
        final long peakPrivateBytes, final long fileBytes, final long logBytes, final long revision,
        final long reshares, final long majors, final long liveBytes) {
        this.mutators = Collections.unmodifiableList(new ArrayList<>(mutators));
        this.mutators.forEach(total::add);
        this.usedBytes = usedBytes;
        this.privateBytes = privateBytes;
        this.peakPrivateBytes = peakPrivateBytes;
        this.fileBytes = fileBytes;
        this.logBytes = logBytes;
        this.revision = revision;
        this.reshares = reshares;
        this.majors = majors;
        this.liveBytes = liveBytes;
    }

    /**
     * Statistics of each mutator, also of closed ones.
     *
     * @return list in the order of attachment.
     */
    public List<MutatorStatistics> mutators() {
        return mutators;
    }

    /**
     * Sum over the mutators.
     *
     * @return the sum.
     */
    public MutatorStatistics total() {
        return total;
    }

    /**
     * Bytes of the old space in use.
     *
     * @return bytes.
     */
    public long usedBytes() {
        return usedBytes;
    }

    /**
     * Private copies of old-space pages now, over all segments.
     *
     * @return bytes.
     */
    public long privateBytes() {
        return privateBytes;
    }

    /**
     * Most private copies there ever were at a time.
     *
     * @return bytes.
     */
    public long peakPrivateBytes() {
        return peakPrivateBytes;
    }

    /**
     * Memory behind the heap's file.
     *
     * @return bytes.
     */
    public long fileBytes() {
        return fileBytes;
    }

    /**
     * Memory of the commit log.
     *
     * @return bytes.
     */
    public long logBytes() {
        return logBytes;
    }

    /**
     * Newest revision that any view has reached.
     *
     * @return revision.
     */
    public long revision() {
        return revision;
    }

    /**
     * How often the views were reshared.
     *
     * @return the number.
     */
    public long reshares() {
        return reshares;
    }

    /**
     * Major collections.
     *
     * @return the number.
     */
    public long majorCollections() {
        return majors;
    }

    /**
     * Memory of the objects that lived on in the last major collection.
     *
     * @return bytes, 0 before the first one.
     */
    public long liveBytes() {
        return liveBytes;
    }
}
