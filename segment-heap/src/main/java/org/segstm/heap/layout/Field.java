package org.segstm.heap.layout;

/**
 * A fixed field of a layout. Keep fields in {@code static final} variables: the JIT then folds offset and mutability
 * into the access.
 */
public final class Field {
    private final String name;
    private final FieldType type;
    private final int offset;
    private final boolean immutable;
    private ObjectLayout layout;
    private int markOffset;
    private boolean unmarked;

    Field(final String name, final FieldType type, final int offset, final boolean immutable) {
        this.name = name;
        this.type = type;
        this.offset = offset;
        this.immutable = immutable;
    }

    /**
     * Name of the field.
     *
     * @return the name given at declaration.
     */
    public String name() {
        return name;
    }

    /**
     * Type of the field.
     *
     * @return its type.
     */
    public FieldType type() {
        return type;
    }

    /**
     * Offset from the object's start.
     *
     * @return offset in bytes, aligned to the type's size.
     */
    public int offset() {
        return offset;
    }

    /**
     * Declared immutable: written only while the object is young, read without a barrier.
     *
     * @return true when immutable.
     */
    public boolean isImmutable() {
        return immutable;
    }

    /**
     * May the field be read without barrier? When it is immutable, or in an object without conflicts.
     *
     * @return true when reading leaves no mark.
     */
    public boolean isUnmarked() {
        return unmarked;
    }

    /**
     * The layout that declares this field.
     *
     * @return the layout, null before it is built.
     */
    public ObjectLayout layout() {
        return layout;
    }

    /**
     * Offset of what the read barrier of this field marks: the card in an object with a variable part, else the object.
     *
     * @return offset from the object's start in bytes, a multiple of the granule.
     */
    public int markOffset() {
        return markOffset;
    }

    void bind(final ObjectLayout owner) {
        layout = owner;
        unmarked = immutable || owner.conflictRule() == ConflictRule.NO_CONFLICT;
        markOffset = owner.isVariable() ? offset & ~ObjectHeader.CARD_MASK : 0;
    }

    @Override
    public String toString() {
        return (layout == null ? "" : layout.name() + ".") + name;
    }
}
