package org.segstm.bench.isolation.workload;

import org.segstm.bench.isolation.history.Version;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectLayout;

import java.util.SplittableRandom;

/**
 * Objects of all sizes, up to several pages, with the version at both ends and check words between: in place a write
 * changes both ends, else it replaces the object by a fresh one of another size.
 */
final class Blobs extends Cells {
    private static final int[] WORDS = {3, 8, 14, 17, 40, 130, 500, 640, 1500};
    private static final int CHECKED_WORD_DISTANCE = 61;
    private final ObjectLayout layout;

    Blobs(final SegmentHeap heap, final int firstVariable, final int count) {
        super(heap, "blob", firstVariable, count);
        layout = heap.register(ObjectLayout.named("blob").variableBytes());
    }

    @Override
    int objects() {
        return count();
    }

    @Override
    long create(final Mutator m, final int object) {
        return newBlob(m, initial(object), WORDS[object % WORDS.length]);
    }

    /** All words from the second to the last but one belong to the version that the blob was born with. */
    private long newBlob(final Mutator m, final long version, final int words) {
        final long ref = m.allocate(layout, (long) words * Long.BYTES);
        m.putLongAt(ref, Long.BYTES, version);
        for (long word = 2; word < words - 1; word++) {
            m.putLongAt(ref, word * Long.BYTES, Version.checkWord(version, word));
        }
        putEnds(m, ref, words, version);
        return ref;
    }

    private static void putEnds(final Mutator m, final long ref, final long words, final long version) {
        m.putLongAt(ref, 0, version);
        m.putLongAt(ref, (words - 1) * Long.BYTES, Version.checkWord(version, 0));
    }

    @Override
    long read(final Mutator m, final int index) {
        final long ref = m.getRefAt(table(), index);
        final long words = m.length(ref) / Long.BYTES;
        final long version = m.getLongAt(ref, 0);
        final long birth = m.getLongAt(ref, Long.BYTES);
        check(index, version, 0, m.getLongAt(ref, (words - 1) * Long.BYTES));
        for (long word = words - 2; word > 1; word -= CHECKED_WORD_DISTANCE) {
            check(index, birth, word, m.getLongAt(ref, word * Long.BYTES));
        }
        return version;
    }

    @Override
    void store(final Mutator m, final int index, final long version, final SplittableRandom dice) {
        if (dice.nextBoolean()) {
            final long ref = m.getRefAt(table(), index);
            putEnds(m, ref, m.length(ref) / Long.BYTES, version);
        } else {
            m.putRefAt(table(), index, newBlob(m, version, WORDS[dice.nextInt(WORDS.length)]));
        }
    }

    /** Something that dies young, or not: nobody looks at it. */
    long newGarbage(final Mutator m, final SplittableRandom dice) {
        return m.allocate(layout, (long) WORDS[dice.nextInt(WORDS.length)] * Long.BYTES);
    }
}
