package org.segstm.gc.weak;

import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/** A test heap with objects that have weak refs: small ones, and arrays with weak refs on several cards. */
final class WeakHeap implements AutoCloseable {
    static final int WIDE_WEAK_REFS = 40;
    final TestHeap t;
    final Mutator m;
    final Mutator other;
    final ObjectLayout box;
    final Field weak;
    final Field strong;
    final ObjectLayout wide;
    final Field[] wideWeak = new Field[WIDE_WEAK_REFS];

    WeakHeap(final HeapMode mode) {
        this(mode.context());
    }

    WeakHeap(final HeapContext context) {
        t = new TestHeap(context);
        m = t.mutator;
        other = t.other;
        final ObjectLayout.Builder boxBuilder = ObjectLayout.named("box");
        weak = boxBuilder.field("weak", FieldType.WEAK);
        strong = boxBuilder.field("strong", FieldType.REF);
        box = t.heap.register(boxBuilder);
        final ObjectLayout.Builder wideBuilder = ObjectLayout.named("wide").variableRefs();
        for (int i = 0; i < WIDE_WEAK_REFS; i++) {
            wideWeak[i] = wideBuilder.field("weak" + i, FieldType.WEAK);
        }
        wide = t.heap.register(wideBuilder);
    }

    long newBox(final long target) {
        final long ref = m.allocate(box);
        m.putRef(ref, weak, target);
        return ref;
    }

    /** Makes all that is rooted old. In no-STM mode a commit alone does not. */
    void makeOld() {
        m.collectNursery();
        m.commit();
    }

    /** Root 0: a box; its weak ref is to a pair with the value 7, which is root 1. All is old, no transaction runs. */
    void oldBoxAndTarget() {
        m.begin();
        final long target = t.newPair(m, 7, 0);
        m.push(newBox(target));
        m.push(target);
        makeOld();
    }

    void collectMajor() {
        t.heap.collectMajor();
        HeapVerifier.verify(t.heap);
    }

    @Override
    public void close() {
        t.close();
    }
}
