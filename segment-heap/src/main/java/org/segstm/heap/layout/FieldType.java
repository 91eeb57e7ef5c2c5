package org.segstm.heap.layout;

/** Types of fields and of the elements of a variable part. */
public enum FieldType {
    /** A ref, null (0) or an immediate (any value with its lowest bit set, never followed by the collector). */
    REF(8),
    /**
     * A weak ref: like {@link #REF}, read and written in the same way, but it keeps nothing alive. It becomes null when
     * the collector finds that its object cannot be reached otherwise.
     */
    WEAK(8),
    /** 8-bit integer. */
    INT8(1),
    /** 16-bit integer. */
    INT16(2),
    /** 32-bit integer. */
    INT32(4),
    /** 64-bit integer. */
    INT64(8),
    /** 32-bit IEEE float. */
    FLOAT(4),
    /** 64-bit IEEE float. */
    DOUBLE(8);

    private final int bytes;

    FieldType(final int bytes) {
        this.bytes = bytes;
    }

    /**
     * Does a field of this type hold refs?
     *
     * @return true for {@link #REF} and {@link #WEAK}.
     */
    public boolean isRef() {
        return this == REF || this == WEAK;
    }

    /**
     * Size, which is also the alignment.
     *
     * @return size in bytes.
     */
    public int bytes() {
        return bytes;
    }
}
