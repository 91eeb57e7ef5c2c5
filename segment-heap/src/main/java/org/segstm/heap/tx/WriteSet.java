package org.segstm.heap.tx;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.ConflictRule;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.util.LongList;
import org.segstm.heap.util.LongMap;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_CARD;
import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;

/**
 * The old objects that the running transaction wrote, as slices of at most a card, and their bytes from before: write
 * set and undo log in one.
 *
 * <pre>
 *  slice word:  bits 20..63  slice ref &gt;&gt;&gt; 4
 *               bits 4..8    words in the slice (1 to 16)
 *               bit  0       HEADER:  the first word is the object's header, which is neither restored nor published
 *               bit  1       CARD:    a card with a write mark of its own
 *               bit  2       REST:    belongs to the object of an earlier slice, whose read marker counts
 *               bit  3       NO_CONFLICT:  of an object without conflicts
 *               bit  9       COUNTER:      of an object that holds counters
 * </pre>
 *
 * <p>The saved words follow in the same order, without gaps. Those of objects without conflicts and of counters change
 * when the view moves over an entry that wrote the same object: they are always the words of the view's revision.
 */
public final class WriteSet {
    /** The first word of the slice is an object header. */
    public static final int HEADER = 1;
    /** The slice is a card of an object of several cards. */
    public static final int CARD = 1 << 1;
    /** The slice is not the first of its object and has no read marker of its own. */
    public static final int REST = 1 << 2;
    /** The slice belongs to an object without conflicts. */
    public static final int NO_CONFLICT = 1 << 3;
    /** The slice belongs to an object that holds counters. */
    public static final int COUNTER = 1 << 9;
    private static final int SLICES_TO_SCAN = 16;
    private static final int WORDS_SHIFT = 4;
    private static final int WORDS_MASK = 0x1F;
    private static final int REF_SHIFT = 20;

    private final LongList slices = new LongList();
    private final LongList savedWords = new LongList();
    /** Index of the first saved word, plus 1, by slice ref: made only when it is asked for, and worth it. */
    private final LongMap savedIndexes = new LongMap();
    private final LongList copies = new LongList();
    private int indexedSlices;
    private int indexedWords;
    private boolean savedTwice;
    private boolean mergeable;
    private boolean merged;

    /**
     * Saves a whole object.
     *
     * @param base  address of the segment.
     * @param ref   of the object.
     * @param bytes its size.
     * @param rule  when its accesses conflict.
     */
    public void saveObject(final long base, final long ref, final long bytes, final ConflictRule rule) {
        final int ruleFlag = rule == ConflictRule.NORMAL ? 0 : mergeableFlag(rule);
        if (bytes <= BYTES_IN_CARD) {
            save(base, ref, (int) bytes, HEADER | ruleFlag);
        } else {
            saveSlices(base, ref, bytes, ruleFlag);
        }
    }

    /**
     * Saves a whole object of one slice, with conflicts.
     *
     * @param base  address of the segment.
     * @param ref   of the object.
     * @param bytes its size, at most a card.
     */
    public void saveSimple(final long base, final long ref, final int bytes) {
        save(base, ref, bytes, HEADER);
    }

    private void saveSlices(final long base, final long ref, final long bytes, final int ruleFlag) {
        long sliceRef = ref;
        int flags = HEADER | ruleFlag;
        for (long left = bytes; left > 0; left -= BYTES_IN_CARD) {
            save(base, sliceRef, (int) Math.min(BYTES_IN_CARD, left), flags);
            sliceRef += BYTES_IN_CARD;
            flags = REST | ruleFlag;
        }
    }

    /**
     * Saves one card of an object of several cards.
     *
     * @param base    address of the segment.
     * @param cardRef ref of the card's first byte.
     * @param bytes   size of the card, smaller for the last one.
     * @param first   true when the card starts with the object's header.
     * @param rule    when its accesses conflict.
     */
    public void saveCard(
        final long base, final long cardRef, final int bytes, final boolean first, final ConflictRule rule) {
        final int ruleFlag = rule == ConflictRule.NORMAL ? 0 : mergeableFlag(rule);
        save(base, cardRef, bytes, (first ? CARD | HEADER : CARD) | ruleFlag);
    }

    private int mergeableFlag(final ConflictRule rule) {
        mergeable = true;
        return rule == ConflictRule.COUNTER ? COUNTER : NO_CONFLICT;
    }

    private void save(final long base, final long sliceRef, final int bytes, final int flags) {
        final int words = bytes >>> LOG_BYTES_IN_WORD;
        final int start = savedWords.extend(words);
        final long[] saved = savedWords.array();
        long address = base + sliceRef;
        for (int i = start; i < start + words; i++) {
            saved[i] = Memory.getLong(address);
            address += BYTES_IN_WORD;
        }
        slices.add(sliceRef >>> ObjectHeader.LOG_BYTES_IN_GRANULE << REF_SHIFT | (long) words << WORDS_SHIFT | flags);
    }

    /**
     * Has nothing been written?
     *
     * @return true when empty.
     */
    public boolean isEmpty() {
        return slices.isEmpty();
    }

    /**
     * Number of slices.
     *
     * @return the number.
     */
    public int size() {
        return slices.size();
    }

    /**
     * Number of saved words.
     *
     * @return the number.
     */
    public int savedWordCount() {
        return savedWords.size();
    }

