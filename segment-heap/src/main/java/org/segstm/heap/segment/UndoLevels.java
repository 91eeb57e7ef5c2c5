package org.segstm.heap.segment;

import org.segstm.heap.tx.WriteSet;
import org.segstm.heap.util.LongList;
import org.segstm.heap.util.LongMap;

/**
 * Divides the slices of a write set among nested savepoints: those from a level's start on were saved since that
 * savepoint. A slice saved by an outer level is saved again by an inner one that writes it; when the inner level ends
 * well, only what its outer level has not saved yet stays. Costs nothing while there is no savepoint.
 */
final class UndoLevels {
    private static final long NEVER = -1;
    private static final long BEFORE_NESTING = -2;

    private final WriteSet slices;
    /** Two elements per level: number of slices, and of saved words, at the savepoint. */
    private final LongList starts = new LongList();
    /** For each slice since the first savepoint: index of the same slice's last save before, or one of the above. */
    private final LongList previous = new LongList();
    /** By slice ref: index of its last save since the first savepoint, plus one. */
    private final LongMap latest = new LongMap();

    UndoLevels(final WriteSet slices) {
        this.slices = slices;
    }

    int depth() {
        return starts.size() >>> 1;
    }

    void enter() {
        starts.add(slices.size());
        starts.add(slices.savedWordCount());
    }

    /** Index of the first slice that the newest level saved. */
    int start() {
        return (int) starts.get(starts.size() - 2);
    }

    private int wordStart() {
        return (int) starts.get(starts.size() - 1);
    }

    private int firstStart() {
        return (int) starts.get(0);
    }

    /** Has the newest level saved a slice? */
    boolean isSaved(final long sliceRef) {
        return latest.get(sliceRef) > start();
    }

    /**
     * Notes slices that were just appended: an object's, or one card.
     *
     * @param from  index of the first.
     * @param known true when the transaction has saved it before, at whatever level.
     */
    void appended(final int from, final boolean known) {
        final long sliceRef = WriteSet.refOf(slices.slice(from));
        final long last = latest.get(sliceRef);
        final long before = last != 0 ? last - 1 : known ? BEFORE_NESTING : NEVER;
        for (int i = from; i < slices.size(); i++) {
            previous.add(before);
        }
        latest.put(sliceRef, from + 1);
    }

    /** Did the transaction save a slice for the first time at the newest level? */
    boolean isFirstSave(final int index) {
        return previous.get(index - firstStart()) == NEVER;
    }

    /**
     * Ends the newest level well.
     *
     * @param keepInOutermost whether what is left when the last savepoint ends is still needed.
     * @param dropped         told of each slice that the outer level has saved already.
     */
    void merge(final boolean keepInOutermost, final DroppedSlice dropped) {
        final int start = start();
        final int first = firstStart();
        final boolean last = depth() == 1;
        final int outerStart = last ? 0 : (int) starts.get(starts.size() - 4);
        int to = start;
        int word = wordStart();
        int toWord = word;
        boolean keep = false;
        for (int i = start; i < slices.size(); i++) {
            final long slice = slices.slice(i);
            final int words = WriteSet.wordsOf(slice);
            final long before = previous.get(i - first);
            if (!WriteSet.is(slice, WriteSet.REST)) {
                keep = last ? keepInOutermost && before == NEVER : before < outerStart;
                if (!last) {
                    latest.put(WriteSet.refOf(slice), keep ? to + 1 : before + 1);
                }
            }
            if (keep) {
                slices.move(i, word, to, toWord);
                previous.set(to - first, before);
                to++;
                toWord += words;
            } else {
                dropped.dropped(slice);
            }
            word += words;
        }
        slices.truncate(to, toWord);
        leave(to);
    }

    /** Forgets what the newest level saved, which has been put back. */
    void forget() {
        final int start = start();
        final int first = firstStart();
        for (int i = slices.size() - 1; i >= start; i--) {
            final long before = previous.get(i - first);
            if (!WriteSet.is(slices.slice(i), WriteSet.REST)) {
                latest.put(WriteSet.refOf(slices.slice(i)), before < 0 ? 0 : before + 1);
            }
        }
        slices.truncate(start, wordStart());
        leave(start);
    }

    private void leave(final int sliceCount) {
        final int first = firstStart();
        starts.truncate(starts.size() - 2);
        if (starts.isEmpty()) {
            clear();
        } else {
            previous.truncate(sliceCount - first);
        }
    }

    /** The transaction is over. */
    void clear() {
        starts.clear();
        previous.clear();
        latest.clear();
    }

    /** Told of slices that are not needed any more. */
    @FunctionalInterface
    interface DroppedSlice {
        void dropped(long slice);
    }
}
