package org.segstm.bench.isolation.workload;

import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.RawAccess;

import java.util.SplittableRandom;

/** Arrays of several cards with a version in every element: conflicts are per card. */
final class NumberArrays extends Cells {
    private static final int ELEMENTS = 100;
    private final ObjectLayout layout;
    private final int objects;

    NumberArrays(final SegmentHeap heap, final int firstVariable, final int objects) {
        super(heap, "number array", firstVariable, objects * ELEMENTS);
        this.objects = objects;
        layout = heap.register(ObjectLayout.named("number array").variableBytes());
    }

    @Override
    int objects() {
        return objects;
    }

    @Override
    long create(final Mutator m, final int object) {
        final long ref = m.allocate(layout, ELEMENTS * Long.BYTES);
        for (int i = 0; i < ELEMENTS; i++) {
            m.putLongAt(ref, (long) i * Long.BYTES, initial(object * ELEMENTS + i));
        }
        return ref;
    }

    @Override
    long read(final Mutator m, final int index) {
        return m.getLongAt(array(m, index), byteIndex(index));
    }

    @Override
    long readToStore(final Mutator m, final int index, final SplittableRandom dice) {
        if (dice.nextBoolean()) {
            return read(m, index);
        }
        final long ref = array(m, index);
        final long offset = layout.variableOffset() + byteIndex(index);
        m.writeCardBarrier(ref, offset);
        return RawAccess.getLong(m, m.segmentBase(), ref, offset);
    }

    @Override
    void store(final Mutator m, final int index, final long version, final SplittableRandom dice) {
        m.putLongAt(array(m, index), byteIndex(index), version);
    }

    private long array(final Mutator m, final int index) {
        return m.getRefAt(table(), index / ELEMENTS);
    }

    private static long byteIndex(final int index) {
        return (long) (index % ELEMENTS) * Long.BYTES;
    }
}
