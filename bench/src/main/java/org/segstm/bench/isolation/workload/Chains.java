package org.segstm.bench.isolation.workload;

import org.segstm.bench.isolation.history.Version;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.SplittableRandom;

/** Linked lists. A position is written in place, or its node is replaced by a fresh one. */
final class Chains extends Cells {
    private static final int POSITIONS = 4;
    private final ObjectLayout layout;
    private final Field next;
    private final Field version;
    private final Field check;
    private final int objects;

    Chains(final SegmentHeap heap, final int firstVariable, final int objects) {
        super(heap, "chain", firstVariable, objects * POSITIONS);
        this.objects = objects;
        final ObjectLayout.Builder builder = ObjectLayout.named("node");
        next = builder.field("next", FieldType.REF);
        version = builder.field("version", FieldType.INT64);
        check = builder.field("check", FieldType.INT64);
        layout = heap.register(builder);
    }

    @Override
    int objects() {
        return objects;
    }

    /** The head is a node whose version nobody uses. */
    @Override
    long create(final Mutator m, final int object) {
        long first = 0;
        for (int position = POSITIONS - 1; position >= 0; position--) {
            final long ref = m.allocate(layout);
            put(m, ref, initial(object * POSITIONS + position));
            m.putRef(ref, next, first);
            first = ref;
        }
        final long head = m.allocate(layout);
        m.putRef(head, next, first);
        return head;
    }

    @Override
    long read(final Mutator m, final int index) {
        final long ref = m.getRef(before(m, index), next);
        final long found = m.getLong(ref, version);
        check(index, found, 0, m.getLong(ref, check));
        return found;
    }

    @Override
    void store(final Mutator m, final int index, final long newVersion, final SplittableRandom dice) {
        final long before = before(m, index);
        final long ref = m.getRef(before, next);
        if (dice.nextBoolean()) {
            put(m, ref, newVersion);
        } else {
            final long fresh = m.allocate(layout);
            put(m, fresh, newVersion);
            m.putRef(fresh, next, m.getRef(ref, next));
            m.putRef(before, next, fresh);
        }
    }

    private long before(final Mutator m, final int index) {
        long ref = m.getRefAt(table(), index / POSITIONS);
        for (int position = index % POSITIONS; position > 0; position--) {
            ref = m.getRef(ref, next);
        }
        return ref;
    }

    private void put(final Mutator m, final long ref, final long newVersion) {
        m.putLong(ref, version, newVersion);
        m.putLong(ref, check, Version.checkWord(newVersion, 0));
    }
}
