package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.ConflictRule;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.layout.ObjectLayout.VariablePart;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.spi.Collector;

import static org.segstm.heap.layout.ObjectHeader.CARD_MASK;

/**
 * Checked mode: what every access of a mutator must satisfy. Asks nursery and collector whether an
 * object starts at a ref, so that a ref kept over a safepoint in a local variable is found at its next use.
 */
final class AccessChecks {
    private final HeapAccess access;
    private Collector collector;

    AccessChecks(final HeapAccess access) {
        this.access = access;
    }

    void collector(final Collector heapCollector) {
        collector = heapCollector;
    }

    void object(final long ref) {
        if (!access.inTransaction()) {
            throw new CheckedAccessException("access needs a running transaction: ref=" + hex(ref));
        }
        if (access.isParked()) {
            throw new CheckedAccessException("access while the mutator is parked: ref=" + hex(ref));
        }
        final Segment segment = access.segment;
        if (!segment.map().isPlausible(ref)) {
            throw new CheckedAccessException("not the ref of an object" + (ref == 0 ? " (null)" : (ref & 1) != 0
                ? " (an immediate)" : "") + ": ref=" + hex(ref));
        }
        final boolean alive = segment.map().isOldSpace(ref)
            ? collector.isAllocated(ref) : segment.nursery().isObject(ref);
        if (!alive) {
            throw new CheckedAccessException("no object starts here; it has moved at a safepoint, or its transaction "
                + "was rolled back: ref=" + hex(ref));
        }
        final int id = Memory.getInt(segment.base() + ref + ObjectHeader.LAYOUT_ID_OFFSET);
        if (segment.layouts().find(id) == null) {
            throw new CheckedAccessException("header without a registered layout: ref=" + hex(ref)
                + " layoutId=" + id);
        }
    }

    void writeBarrierDue(final long ref) {
        object(ref);
        if ((access.segment.flagsOf(ref) & ObjectHeader.WRITE_BARRIER) == 0) {
            throw new CheckedAccessException("the slow path of the write barrier is for objects whose flag is set: "
                + "test it, or call writeBarrier: ref=" + hex(ref));
        }
    }

    void value(final long value) {
        if (ObjectHeader.isObjectRef(value)) {
            object(value);
        }
    }

    void variable(final long ref) {
        object(ref);
        final ObjectLayout layout = access.segment.layoutOf(ref);
        if (!layout.isVariable()) {
            throw new CheckedAccessException("layout has no variable part: ref=" + hex(ref) + " layout=" + layout);
        }
    }

    void field(final long ref, final Field field, final FieldType type) {
        object(ref);
        if (field.type() != type && !(type == FieldType.REF && field.type().isRef())) {
            throw new CheckedAccessException("field is of another type than " + type + ": field=" + field
                + " type=" + field.type());
        }
        final ObjectLayout layout = access.segment.layoutOf(ref);
        if (field.layout() != layout) {
            throw new CheckedAccessException("object has another layout than the field: ref=" + hex(ref)
                + " layout=" + layout + " field=" + field);
        }
    }

    void fieldStore(final long ref, final Field field, final FieldType type) {
        field(ref, field, type);
        noCounter(ref);
        final Segment segment = access.segment;
        final boolean old = segment.map().isOldSpace(ref)
            && (segment.flagsOf(ref) & (ObjectHeader.YOUNG_OUTSIDE | ObjectHeader.OVERFLOW)) == 0;
        if (field.isImmutable() && old) {
            throw new CheckedAccessException("an immutable field is written only before its object is committed: ref="
                + hex(ref) + " field=" + field);
        }
    }

    void element(final long ref, final long byteIndex, final int bytes, final VariablePart part) {
        variable(ref);
        final ObjectLayout layout = access.segment.layoutOf(ref);
        if (layout.variablePart() != part) {
            throw new CheckedAccessException("variable part is not of " + part + ": ref=" + hex(ref)
                + " layout=" + layout);
        }
        final long length = Memory.getLong(access.segmentBase + ref + ObjectHeader.VARIABLE_LENGTH_OFFSET)
            << part.logBytesInElement();
        if (byteIndex < 0 || byteIndex + bytes > length || (byteIndex & bytes - 1) != 0) {
            throw new CheckedAccessException("index outside the variable part, or not aligned: ref=" + hex(ref)
                + " byteIndex=" + byteIndex + " bytes=" + bytes + " length=" + length);
        }
    }

    void elementStore(final long ref, final long byteIndex, final int bytes, final VariablePart part) {
        element(ref, byteIndex, bytes, part);
        noCounter(ref);
    }

    void counter(final long ref, final Field field) {
        field(ref, field, FieldType.INT64);
        isCounter(ref);
    }

    void counterElement(final long ref, final long byteIndex) {
        element(ref, byteIndex, Long.BYTES, VariablePart.BYTES);
        isCounter(ref);
    }

    private void noCounter(final long ref) {
        final ObjectLayout layout = access.segment.layoutOf(ref);
        if (layout.conflictRule() == ConflictRule.COUNTER) {
            throw new CheckedAccessException("counters are added to, not stored into: ref=" + hex(ref) + " layout="
                + layout);
        }
    }

    private void isCounter(final long ref) {
        final ObjectLayout layout = access.segment.layoutOf(ref);
        if (layout.conflictRule() != ConflictRule.COUNTER) {
            throw new CheckedAccessException("only counters are added to: ref=" + hex(ref) + " layout=" + layout);
        }
    }

    void rawLoad(final long ref, final long byteOffset) {
        object(ref);
        final Segment segment = access.segment;
        if (!segment.isSerial() && segment.map().isOldSpace(ref) && !isUnpublished(segment, ref)
            && segment.layoutOf(ref).conflictRule() != ConflictRule.NO_CONFLICT
            && !segment.markers().isMarked(granule(segment, ref, byteOffset))) {
            throw new CheckedAccessException("missing read barrier before a load: ref=" + hex(ref)
                + " byteOffset=" + byteOffset + " layout=" + segment.layoutOf(ref));
        }
    }

    void rawStore(final long ref, final long byteOffset) {
        object(ref);
        final Segment segment = access.segment;
        final int flags = segment.flagsOf(ref);
        final boolean open = (flags & ObjectHeader.WRITE_BARRIER) == 0 || (flags & ObjectHeader.MULTI_CARD) != 0
            && segment.cardMark(granule(segment, ref, byteOffset)) == Segment.CARD_REMEMBERED;
        if (!open) {
            throw new CheckedAccessException("missing write barrier before a store: ref=" + hex(ref)
                + " byteOffset=" + byteOffset + " layout=" + segment.layoutOf(ref));
        }
    }

    private static boolean isUnpublished(final Segment segment, final long ref) {
        return (segment.flagsOf(ref) & (ObjectHeader.YOUNG_OUTSIDE | ObjectHeader.OVERFLOW)) != 0;
    }

    private static long granule(final Segment segment, final long ref, final long byteOffset) {
        return segment.layoutOf(ref).isVariable() ? ref + (byteOffset & ~(long) CARD_MASK) : ref;
    }

    private static String hex(final long ref) {
        return "0x" + Long.toHexString(ref);
    }
}
