package org.segstm.bench.isolation.workload;

import org.segstm.bench.isolation.history.Version;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.SplittableRandom;

/**
 * A large array of refs. Every write stores a fresh immutable object, or now and then an immediate. Reading what is
 * immutable marks nothing: the mark of the card that led there has to do.
 */
final class Boxes extends Cells {
    private static final int IMMEDIATE_ONE_IN = 8;
    private final ObjectLayout layout;
    private final Field version;
    private final Field check;

    Boxes(final SegmentHeap heap, final int firstVariable, final int count) {
        super(heap, "box", firstVariable, count);
        final ObjectLayout.Builder builder = ObjectLayout.named("box");
        version = builder.immutable("version", FieldType.INT64);
        check = builder.immutable("check", FieldType.INT64);
        layout = heap.register(builder);
    }

    @Override
    int objects() {
        return count();
    }

    @Override
    long create(final Mutator m, final int object) {
        return newBox(m, initial(object));
    }

    long newBox(final Mutator m, final long newVersion) {
        final long ref = m.allocate(layout);
        m.putLong(ref, version, newVersion);
        m.putLong(ref, check, Version.checkWord(newVersion, 0));
        return ref;
    }

    @Override
    long read(final Mutator m, final int index) {
        final long value = m.getRefAt(table(), index);
        return (value & 1) != 0 ? value >>> 1 : versionOf(m, index, value);
    }

    /** The version in a box; never changes while the box lives. */
    long versionOf(final Mutator m, final int index, final long box) {
        final long found = m.getLong(box, version);
        check(index, found, 0, m.getLong(box, check));
        return found;
    }

    /** A box or an immediate. */
    long valueOf(final Mutator m, final int index) {
        return m.getRefAt(table(), index);
    }

    @Override
    void store(final Mutator m, final int index, final long newVersion, final SplittableRandom dice) {
        m.putRefAt(table(), index,
            dice.nextInt(IMMEDIATE_ONE_IN) == 0 ? newVersion << 1 | 1 : newBox(m, newVersion));
    }
}
