package org.segstm.heap.event;

import java.util.ArrayList;
import java.util.List;

/**
 * What a heap reports while it runs. Nothing is reported, and nothing paid for, that was not asked for here.
 *
 * <p>An event log, or JFR, costs a few reads of the clock per transaction. Conflict reports cost more: each mutator
 * notes the location of its first read and first write of each object per transaction, in tables of its own.
 */
public final class HeapReports {
    private final List<ConflictListener> listeners = new ArrayList<>();
    private LocationText locationText = (number, ref) -> Long.toString(number);
    private EventLog eventLog;
    private boolean conflicts;
    private boolean jfr;

    /**
     * Writes events to a log, which is to be closed after the heap.
     *
     * @param log that no other heap writes to.
     * @return this.
     */
    public HeapReports eventLog(final EventLog log) {
        eventLog = log;
        return this;
    }

    /**
     * Makes events for the JDK's flight recorder: {@code org.segstm.*}.
     *
     * @param enabled true to do so while a recording runs.
     * @return this.
     */
    public HeapReports jfr(final boolean enabled) {
        jfr = enabled;
        return this;
    }

    /**
     * Reports conflicts, both sides, to the event log and to JFR, if there are.
     *
     * @param enabled true to do so.
     * @return this.
     */
    public HeapReports conflicts(final boolean enabled) {
        conflicts = enabled;
        return this;
    }

    /**
     * Reports conflicts, both sides, to a listener too.
     *
     * @param listener told of each.
     * @return this.
     */
    public HeapReports conflicts(final ConflictListener listener) {
        listeners.add(listener);
        return conflicts(true);
    }

    /**
     * Expands the locations that the VM sets.
     *
     * @param expander of numbers and refs to text.
     * @return this.
     */
    public HeapReports locationText(final LocationText expander) {
        locationText = expander;
        return this;
    }

    /**
     * Where events go.
     *
     * @return the log, or null.
     */
    public EventLog eventLog() {
        return eventLog;
    }

    /**
     * Are events made for JFR?
     *
     * @return true while a recording runs.
     */
    public boolean jfr() {
        return jfr;
    }

    /**
     * Are conflicts reported?
     *
     * @return true when mutators note locations.
     */
    public boolean hasConflicts() {
        return conflicts;
    }

    /**
     * Has anybody asked for something that needs the clock?
     *
     * @return true when activities are timed.
     */
    public boolean isTimed() {
        return eventLog != null || jfr || conflicts;
    }

    /**
     * Who is told of conflicts.
     *
     * @return the listeners.
     */
    public List<ConflictListener> conflictListeners() {
        return listeners;
    }

    /**
     * Who expands locations.
     *
     * @return never null.
     */
    public LocationText locationText() {
        return locationText;
    }
}
