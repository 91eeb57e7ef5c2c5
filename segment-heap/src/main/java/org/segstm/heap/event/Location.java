package org.segstm.heap.event;

/** A place in a VM's program, as the VM has numbered it. Two of the same number and ref are the same object. */
public final class Location {
    private final int id;
    private final long number;
    private final long ref;
    private final LocationText expander;
    private volatile String text;

    Location(final int id, final long number, final long ref, final LocationText expander) {
        this.id = id;
        this.number = number;
        this.ref = ref;
        this.expander = expander;
    }

    /**
     * Number in an event log.
     *
     * @return from 1, in the order in which the locations of a heap were met.
     */
    public int id() {
        return id;
    }

    /**
     * What the VM has numbered it with.
     *
     * @return the number.
     */
    public long number() {
        return number;
    }

    /**
     * What the VM has given with it.
     *
     * @return ref of a committed object, or null.
     */
    public long ref() {
        return ref;
    }

    /**
     * Its text, expanded by the VM at the first call.
     *
     * @return for a person to read.
     */
    public String text() {
        if (text == null) {
            text = expander.text(number, ref);
        }
        return text;
    }

    @Override
    public String toString() {
        return text();
    }
}
