package org.segstm.bench.isolation.workload;

import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.SplittableRandom;

/** Objects of several slices with a version in every field: a conflict in any of them is one of the whole object. */
final class Records extends Cells {
    private static final int FIELDS = 40;
    private final ObjectLayout layout;
    private final Field[] fields = new Field[FIELDS];
    private final int objects;

    Records(final SegmentHeap heap, final int firstVariable, final int objects) {
        super(heap, "record", firstVariable, objects * FIELDS);
        this.objects = objects;
        final ObjectLayout.Builder builder = ObjectLayout.named("record");
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = builder.field("version" + i, FieldType.INT64);
        }
        layout = heap.register(builder);
    }

    @Override
    int objects() {
        return objects;
    }

    @Override
    long create(final Mutator m, final int object) {
        final long ref = m.allocate(layout);
        for (int i = 0; i < FIELDS; i++) {
            m.putLong(ref, fields[i], initial(object * FIELDS + i));
        }
        return ref;
    }

    @Override
    long read(final Mutator m, final int index) {
        return m.getLong(m.getRefAt(table(), index / FIELDS), fields[index % FIELDS]);
    }

    @Override
    void store(final Mutator m, final int index, final long version, final SplittableRandom dice) {
        m.putLong(m.getRefAt(table(), index / FIELDS), fields[index % FIELDS], version);
    }
}
