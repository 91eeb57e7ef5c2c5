package org.segstm.heap.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_CARD;
import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.HEADER_LENGTH;
import static org.segstm.heap.layout.ObjectHeader.MINIMUM_OBJECT_LENGTH;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;
import static org.segstm.heap.layout.ObjectHeader.alignToGranule;

/**
 * Describes objects of one shape to barriers and collector: fixed fields, where the refs are, and an optional variable
 * part of refs or bytes. Made by a {@link Builder}, registered with a heap, immutable from then on.
 */
public final class ObjectLayout {
    /** Added to the allocation size of layouts whose objects the allocation fast path must not make. */
    public static final long SLOW_PATH_BYTES = 1L << 62;
    private final int id;
    private final String name;
    private final List<Field> fields;
    private final int[] refOffsets;
    private final int[] weakOffsets;
    private final VariablePart variablePart;
    private final int fixedLength;
    private final long fixedSize;
    private final long header;
    private final Destructor destructor;
    private final ConflictRule conflictRule;
    private final long allocationSize;
    private final long allocationLength;
    private final boolean variable;
    private final boolean hasRefs;
    private final int simpleBytes;

    ObjectLayout(final int id, final Builder builder) {
        this.id = id;
        this.name = builder.name;
        this.fields = Collections.unmodifiableList(new ArrayList<>(builder.fields));
        this.refOffsets = builder.offsetsOf(FieldType.REF);
        this.weakOffsets = builder.offsetsOf(FieldType.WEAK);
        this.variablePart = builder.variablePart;
        this.variable = variablePart != VariablePart.NONE;
        this.hasRefs = refOffsets.length != 0 || weakOffsets.length != 0 || variablePart == VariablePart.REFS;
        this.fixedLength = variablePart == VariablePart.NONE
            ? builder.length : builder.length + BYTES_IN_WORD - 1 & -BYTES_IN_WORD;
        this.fixedSize = alignToGranule(Math.max(MINIMUM_OBJECT_LENGTH, fixedLength));
        this.header = ObjectHeader.header(id, isVariable() ? fixedLength : 0, 0);
        this.destructor = builder.destructor;
        this.conflictRule = builder.conflictRule;
        this.allocationSize = destructor == null ? fixedSize : fixedSize + SLOW_PATH_BYTES;
        this.allocationLength = destructor == null ? fixedLength : fixedLength + SLOW_PATH_BYTES;
        this.simpleBytes =
            !variable && fixedSize <= BYTES_IN_CARD && conflictRule == ConflictRule.NORMAL ? (int) fixedSize : 0;
        fields.forEach(f -> f.bind(this));
    }

    /**
     * Starts a layout.
     *
     * @param name shown in errors, histograms and reports.
     * @return a builder.
     */
    public static Builder named(final String name) {
        return new Builder(name);
    }

    /**
     * Id in the heap it is registered with.
     *
     * @return id, from 1.
     */
    public int id() {
        return id;
    }

    /**
     * Name of the layout.
     *
     * @return the name given to the builder.
     */
    public String name() {
        return name;
    }

    /**
     * Fixed fields in the order of their declaration.
     *
     * @return the fields.
     */
    public List<Field> fields() {
        return fields;
    }

    /**
     * Kind of the variable part.
     *
     * @return its kind.
     */
    public VariablePart variablePart() {
        return variablePart;
    }

    /**
     * Has a variable part, hence a length word, and its barriers work per card.
     *
     * @return true when it has one.
     */
    public boolean isVariable() {
        return variable;
    }

    /**
     * May objects of this layout hold refs, weak ones included?
     *
     * @return true when the collector has to look into them.
     */
    public boolean hasRefs() {
        return hasRefs;
    }

    /**
     * Number of ref fields in the fixed part, weak ones not counted.
     *
     * @return the number.
     */
    public int refCount() {
        return refOffsets.length;
    }

    /**
     * Offset of a ref field of the fixed part.
     *
     * @param index of the ref field.
     * @return offset from the object's start in bytes.
     */
    public int refOffset(final int index) {
        return refOffsets[index];
    }

