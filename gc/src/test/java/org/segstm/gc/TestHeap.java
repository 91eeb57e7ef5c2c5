package org.segstm.gc;

import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/** A heap with two mutators and a few layouts: pairs for lists, arrays of refs with a ref and a number, and blobs. */
public final class TestHeap implements AutoCloseable {
    public final SegmentHeap heap;
    public final Mutator mutator;
    public final Mutator other;
    public final ObjectLayout pair;
    public final Field value;
    public final Field next;
    public final ObjectLayout array;
    public final Field owner;
    public final Field number;
    public final ObjectLayout blob;

    public TestHeap(final HeapMode mode) {
        this(mode.context());
    }

    public TestHeap(final HeapContext context) {
        heap = SegmentHeap.open(context);
        final ObjectLayout.Builder pairBuilder = ObjectLayout.named("pair");
        value = pairBuilder.field("value", FieldType.INT64);
        next = pairBuilder.field("next", FieldType.REF);
        pair = heap.register(pairBuilder);
        final ObjectLayout.Builder arrayBuilder = ObjectLayout.named("array").variableRefs();
        owner = arrayBuilder.field("owner", FieldType.REF);
        number = arrayBuilder.field("number", FieldType.INT64);
        array = heap.register(arrayBuilder);
        blob = heap.register(ObjectLayout.named("blob").variableBytes());
        mutator = heap.attachMutator("first");
        other = heap.attachMutator("second");
    }

    public long newPair(final Mutator m, final long number64, final long nextRef) {
        final long ref = m.allocate(pair);
        m.putLong(ref, value, number64);
        m.putRef(ref, next, nextRef);
        return ref;
    }

    /** Pushes a list whose first pair has the value count - 1, the last one 0; no safepoint. */
    public void pushList(final Mutator m, final int count) {
        long list = 0;
        for (int i = 0; i < count; i++) {
            list = newPair(m, i, list);
        }
        m.push(list);
    }

    /** Checks such a list and returns its length. */
    public long checkedLength(final Mutator m, final long list) {
        if (list == 0) {
            return 0;
        }
        final long count = m.getLong(list, value) + 1;
        long expected = count;
        for (long ref = list; ref != 0; ref = m.getRef(ref, next)) {
            expected--;
            if (m.getLong(ref, value) != expected) {
                throw new AssertionError("list broken: expected=" + expected + " found=" + m.getLong(ref, value));
            }
        }
        if (expected != 0) {
            throw new AssertionError("list too short: missing=" + expected);
        }
        return count;
    }

    public long usedBytes() {
        return heap.statistics().usedBytes();
    }

    @Override
    public void close() {
        for (final Mutator m : new Mutator[] {mutator, other}) {
            if (m.inTransaction()) {
                if (heap.context().serial()) {
                    m.commit();
                } else {
                    m.abort();
                }
            }
            m.close();
        }
        heap.close();
    }
}
