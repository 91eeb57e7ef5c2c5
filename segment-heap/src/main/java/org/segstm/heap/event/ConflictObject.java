package org.segstm.heap.event;

/** What two transactions quarrelled about. */
public final class ConflictObject {
    /** In place of a card's number: the object has one card, or none. */
    public static final long WHOLE_OBJECT = -1;

    private final int layoutId;
    private final String layout;
    private final long ref;
    private final long card;
    private final long cardRef;

    /**
     * Makes a description.
     *
     * @param layoutId of the object.
     * @param layout   its name.
     * @param ref      of the object, which is its identity.
     * @param card     number of the card, from 0, or {@link #WHOLE_OBJECT}.
     * @param cardRef  ref of the card's first byte.
     */
    public ConflictObject(
        final int layoutId, final String layout, final long ref, final long card, final long cardRef) {
        this.layoutId = layoutId;
        this.layout = layout;
        this.ref = ref;
        this.card = card;
        this.cardRef = cardRef;
    }

    /**
     * Id of its layout.
     *
     * @return the id.
     */
    public int layoutId() {
        return layoutId;
    }

    /**
     * Name of its layout.
     *
     * @return the name.
     */
    public String layout() {
        return layout;
    }

    /**
     * The object.
     *
     * @return its ref, which is its {@link org.segstm.heap.Mutator#identity identity} too; may have been freed since.
     */
    public long ref() {
        return ref;
    }

    /**
     * Which part of it.
     *
     * @return number of the card of 128 bytes, from 0; {@link #WHOLE_OBJECT} when it has no more than one.
     */
    public long card() {
        return card;
    }

    /**
     * Where that part begins.
     *
     * @return ref.
     */
    public long cardRef() {
        return cardRef;
    }

    @Override
    public String toString() {
        return layout + " 0x" + Long.toHexString(ref) + (card == WHOLE_OBJECT ? "" : " card " + card);
    }
}
