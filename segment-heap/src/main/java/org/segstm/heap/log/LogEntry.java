package org.segstm.heap.log;

/**
 * An entry of the commit log: the redo record of one update transaction. Immutable once its predecessor's
 * {@code next} points to it.
 *
 * <pre>
 *    0  +---------------------------------------------------------------+  64-byte aligned
 *       |  Next: address of the next entry, 0, or CLOSED                |
 *    8  +---------------------------------------------------------------+
 *       |  Revision                                                     |
 *   16  +---------------------------------------------------------------+
 *       |  Bytes of records                                             |
 *   24  +---------------------------------------------------------------+
 *       |  Records: a small commit has all of them in this cache line  ...
 *
 *  record, all kinds but FRESH:
 *       +-------------------------------------------+-------------+-----+
 *       |  slice ref &gt;&gt;&gt; 4  (44 bits)               |  mask (16)  | kind|
 *       +-------------------------------------------+-------------+-----+
 *       |  the words of the slice that the mask names, lowest first     |
 *       |  (of a counter: what to add to them)                          |
 *       +---------------------------------------------------------------+
 *  record, kind FRESH: mask 0
 *       +-------------------------------------------+-------------+-----+
 *       |  object ref &gt;&gt;&gt; 4                         |  0          | kind|
 *       +-------------------------------------------+-------------+-----+
 *       |  Size of the object in bytes                                  |
 *       +---------------------------------------------------------------+
 *       |  the object, header included                                 ...
 * </pre>
 *
 * <p>Matching pairs: {@code next} is compare-and-set by the committer (or stored with release by the inevitable
 * transaction that closed the log) and loaded with acquire by readers.
 */
public final class LogEntry {
    /** Value of {@code next} while an inevitable transaction keeps others from committing. */
    public static final long CLOSED = 1;
    /** Checked mode: all words of memory that held entries and is free. */
    public static final long FREED = 0xDEAD_DEAD_DEAD_DEADL;
    /** Kind: conflicts with whoever has the slice's granule marked as read. */
    public static final int KIND_CHECKED = 0;
    /** Kind: further slice of an object whose first slice is checked. */
    public static final int KIND_UNCHECKED = 1;
    /** Kind: what to add to counters; conflicts like a checked one. */
    public static final int KIND_COUNTER = 2;
    /** Kind: further slice of counters. */
    public static final int KIND_COUNTER_REST = 3;
    /** Kind: slice of an object without conflicts. */
    public static final int KIND_NO_CONFLICT = 5;
    /** Kind: whole object that nobody could reach before; applied where its units are private. */
    public static final int KIND_FRESH = 7;

    /** Address of the next entry. */
    public static final int NEXT_OFFSET;
    /** Revision. */
    public static final int REVISION_OFFSET;
    /** Bytes of records, 64 bits. */
    public static final int RECORD_BYTES_OFFSET;
    /** First record. */
    public static final int RECORDS_OFFSET;
    /** Alignment of entries. */
    public static final int BYTES_IN_LINE = 64;

    private static final int UNCHECKED_BIT = 1;
    private static final int KIND_MASK = 0xF;
    private static final int MASK_SHIFT = 4;
    private static final int MASK_MASK = 0xFFFF;
    private static final int REF_SHIFT = 20;
    private static final int REF_ALIGNMENT_SHIFT = 4;

    static {
        int offset = 0;
        NEXT_OFFSET = offset;
        offset += Long.BYTES;
        REVISION_OFFSET = offset;
        offset += Long.BYTES;
        RECORD_BYTES_OFFSET = offset;
        offset += Long.BYTES;
        RECORDS_OFFSET = offset;
    }

    private LogEntry() {
    }

    /**
     * First word of a record.
     *
     * @param ref  of slice or object.
     * @param mask of changed words.
     * @param kind of the record.
     * @return the word.
     */
    public static long record(final long ref, final int mask, final int kind) {
        return ref << REF_SHIFT - REF_ALIGNMENT_SHIFT | (long) mask << MASK_SHIFT | kind;
    }

    /**
     * Ref of a record.
     *
     * @param record first word.
     * @return ref of slice or object.
     */
    public static long refOf(final long record) {
        return record >>> REF_SHIFT << REF_ALIGNMENT_SHIFT;
    }

    /**
     * Changed words of a record.
     *
     * @param record first word.
     * @return a bit per word.
     */
    public static int maskOf(final long record) {
        return (int) (record >>> MASK_SHIFT) & MASK_MASK;
    }

    /**
     * Kind of a record.
     *
     * @param record first word.
     * @return one of the kinds.
     */
    public static int kindOf(final long record) {
        return (int) record & KIND_MASK;
    }

    /**
     * Does a record conflict with whoever has its granule marked as read?
     *
     * @param record first word.
     * @return true when it does.
     */
    public static boolean isChecked(final long record) {
        return (record & UNCHECKED_BIT) == 0;
    }

    /**
     * Are the words of a record to be added to what is there?
     *
     * @param record first word.
     * @return true for counters.
     */
    public static boolean isCounter(final long record) {
        return (record & KIND_MASK & ~UNCHECKED_BIT) == KIND_COUNTER;
    }
}
