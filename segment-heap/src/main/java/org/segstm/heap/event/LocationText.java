package org.segstm.heap.event;

/** Expands the locations of a VM to text. */
@FunctionalInterface
public interface LocationText {
    /**
     * Expands a location. Called when it is printed first, on any thread, perhaps in the middle of a rollback: must not
     * run transactions. So a VM looks the ref up in tables of its own.
     *
     * @param number of the location.
     * @param ref    that came with it.
     * @return for a person to read.
     */
    String text(long number, long ref);
}