    /**
     * Slice word at an index.
     *
     * @param index from 0.
     * @return the slice word.
     */
    public long slice(final int index) {
        return slices.get(index);
    }

    /**
     * The saved words, slice after slice.
     *
     * @return array of which {@link #savedWordCount()} elements count; valid until the next save.
     */
    public long[] savedWords() {
        return savedWords.array();
    }

    /**
     * Where the words of a slice are saved whose object others may write without conflict. Nested blocks save again
     * what the blocks around them have saved already.
     *
     * @param sliceRef ref of the slice.
     * @return indexes of its first word in {@link #savedWords()}, the oldest first; none when no such slice was
     *     written. Valid until the next call.
     */
    LongList mergeableCopies(final long sliceRef) {
        copies.clear();
        if (mergeable && slices.size() <= SLICES_TO_SCAN) {
            addCopies(sliceRef);
        } else if (mergeable) {
            final long index = indexedSlice(sliceRef);
            if (savedTwice && index != 0) {
                addCopies(sliceRef);
            } else if (index != 0) {
                copies.add(index - 1);
            }
        }
        return copies;
    }

    private void addCopies(final long sliceRef) {
        int savedIndex = 0;
        for (int i = 0; i < slices.size(); i++) {
            final long slice = slices.get(i);
            if (refOf(slice) == sliceRef) {
                copies.add(savedIndex);
            }
            savedIndex += wordsOf(slice);
        }
    }

    private long indexedSlice(final long sliceRef) {
        while (indexedSlices < slices.size()) {
            final long slice = slices.get(indexedSlices++);
            if (is(slice, NO_CONFLICT | COUNTER)) {
                savedTwice |= savedIndexes.get(refOf(slice)) != 0;
                savedIndexes.put(refOf(slice), indexedWords + 1L);
            }
            indexedWords += wordsOf(slice);
        }
        return savedIndexes.get(sliceRef);
    }

    private void forgetIndexes() {
        savedIndexes.clear();
        indexedSlices = 0;
        indexedWords = 0;
        savedTwice = false;
    }

    /** A view's word and its saved one have come to be of another revision than when the transaction wrote it. */
    void merged() {
        merged = true;
    }

    /**
     * Has the view moved over entries that wrote the same objects?
     *
     * @return true when words of objects without conflicts were taken in.
     */
    boolean hasMerged() {
        return merged;
    }

    /**
     * Puts all saved words back, the last saved first: of a slice that was saved twice, the older words remain.
     *
     * @param base address of the view to store them in.
     */
    public void putBack(final long base) {
        int savedIndex = savedWords.size();
        for (int i = slices.size() - 1; i >= 0; i--) {
            final long slice = slices.get(i);
            savedIndex -= wordsOf(slice);
            putBackSlice(slice, savedIndex, base + refOf(slice));
        }
    }

    /**
     * Puts the saved words of one slice back.
     *
     * @param slice      word.
     * @param savedIndex index of its first saved word.
     * @param address    to store them at.
     */
    public void putBackSlice(final long slice, final int savedIndex, final long address) {
        final int words = wordsOf(slice);
        for (int w = firstDataWord(slice); w < words; w++) {
            Memory.putLong(address + ((long) w << LOG_BYTES_IN_WORD), savedWords.get(savedIndex + w));
        }
    }

    /**
     * Moves a slice towards the front, over what is not needed any more.
     *
     * @param from      index of the slice.
     * @param fromWord  index of its first saved word.
     * @param to        its new index.
     * @param toWord    new index of its first saved word.
     */
    public void move(final int from, final int fromWord, final int to, final int toWord) {
        if (from != to) {
            final long slice = slices.get(from);
            slices.set(to, slice);
            final long[] words = savedWords.array();
            System.arraycopy(words, fromWord, words, toWord, wordsOf(slice));
        }
    }

    /**
     * Forgets the last slices.
     *
     * @param sliceCount how many remain.
     * @param wordCount  how many saved words these have.
     */
    public void truncate(final int sliceCount, final int wordCount) {
        slices.truncate(sliceCount);
        savedWords.truncate(wordCount);
        if (mergeable) {
            forgetIndexes();
        }
    }

    /** Forgets everything. */
    public void clear() {
        slices.clear();
        savedWords.clear();
        if (mergeable) {
            forgetIndexes();
            mergeable = false;
            merged = false;
        }
    }

    /**
     * Ref of a slice's first byte.
     *
     * @param slice word.
     * @return ref.
     */
    public static long refOf(final long slice) {
        return slice >>> REF_SHIFT << ObjectHeader.LOG_BYTES_IN_GRANULE;
    }

    /**
     * Number of words in a slice.
     *
     * @param slice word.
     * @return from 1 to 16.
     */
    public static int wordsOf(final long slice) {
        return (int) (slice >>> WORDS_SHIFT) & WORDS_MASK;
    }

    /**
     * Does a slice have a flag?
     *
     * @param slice word.
     * @param flag  of this class.
     * @return true when it has.
     */
    public static boolean is(final long slice, final int flag) {
        return (slice & flag) != 0;
    }

    /**
     * Words of a slice that transactions may change: all but a header.
     *
     * @param slice word.
     * @return index of the first such word in the slice.
     */
    public static int firstDataWord(final long slice) {
        return (int) slice & HEADER;
    }
}
