package org.segstm.bench.isolation.workload;

import org.segstm.bench.isolation.history.Version;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.jit.RawAccess;

import java.util.SplittableRandom;

/** Small objects with one version each. */
final class Registers extends Cells {
    private final ObjectLayout layout;
    private final Field version;
    private final Field check;

    Registers(final SegmentHeap heap, final int firstVariable, final int count) {
        super(heap, "register", firstVariable, count);
        final ObjectLayout.Builder builder = ObjectLayout.named("register");
        version = builder.field("version", FieldType.INT64);
        check = builder.field("check", FieldType.INT64);
        layout = heap.register(builder);
    }

    @Override
    int objects() {
        return count();
    }

    @Override
    long create(final Mutator m, final int object) {
        final long ref = m.allocate(layout);
        put(m, ref, initial(object));
        return ref;
    }

    @Override
    long read(final Mutator m, final int index) {
        final long ref = m.getRefAt(table(), index);
        final long found = m.getLong(ref, version);
        check(index, found, 0, m.getLong(ref, check));
        return found;
    }

    @Override
    long readToStore(final Mutator m, final int index, final SplittableRandom dice) {
        if (dice.nextBoolean()) {
            return read(m, index);
        }
        final long ref = m.getRefAt(table(), index);
        m.writeBarrier(ref);
        return RawAccess.getLong(m, m.segmentBase(), ref, version.offset());
    }

    @Override
    void store(final Mutator m, final int index, final long newVersion, final SplittableRandom dice) {
        put(m, m.getRefAt(table(), index), newVersion);
    }

    private void put(final Mutator m, final long ref, final long newVersion) {
        m.putLong(ref, version, newVersion);
        m.putLong(ref, check, Version.checkWord(newVersion, 0));
    }
}