    /**
     * May objects of this layout hold weak refs?
     *
     * @return true when it has fields of type {@link FieldType#WEAK}.
     */
    public boolean hasWeak() {
        return weakOffsets.length != 0;
    }

    /**
     * Number of weak ref fields.
     *
     * @return the number.
     */
    public int weakCount() {
        return weakOffsets.length;
    }

    /**
     * Offset of a weak ref field; none is in the variable part.
     *
     * @param index of the weak ref field.
     * @return offset from the object's start in bytes.
     */
    public int weakOffset(final int index) {
        return weakOffsets[index];
    }

    /**
     * Where the variable part starts.
     *
     * @return offset from the object's start in bytes, a multiple of 8.
     */
    public int variableOffset() {
        return fixedLength;
    }

    /**
     * Size of an object without variable part.
     *
     * @return size in bytes, a multiple of the granule.
     */
    public long fixedSize() {
        return fixedSize;
    }

    /**
     * Size of an object that a write barrier saves as a whole and in one piece: without variable part, no larger than a
     * card, with conflicts.
     *
     * @return size in bytes, 0 when barriers have to look closer.
     */
    public int simpleBytes() {
        return simpleBytes;
    }

    /**
     * Size of an object.
     *
     * @param length of the variable part in elements; ignored without one.
     * @return size in bytes, a multiple of the granule.
     */
    public long sizeOf(final long length) {
        return variable ? alignToGranule(fixedLength + (length << variablePart.logBytesInElement())) : fixedSize;
    }

    /**
     * What the allocation fast path of an object without variable part adds to the nursery's position: its size, or
     * more than any nursery has, so that the slow path makes the object.
     *
     * @return bytes.
     */
    public long allocationSize() {
        return allocationSize;
    }

    /**
     * The same for an object with variable part.
     *
     * @param length of the variable part in elements.
     * @return bytes.
     */
    public long allocationSizeOf(final long length) {
        return alignToGranule(allocationLength + (length << variablePart.logBytesInElement()));
    }

    /**
     * Called for each object of this layout when it dies.
     *
     * @return the destructor, or null.
     */
    public Destructor destructor() {
        return destructor;
    }

    /**
     * When transactions that touch the same object conflict.
     *
     * @return the rule.
     */
    public ConflictRule conflictRule() {
        return conflictRule;
    }

    /**
     * Largest length whose size does not overflow.
     *
     * @return number of elements.
     */
    public long maximumLength() {
        return (Long.MAX_VALUE >>> 8) >>> variablePart.logBytesInElement();
    }

    /**
     * Header word of a new object.
     *
     * @return header without flags.
     */
    public long header() {
        return header;
    }

    /**
     * Is an object of this size divided into several cards?
     *
     * @param size of the object in bytes.
     * @return true when the layout is variable and the size exceeds a card.
     */
    public boolean isMultiCard(final long size) {
        return isVariable() && size > BYTES_IN_CARD;
    }

    @Override
    public String toString() {
        return name + "#" + id;
    }

    /** Kinds of variable part. */
    public enum VariablePart {
        /** None: all objects of the layout have one size. */
        NONE(0),
        /** Refs, 8 bytes each. */
        REFS(3),
        /** Bytes without refs; wider numbers may be read at any aligned byte index. */
        BYTES(0);

        private final int logBytesInElement;

        VariablePart(final int logBytesInElement) {
            this.logBytesInElement = logBytesInElement;
        }

        /**
         * log2 of the element's size.
         *
         * @return log2 of bytes.
         */
        public int logBytesInElement() {
            return logBytesInElement;
        }
    }

    /** Declares a layout. Fields are placed in the order of declaration, each aligned to its size. */
    public static final class Builder {
        private static final int MAXIMUM_FIXED_LENGTH = 4096;
        private final String name;
        private final List<Field> fields = new ArrayList<>();
        private VariablePart variablePart = VariablePart.NONE;
        private int length = HEADER_LENGTH;
        private Destructor destructor;
        private ConflictRule conflictRule = ConflictRule.NORMAL;
        private boolean built;

        Builder(final String name) {
            if (name == null || name.isEmpty()) {
                throw new IllegalArgumentException("a layout needs a name: name=" + name);
            }
            this.name = name;
        }

