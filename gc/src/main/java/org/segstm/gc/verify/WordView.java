package org.segstm.gc.verify;

import org.segstm.bridge.Memory;
import org.segstm.heap.segment.Segment;

/** One way to read the words of a heap. */
abstract class WordView {
    private final String name;
    private final Segment segment;

    WordView(final String name, final Segment segment) {
        this.name = name;
        this.segment = segment;
    }

    /** What a word holds, a header word apart. */
    abstract long word(long wordRef);

    /** The header with the flags that this view has. */
    abstract long header(long ref);

    /** For messages. */
    final String name() {
        return name;
    }

    /** Where it reads; null for the base. */
    final Segment segment() {
        return segment;
    }

    /** What a transaction sees, or the base: the words that are there. */
    static WordView raw(final String name, final Segment segment, final long baseAddress) {
        return new WordView(name, segment) {
            @Override
            long word(final long wordRef) {
                return Memory.getLong(baseAddress + wordRef);
            }

            @Override
            long header(final long ref) {
                return Memory.getLong(baseAddress + ref);
            }
        };
    }
}
