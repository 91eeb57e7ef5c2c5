package org.segstm.gc.protocol.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What an object of the heap should be: its words in each committed state. A word of a ref slot is 0, an odd immediate,
 * or twice the number of a node.
 */
final class ModelNode {
    private final int number;
    private final Shape shape;
    private final int length;
    private final List<Version> versions = new ArrayList<>();
    /** Words while the creating transaction runs, else null. */
    private long[] fresh;
    /** No weak ref refers to it any more, and none ever will. */
    private boolean dead;
    private boolean destroyed;
    private long identity;
    private Long givenHash;

    ModelNode(final int number, final Shape shape, final int length) {
        this.number = number;
        this.shape = shape;
        this.length = length;
        this.fresh = new long[shape.slots(length)];
        this.fresh[0] = number;
    }

    int number() {
        return number;
    }

    Shape shape() {
        return shape;
    }

    int length() {
        return length;
    }

    int slots() {
        return shape.slots(length);
    }

    boolean isRef(final int slot) {
        return shape.isRef(slot);
    }

    boolean isWeak(final int slot) {
        return shape.isWeak(slot);
    }

    boolean isDead() {
        return dead;
    }

    void setDead() {
        dead = true;
    }

    boolean isDestroyed() {
        return destroyed;
    }

    void setDestroyed() {
        destroyed = true;
    }

    /** 0 when nobody has asked for it. */
    long identity() {
        return identity;
    }

    void identity(final long number) {
        identity = number;
    }

    /** Or null. */
    Long givenHash() {
        return givenHash;
    }

    void givenHash(final long hash) {
        givenHash = hash;
    }

    boolean isFresh() {
        return fresh != null;
    }

    long[] freshWords() {
        return fresh;
    }

    /** The key of what conflicts with a slot. */
    long granuleKey(final int slot) {
        return (long) number << Integer.SIZE | shape.granule(length, slot);
    }

    /** The creating transaction has committed. Until something refers to it only its mutator can reach it. */
    void commitFresh() {
        versions.add(new Version(0, fresh));
        fresh = null;
    }

    void commit(final int commits, final long[] words) {
        versions.add(new Version(commits, words));
    }

    /** Words in the state after a number of commits. */
    long[] wordsAt(final int commits) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).commits <= commits) {
                return versions.get(i).words;
            }
        }
        throw new AssertionError("model: node " + number + " does not exist after " + commits + " commits");
    }

    /** Newest committed words, or those of the creating transaction. */
    long[] lastWords() {
        return isFresh() ? fresh : newestWords();
    }

    long[] newestWords() {
        return versions.get(versions.size() - 1).words;
    }

    @Override
    public String toString() {
        return "node " + number + " (" + shape.layout().name() + " of " + slots() + " slots)";
    }

    /** Words from a commit on. */
    private static final class Version {
        private final int commits;
        private final long[] words;

        Version(final int commits, final long[] words) {
            this.commits = commits;
            this.words = words;
        }
    }
}
