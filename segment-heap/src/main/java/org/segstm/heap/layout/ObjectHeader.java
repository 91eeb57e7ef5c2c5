package org.segstm.heap.layout;

/**
 * The first word of every object, and the words that follow it.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------+---------------+-------------------------------+
 *  |  Flags        |  Identity     |  Offset of the variable part  |
 *  +---------------+---------------+-------------------------------+
 *  |  Layout id                                                    |
 *  +---------------------------------------------------------------+
 *  |  Length of the variable part in elements (64 bits),           |
 *  |  only where the layout has one                                |
 *  +---------------------------------------------------------------+
 *  |  Fixed fields, then the variable part                        ...
 * </pre>
 *
 * <p>The identity byte is set while an object is young and does not change afterwards. Flags belong to one view: the
 * header of a committed object never travels in the commit log, so a flag that one segment changes in its private copy
 * of the page stays there. A forwarded nursery object holds the ref of its copy with {@link #FORWARDED} set instead of
 * a header.
 */
public final class ObjectHeader {
    /** log2 of the alignment of objects, which is also what one read marker covers. */
    public static final int LOG_BYTES_IN_GRANULE = 4;
    /** Alignment of objects, in bytes. */
    public static final int BYTES_IN_GRANULE = 1 << LOG_BYTES_IN_GRANULE;
    /** Mask of the bits that a ref never has set. */
    public static final int GRANULE_MASK = BYTES_IN_GRANULE - 1;
    /** log2 of the bytes in a word. */
    public static final int LOG_BYTES_IN_WORD = 3;
    /** Bytes in a word. */
    public static final int BYTES_IN_WORD = 1 << LOG_BYTES_IN_WORD;
    /** log2 of the bytes in a card. */
    public static final int LOG_BYTES_IN_CARD = 7;
    /** Bytes in a card: the unit of conflict, undo and redo inside an object with a variable part. */
    public static final int BYTES_IN_CARD = 1 << LOG_BYTES_IN_CARD;
    /** Mask of the offset inside a card. */
    public static final int CARD_MASK = BYTES_IN_CARD - 1;

    /** The write barrier of this object takes its slow path. */
    public static final int WRITE_BARRIER = 1;
    /** The object is in the write set of the transaction that runs in this view. */
    public static final int IN_WRITE_SET = 1 << 1;
    /** Promoted by the transaction that still runs in this view; nobody else can reach it. */
    public static final int OVERFLOW = 1 << 2;
    /** The header is not one: it holds the ref of the object's copy. */
    public static final int FORWARDED = 1 << 3;
    /** Young, but allocated outside the nursery. */
    public static final int YOUNG_OUTSIDE = 1 << 4;
    /** Reached by the running minor collection (young objects outside the nursery only). */
    public static final int REACHED = 1 << 5;
    /** Has more than one card: the write barrier flag stays set and each card has its own write mark. */
    public static final int MULTI_CARD = 1 << 6;

    /** Mask of the flags in a header word. */
    public static final int FLAGS_MASK = 0xFF;
    /** Young, with a slot of the old space reserved for it: its place after promotion, hence its identity. */
    public static final int HAS_IDENTITY = 1 << 8;
    /** Its identity hash was given to it, and is kept in a table. */
    public static final int GIVEN_HASH = 1 << 9;
    /** Mask of all in a header word that does not come from the layout. */
    public static final int OBJECT_MASK = 0xFFFF;

    /** Offset of the flags byte. */
    public static final int FLAGS_OFFSET = 0;
    /** Offset of the offset of the variable part (16 bits, 0 without one): an element is found without the layout. */
    public static final int VARIABLE_OFFSET_OFFSET = 2;
    /** Offset of the layout id (32 bits). */
    public static final int LAYOUT_ID_OFFSET = 4;
    /** Length of the header in bytes. */
    public static final int HEADER_LENGTH = 8;
    /** Offset of the length word of an object with a variable part. */
    public static final int VARIABLE_LENGTH_OFFSET = 8;
    /** Size of the smallest object in bytes. */
    public static final int MINIMUM_OBJECT_LENGTH = BYTES_IN_GRANULE;

    private ObjectHeader() {
    }

    /**
     * A header word.
     *
     * @param layoutId       id of the object's layout.
     * @param variableOffset offset of its variable part, 0 without one; below 32 KiB.
     * @param flags          flags of this class.
     * @return the word to store at the object's start.
     */
    public static long header(final int layoutId, final int variableOffset, final int flags) {
        return (long) layoutId << LAYOUT_ID_OFFSET * Byte.SIZE
            | (long) variableOffset << VARIABLE_OFFSET_OFFSET * Byte.SIZE | flags;
    }

    /**
     * Layout id of a header word.
     *
     * @param header word that is not forwarded.
     * @return the layout id.
     */
    public static int layoutId(final long header) {
        return (int) (header >>> LAYOUT_ID_OFFSET * Byte.SIZE);
    }

    /**
     * Is the word a forwarding word?
     *
     * @param header first word of a nursery object.
     * @return true when the object has moved.
     */
    public static boolean isForwarded(final long header) {
        return (header & FORWARDED) != 0;
    }

    /**
     * The forwarding word that points to a copy.
     *
     * @param ref of the copy.
     * @return word to store in place of the header.
     */
    public static long forwardingTo(final long ref) {
        return ref | FORWARDED;
    }

    /**
     * The copy a forwarding word points to.
     *
     * @param header forwarding word.
     * @return ref of the copy.
     */
    public static long forwardedRef(final long header) {
        return header & ~(long) GRANULE_MASK;
    }

    /**
     * Does a value of a ref field point to an object? Null and immediates (lowest bit set) do not.
     *
     * @param value of a ref field or root.
     * @return true when the value is the ref of an object.
     */
    public static boolean isObjectRef(final long value) {
        return value != 0 && (value & 1) == 0;
    }

    /**
     * Rounds a size up to the alignment of objects.
     *
     * @param bytes size.
     * @return the next multiple of {@link #BYTES_IN_GRANULE}.
     */
    public static long alignToGranule(final long bytes) {
        return bytes + GRANULE_MASK & ~(long) GRANULE_MASK;
    }
}
