package org.segstm.jit.placement;

import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectHeader;

import java.util.Objects;

/**
 * Where in its object an access goes, as far as barriers care: the whole object, or for objects with a variable part
 * the card. Immutable; a VM makes them once and keeps them with its operations.
 */
public final class Place {
    /** As the last byte of a range: up to the end of the object. */
    public static final long END = Long.MAX_VALUE;
    /** Ranges of more cards are not marked ahead of a loop. */
    public static final int MAXIMUM_CARDS = 64;
    private static final Place OBJECT = new Place(Kind.OBJECT, CodeView.NO_VALUE, 0, 0, 0, 0, false);

    private final Kind kind;
    private final int indexValue;
    private final int logScale;
    private final long offset;
    private final long firstCard;
    private final long lastCard;
    private final boolean unmarked;

    private Place(final Kind kind, final int indexValue, final int logScale, final long offset,
        final long firstCard, final long lastCard, final boolean unmarked) {
        this.kind = kind;
        this.indexValue = indexValue;
        this.logScale = logScale;
        this.offset = offset;
        this.firstCard = firstCard;
        this.lastCard = lastCard;
        this.unmarked = unmarked;
    }

    /** How much is known. */
    public enum Kind {
        /** An object without variable part: it is marked as a whole. */
        OBJECT,
        /** A known card of an object with variable part. */
        CARD,
        /** An item at an index that only a value knows. */
        ITEM,
        /** The same, where the index is known to be in a range. */
        ITEMS
    }

    /**
     * Anywhere in an object without variable part.
     *
     * @return the place.
     */
    public static Place object() {
        return OBJECT;
    }

    /**
     * A fixed field. Of immutable fields, and of objects without conflicts, reads need no barrier.
     *
     * @param field of a registered layout.
     * @return its place.
     */
    public static Place of(final Field field) {
        final Place place = field.layout().isVariable() ? card(field.offset()) : OBJECT;
        return field.isUnmarked() ? place.unmarked() : place;
    }

    /**
     * A known offset in an object with variable part.
     *
     * @param byteOffset in the object.
     * @return the place.
     */
    public static Place card(final long byteOffset) {
        final long card = cardOf(byteOffset);
        return new Place(Kind.CARD, CodeView.NO_VALUE, 0, byteOffset, card, card, false);
    }

    /**
     * An item of the variable part: at byte {@code offset + (index << logScale)} of the object.
     *
     * @param indexValue value with the index.
     * @param logScale   log2 of bytes per index.
     * @param byteOffset of the item with index 0, usually {@code layout.variableOffset()}.
     * @return the place.
     */
    public static Place item(final int indexValue, final int logScale, final long byteOffset) {
        return new Place(Kind.ITEM, indexValue, logScale, byteOffset, 0, 0, false);
    }

    /**
     * An item whose index is known to be in a range that all executions of a loop share, so that one barrier before the
     * loop may serve them all. It marks every card of the range.
     *
     * @param indexValue value with the index.
     * @param logScale   log2 of bytes per index.
     * @param byteOffset of the item with index 0.
     * @param firstIndex lowest index.
     * @param lastIndex  highest index, below the length; {@link #END} for all up to the object's end.
     * @return the place.
     */
    public static Place items(final int indexValue, final int logScale, final long byteOffset,
        final long firstIndex, final long lastIndex) {
        if (firstIndex < 0 || lastIndex < firstIndex) {
            throw new IllegalArgumentException("a range of indices is not empty: first=" + firstIndex + " last="
                + lastIndex);
        }
        final long first = cardOf(byteOffset + (firstIndex << logScale));
        final long last = lastIndex == END ? END : cardOf(byteOffset + (lastIndex << logScale));
        if (last != END && last - first >= MAXIMUM_CARDS) {
            return item(indexValue, logScale, byteOffset);
        }
        return new Place(last == first ? Kind.CARD : Kind.ITEMS, indexValue, logScale, byteOffset, first, last, false);
    }

    /**
     * The same place in an object, or field, whose reads need no barrier.
     *
     * @return the place.
     */
    public Place unmarked() {
        return new Place(kind, indexValue, logScale, offset, firstCard, lastCard, true);
    }

    /**
     * The exact item in place of the range that it is in.
     *
     * @return a place of another kind than {@link Kind#ITEMS}.
     */
    public Place exact() {
        return kind == Kind.ITEMS ? new Place(Kind.ITEM, indexValue, logScale, offset, 0, 0, unmarked) : this;
    }

    private static long cardOf(final long byteOffset) {
        return byteOffset >> ObjectHeader.LOG_BYTES_IN_CARD;
    }

    /**
     * How much is known of the place.
     *
     * @return the kind.
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Value with the index of an item.
     *
     * @return its number, or {@link CodeView#NO_VALUE}.
     */
    public int indexValue() {
        return indexValue;
    }

    /**
     * log2 of bytes per index.
     *
     * @return the exponent.
     */
    public int logScale() {
        return logScale;
    }

    /**
     * Offset of the access, or of the item with index 0, in the object.
     *
     * @return bytes.
     */
    public long offset() {
        return offset;
    }

    /**
     * First card of the range.
     *
     * @return its number in the object.
     */
    public long firstCard() {
        return firstCard;
    }

    /**
     * Last card of the range.
     *
     * @return its number in the object, or {@link #END}.
     */
    public long lastCard() {
        return lastCard;
    }

    /**
     * Do reads go without barrier?
     *
     * @return true for immutable fields and objects without conflicts.
     */
    public boolean isUnmarked() {
        return unmarked;
    }

    /** Is it inside of the object, however short that is? */
    boolean isInEachObject() {
        return kind == Kind.OBJECT || kind == Kind.CARD && lastCard == 0 || lastCard == END;
    }

    /** Does a barrier here serve an access there, in the same object? */
    boolean covers(final Place other) {
        if (other.kind == Kind.ITEM || kind == Kind.ITEM || kind == Kind.OBJECT || other.kind == Kind.OBJECT) {
            return kind == other.kind && isSameItem(other);
        }
        return firstCard <= other.firstCard && other.lastCard <= lastCard;
    }

    private boolean isSameItem(final Place other) {
        return kind == Kind.OBJECT
            || indexValue == other.indexValue && logScale == other.logScale && offset == other.offset;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Place && sameAs((Place) other);
    }

    private boolean sameAs(final Place other) {
        return kind == other.kind && covers(other) && other.covers(this) && unmarked == other.unmarked;
    }

    @Override
    public int hashCode() {
        return kind == Kind.ITEM ? Objects.hash(kind, indexValue, logScale, offset)
            : kind == Kind.OBJECT ? kind.hashCode() : Objects.hash(kind, firstCard, lastCard);
    }

    @Override
    public String toString() {
        switch (kind) {
            case OBJECT:
                return "";
            case CARD:
                return " card " + firstCard;
            case ITEM:
                return "[v" + indexValue + "]";
            default:
                return " cards " + firstCard + ".." + (lastCard == END ? "end" : Long.toString(lastCard));
        }
    }
}
