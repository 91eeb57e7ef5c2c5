package org.segstm.heap.segment;

/** Is told what the running transaction writes, when somebody has asked for conflict reports. */
@FunctionalInterface
public interface WriteTrace {
    /**
     * An old object, or a card, is about to be written and was not in the write set.
     *
     * @param granuleRef ref of the object, or of the card's first byte.
     */
    void wrote(long granuleRef);
}
