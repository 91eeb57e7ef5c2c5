package org.segstm.heap.segment;

/**
 * The control page of a segment: what other threads, tools and generated code reach at a fixed offset. Words that
 * different threads write are {@value #BYTES_IN_LINE} bytes apart.
 *
 * <pre>
 *    0  +---------------------------------------------------------------+  line 0: written by the mutator only
 *       |  Nursery position (ref of the next young object)              |
 *    8  +---------------------------------------------------------------+
 *       |  Read version (1 to 255)                                      |
 *   16  +---------------------------------------------------------------+
 *       |  Units made private since the segment was attached            |
 *   24  +---------------------------------------------------------------+
 *       |  Units private now                                            |
 *       +---------------------------------------------------------------+
 *  128  |  Nursery limit: end of the zeroed part, or 0 as a signal      |  line 1: any thread may store the signal
 *       +---------------------------------------------------------------+
 *  256  |  Run state, see {@link RunState}                              |  line 2: entered by compare-and-set
 *       +---------------------------------------------------------------+
 *  384  |  Requests, see {@link RunState}                               |  line 3: set by others, rarely
 *       +---------------------------------------------------------------+
 *  512  |  View revision                                                |  line 4: release by owner, read by all
 *       +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Matching pairs: view revision is stored with release after the entry was applied and loaded with acquire by who
 * frees the log; the limit is loaded opaque by safepoint polls. Run state and requests are Dekker's pair: who enters
 * a segment compare-and-sets the state, then looks at the requests; who wants it to stand still sets the request, then
 * looks at the state.
 */
public final class ControlPage {
    /** Distance of words written by different threads: two cache lines, as prefetchers fetch pairs. */
    public static final int BYTES_IN_LINE = 128;

    /** Nursery position. */
    public static final int NURSERY_POSITION_OFFSET;
    /** Read version. */
    public static final int READ_VERSION_OFFSET;
    /** Units made private since the segment was attached. */
    public static final int PRIVATIZED_UNITS_OFFSET;
    /** Units private now. */
    public static final int PRIVATE_UNITS_OFFSET;
    /** Nursery limit, the signal word. */
    public static final int NURSERY_LIMIT_OFFSET;
    /** Run state. */
    public static final int RUN_STATE_OFFSET;
    /** Requests. */
    public static final int REQUESTS_OFFSET;
    /** View revision. */
    public static final int VIEW_REVISION_OFFSET;
    /** Bytes in use. */
    public static final int LENGTH;

    static {
        int offset = 0;
        NURSERY_POSITION_OFFSET = offset;
        offset += Long.BYTES;
        READ_VERSION_OFFSET = offset;
        offset += Long.BYTES;
        PRIVATIZED_UNITS_OFFSET = offset;
        offset += Long.BYTES;
        PRIVATE_UNITS_OFFSET = offset;
        offset = BYTES_IN_LINE;
        NURSERY_LIMIT_OFFSET = offset;
        offset += BYTES_IN_LINE;
        RUN_STATE_OFFSET = offset;
        offset += BYTES_IN_LINE;
        REQUESTS_OFFSET = offset;
        offset += BYTES_IN_LINE;
        VIEW_REVISION_OFFSET = offset;
        offset += BYTES_IN_LINE;
        LENGTH = offset;
    }

    private ControlPage() {
    }
}