        /**
         * Declares a mutable field.
         *
         * @param fieldName name, unique in the layout.
         * @param type      type of the field.
         * @return the field.
         */
        public Field field(final String fieldName, final FieldType type) {
            return add(fieldName, type, false);
        }

        /**
         * Declares a field that is written only while the object is young; reading it needs no barrier.
         *
         * @param fieldName name, unique in the layout.
         * @param type      type of the field.
         * @return the field.
         */
        public Field immutable(final String fieldName, final FieldType type) {
            return add(fieldName, type, true);
        }

        /**
         * Declares a variable part of refs. To be called before any field.
         *
         * @return this builder.
         */
        public Builder variableRefs() {
            return variable(VariablePart.REFS);
        }

        /**
         * Declares a variable part of bytes. To be called before any field.
         *
         * @return this builder.
         */
        public Builder variableBytes() {
            return variable(VariablePart.BYTES);
        }

        /**
         * Declares what is called for each object when it dies.
         *
         * @param objectDestructor see its rules.
         * @return this builder.
         */
        public Builder destructor(final Destructor objectDestructor) {
            destructor = objectDestructor;
            return this;
        }

        /**
         * Declares that accesses to these objects conflict with nothing, see {@link ConflictRule#NO_CONFLICT}.
         *
         * @return this builder.
         */
        public Builder noConflicts() {
            return conflictRule(ConflictRule.NO_CONFLICT);
        }

        /**
         * Declares that these objects hold counters only, see {@link ConflictRule#COUNTER}: fields of type
         * {@link FieldType#INT64}, and in a variable part of bytes 64 bits at each multiple of 8.
         *
         * @return this builder.
         */
        public Builder counters() {
            return conflictRule(ConflictRule.COUNTER);
        }

        private Builder conflictRule(final ConflictRule rule) {
            if (conflictRule != ConflictRule.NORMAL) {
                throw new IllegalStateException("the conflict rule is declared once: name=" + name);
            }
            conflictRule = rule;
            return this;
        }

        private void checkCounters() {
            final boolean mutable64 = fields.stream().allMatch(f -> f.type() == FieldType.INT64 && !f.isImmutable());
            if (!mutable64 || variablePart == VariablePart.REFS) {
                throw new IllegalArgumentException(
                    "a layout of counters has mutable fields of type INT64 and no refs: name=" + name);
            }
        }

        /**
         * Builds the layout. Called by the heap when the layout is registered.
         *
         * @param id that the heap gives it.
         * @return the layout.
         */
        public ObjectLayout build(final int id) {
            if (built) {
                throw new IllegalStateException("a layout is registered once: name=" + name);
            }
            if (conflictRule == ConflictRule.COUNTER) {
                checkCounters();
            }
            built = true;
            return new ObjectLayout(id, this);
        }

        private int[] offsetsOf(final FieldType type) {
            return fields.stream().filter(f -> f.type() == type).mapToInt(Field::offset).toArray();
        }

        private Builder variable(final VariablePart part) {
            if (!fields.isEmpty() || variablePart != VariablePart.NONE) {
                throw new IllegalStateException("the variable part is declared once, before any field: name=" + name);
            }
            variablePart = part;
            length = VARIABLE_LENGTH_OFFSET + BYTES_IN_WORD;
            return this;
        }

        private Field add(final String fieldName, final FieldType type, final boolean immutable) {
            if (built) {
                throw new IllegalStateException("fields are declared before registration: name=" + name);
            }
            if (fields.stream().anyMatch(f -> f.name().equals(fieldName))) {
                throw new IllegalArgumentException("field names are unique: name=" + name + "." + fieldName);
            }
            final int offset = length + type.bytes() - 1 & -type.bytes();
            if (offset + type.bytes() > MAXIMUM_FIXED_LENGTH) {
                throw new IllegalArgumentException(
                    "fixed part must not exceed " + MAXIMUM_FIXED_LENGTH + " bytes: name=" + name + "." + fieldName);
            }
            length = offset + type.bytes();
            final Field field = new Field(fieldName, type, offset, immutable);
            fields.add(field);
            return field;
        }
    }
}
