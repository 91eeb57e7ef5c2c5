package org.segstm.gc.protocol;

import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/** A stage with layouts of counters and of objects without conflicts. */
final class Mergeables implements AutoCloseable {
    /** Fields of the wide layouts, which have several slices but no cards. */
    static final int WIDE_FIELDS = 40;

    final Stage t;
    /** Two counters. */
    final ObjectLayout counters;
    final Field hits;
    final Field misses;
    /** Counters in bytes: byte 112 is the first of the second card. */
    final ObjectLayout tally;
    final ObjectLayout wideCounters;
    final Field[] wideCounter = new Field[WIDE_FIELDS];
    /** Without conflicts: two numbers and a ref. */
    final ObjectLayout hint;
    final Field first;
    final Field second;
    final Field link;
    /** Refs without conflicts: element 14 is the first of the second card. */
    final ObjectLayout hints;
    final ObjectLayout wideHint;
    final Field[] wideNumber = new Field[WIDE_FIELDS];

    Mergeables(final PageSharing sharing) {
        this(Stage.context(sharing));
    }

    Mergeables(final HeapContext context) {
        t = new Stage(context);
        final ObjectLayout.Builder countersBuilder = ObjectLayout.named("counters").counters();
        hits = countersBuilder.field("hits", FieldType.INT64);
        misses = countersBuilder.field("misses", FieldType.INT64);
        counters = t.heap.register(countersBuilder);
        tally = t.heap.register(ObjectLayout.named("tally").variableBytes().counters());
        final ObjectLayout.Builder wideBuilder = ObjectLayout.named("wide counters").counters();
        final ObjectLayout.Builder wideHintBuilder = ObjectLayout.named("wide hint").noConflicts();
        for (int i = 0; i < WIDE_FIELDS; i++) {
            wideCounter[i] = wideBuilder.field("counter" + i, FieldType.INT64);
            wideNumber[i] = wideHintBuilder.field("number" + i, FieldType.INT64);
        }
        wideCounters = t.heap.register(wideBuilder);
        wideHint = t.heap.register(wideHintBuilder);
        final ObjectLayout.Builder hintBuilder = ObjectLayout.named("hint").noConflicts();
        first = hintBuilder.field("first", FieldType.INT64);
        second = hintBuilder.field("second", FieldType.INT64);
        link = hintBuilder.field("link", FieldType.REF);
        hint = t.heap.register(hintBuilder);
        hints = t.heap.register(ObjectLayout.named("hints").variableRefs().noConflicts());
    }

    long committed(final ObjectLayout layout) {
        return t.committed(t.a, m -> m.allocate(layout));
    }

    long committed(final ObjectLayout layout, final long length) {
        return t.committed(t.a, m -> m.allocate(layout, length));
    }

    void add(final Mutator mutator, final long ref, final long delta) {
        t.on(mutator).add(ref, hits, delta);
    }

    /** Adds in a transaction of its own. */
    void addAlone(final Mutator mutator, final long ref, final long delta) {
        t.begin(mutator).add(ref, hits, delta);
        mutator.commit();
    }

    long hits(final Mutator mutator, final long ref) {
        return t.on(mutator).getLong(ref, hits);
    }

    /** What a transaction of its own sees. */
    long committedHits(final Mutator mutator, final long ref) {
        return committedField(mutator, ref, hits);
    }

    long committedField(final Mutator mutator, final long ref, final Field field) {
        t.begin(mutator);
        final long number = mutator.getLong(ref, field);
        mutator.commit();
        return number;
    }

    void put(final Mutator mutator, final long ref, final Field field, final long number) {
        t.on(mutator).putLong(ref, field, number);
    }

    /** Stores in a transaction of its own. */
    void putAlone(final Mutator mutator, final long ref, final Field field, final long number) {
        t.begin(mutator).putLong(ref, field, number);
        mutator.commit();
    }

    long get(final Mutator mutator, final long ref, final Field field) {
        return t.on(mutator).getLong(ref, field);
    }

    void verify() {
        t.parkActing();
        HeapVerifier.verify(t.heap);
    }

    void collectMajor() {
        t.parkActing();
        t.heap.collectMajor();
    }

    @Override
    public void close() {
        t.close();
    }
}
