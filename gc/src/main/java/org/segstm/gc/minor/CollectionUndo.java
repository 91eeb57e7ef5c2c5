package org.segstm.gc.minor;

import org.segstm.bridge.Memory;
import org.segstm.gc.space.SegmentSpace;
import org.segstm.heap.segment.ShadowStack;
import org.segstm.heap.util.LongList;

/**
 * What a collection has changed so far, so that one that fails can be taken back where its transaction cannot be
 * rolled back: afterwards nothing has moved. Records nothing otherwise.
 */
final class CollectionUndo {
    private final SegmentSpace space;
    private final LongList promotedRefs = new LongList();
    private final LongList words = new LongList();
    private final LongList roots = new LongList();
    private boolean recording;

    CollectionUndo(final SegmentSpace space) {
        this.space = space;
    }

    void start(final boolean record) {
        recording = record;
        promotedRefs.clear();
        words.clear();
        roots.clear();
    }

    boolean isRecording() {
        return recording;
    }

    /** An object was allocated for a copy. */
    void promoted(final long ref) {
        promotedRefs.add(ref);
    }

    /** A word of a young object, or of a field outside the nursery, is about to be stored. */
    void word(final long address, final long oldWord) {
        words.add(address);
        words.add(oldWord);
    }

    /** A root is about to be updated. */
    void root(final int stack, final int index, final long oldValue) {
        roots.add(stack);
        roots.add(index);
        roots.add(oldValue);
    }

    void takeBack(final ShadowStack[] stacks) {
        for (int i = 0; i < words.size(); i += 2) {
            Memory.putLong(words.get(i), words.get(i + 1));
        }
        for (int i = 0; i < roots.size(); i += 3) {
            stacks[(int) roots.get(i)].update((int) roots.get(i + 1), roots.get(i + 2));
        }
        for (int i = promotedRefs.size() - 1; i >= 0; i--) {
            space.free(promotedRefs.get(i));
        }
        space.giveEmptyBlocksBack();
        start(false);
    }
}
