package org.segstm.bench.report.log;

/**
 * A conflict as it was logged.
 *
 * @param time           when the victim was rolled back, in nanoseconds since the log began.
 * @param victim         number of the mutator that was rolled back.
 * @param writer         number of the one that committed, 0 when unknown.
 * @param layout         number of the object's layout.
 * @param cardRef        of the object or card.
 * @param writerLocation where it was written, 0 when unknown.
 * @param victimLocation where the victim read or wrote it, 0 when unknown.
 * @param lostNanos      how long the victim had run.
 * @param objectRef      of the object, 0 when unknown.
 * @param card           number of the card, less than 0 when the object has no more than one.
 * @param cause          number of the cause of the abort in the header.
 */
public record LoggedConflict(
    long time, int victim, int writer, int layout, long cardRef, long writerLocation, long victimLocation,
    long lostNanos, long objectRef, long card, int cause) {
}
