package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.event.Conflict;
import org.segstm.heap.event.ConflictListener;
import org.segstm.heap.event.ConflictObject;
import org.segstm.heap.event.EntryWriters;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.JfrStream;
import org.segstm.heap.event.Location;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.AccessTrace;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.segment.TracedSegment;
import org.segstm.heap.util.LongList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A mutator that notes where its transactions read and write what. Made only when conflicts are to be reported, so that
 * the barriers of the others stay what they are. The location of the first read and of the first write of each object,
 * or card, counts.
 */
final class TracingMutator extends Mutator implements AccessTrace {
    private static final int CACHED_LOCATIONS = 256;
    private static final long NOWHERE = 0;

    private final Location[] cache = new Location[CACHED_LOCATIONS];
    private final List<Location> stack = new ArrayList<>();
    /** Read marker, where the first of those who share it was read, and so on. */
    private final LongList reads = new LongList();
    /** Granule and location in turn. */
    private final LongList writes = new LongList();
    /** Number of writes, and depth of the stack, in turn. */
    private final LongList savepoints = new LongList();
    private int depthAtBegin;
    private long location = NOWHERE;
    private ConflictObject lostObject;
    private Location lostAt;
    private Conflict.Side lostTo;

    private TracingMutator(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /** Returns the common type, so that the verifier of whoever calls this loads this class only when it does. */
    static Mutator make(final SegmentHeap heap, final String name) {
        return new TracingMutator(heap, name);
    }

    @Override
    void mark(final long granuleRef) {
        final long marker = segmentBase + (granuleRef >>> SegmentMap.LOG_READ_MARKER_SCALE);
        if (Memory.getByte(marker) != readVersion) {
            Memory.putByte(marker, readVersion);
            if (location != NOWHERE && segment.map().isOldSpace(granuleRef)) {
                reads.add(granuleRef >>> SegmentMap.LOG_READ_MARKER_SCALE);
                reads.add(location);
            }
        }
    }

    @Override
    public void wrote(final long granuleRef) {
        writes.add(granuleRef);
        writes.add(location);
    }

    @Override
    public void pushLocation(final long number, final long ref) {
        stack.add(intern(number, ref));
        location = stack.get(stack.size() - 1).id();
    }

    @Override
    public void setLocation(final long number, final long ref) {
        if (stack.isEmpty()) {
            pushLocation(number, ref);
        } else {
            stack.set(stack.size() - 1, intern(number, ref));
            location = stack.get(stack.size() - 1).id();
        }
    }

    @Override
    public void popLocation() {
        if (stack.isEmpty()) {
            throw new IllegalStateException("popLocation() follows pushLocation(): " + name());
        }
        restoreLocations(stack.size() - 1);
    }

    @Override
    public int locationDepth() {
        return stack.size();
    }

    @Override
    public void restoreLocations(final int depth) {
        if (depth > stack.size()) {
            throw new IllegalStateException(
                "locations cannot be brought back: depth=" + stack.size() + " wanted=" + depth + ": " + name());
        }
        while (stack.size() > depth) {
            stack.remove(stack.size() - 1);
        }
        location = depth == 0 ? NOWHERE : stack.get(depth - 1).id();
    }

    private Location intern(final long number, final long ref) {
        final int index = (int) (number * 31 + (ref >>> ObjectHeader.LOG_BYTES_IN_GRANULE)) & CACHED_LOCATIONS - 1;
        Location found = cache[index];
        if (found == null || found.number() != number || found.ref() != ref) {
            found = heap.tracing().locations().of(number, ref);
            cache[index] = found;
        }
        return found;
    }

    @Override
    void transactionBegun() {
        ((TracedSegment) segment).trace(this);
        depthAtBegin = stack.size();
        reads.clear();
        writes.clear();
        savepoints.clear();
        lostObject = null;
    }

    @Override
    void savepointMade() {
        savepoints.add(writes.size());
        savepoints.add(stack.size());
    }

    @Override
    void savepointMerged() {
        savepoints.truncate(savepoints.size() - 2);
    }

    /** What the block has read stays read, and what it wrote counts as read. */
    @Override
    void savepointUndone() {
        final int depth = (int) savepoints.removeLast();
        final int kept = (int) savepoints.removeLast();
        for (int i = kept; i < writes.size(); i += 2) {
            reads.add(writes.get(i) >>> SegmentMap.LOG_READ_MARKER_SCALE);
            reads.add(writes.get(i + 1));
        }
        writes.truncate(kept);
        if (stack.size() > depth) {
            restoreLocations(depth);
        }
    }

    @Override
    public void publishing(final long entry) {
        heap.tracing().writers().add(entry, (int) number(), name(), Arrays.copyOf(writes.array(), writes.size()));
    }

    @Override
    public void conflictFound(final long granuleRef, final long entry) {
        lostObject = describe(granuleRef);
        lostAt = heap.tracing().locations().byId(locationOf(granuleRef));
        final EntryWriters.Written written = heap.tracing().writers().find(entry);
        lostTo = written == null ? Conflict.Side.UNKNOWN : new Conflict.Side(written.number(), written.name(),
            heap.tracing().locations().byId(written.locationOf(granuleRef)));
    }

    private ConflictObject describe(final long cardRef) {
        final long ref = heap.collector().startOf(cardRef);
        if (ref == 0) {
            return new ConflictObject(0, "object", cardRef, ConflictObject.WHOLE_OBJECT, cardRef);
        }
        final ObjectLayout layout = segment.layoutOf(ref);
        final boolean whole = layout.variablePart() == ObjectLayout.VariablePart.NONE
            || segment.sizeOf(ref) <= ObjectHeader.BYTES_IN_CARD;
        return new ConflictObject(layout.id(), layout.name(), ref,
            whole ? ConflictObject.WHOLE_OBJECT : (cardRef - ref) / ObjectHeader.BYTES_IN_CARD, cardRef);
    }

    private long locationOf(final long granuleRef) {
        final long marker = granuleRef >>> SegmentMap.LOG_READ_MARKER_SCALE;
        for (int i = 0; i < reads.size(); i += 2) {
            if (reads.get(i) == marker) {
                return reads.get(i + 1);
            }
        }
        for (int i = 0; i < writes.size(); i += 2) {
            if (writes.get(i) >>> SegmentMap.LOG_READ_MARKER_SCALE == marker) {
                return writes.get(i + 1);
            }
        }
        return NOWHERE;
    }

    @Override
    void transactionRolledBack(final AbortCause cause, final long lostNanos) {
        if (stack.size() > depthAtBegin) {
            restoreLocations(depthAtBegin);
        }
        final ConflictObject object = lostObject;
        lostObject = null;
        if (object == null || !cause.isConflict()) {
            return;
        }
        final Conflict conflict = new Conflict(
            System.nanoTime(), cause, object, new Conflict.Side((int) number(), name(), lostAt), lostTo, lostNanos);
        final EventLog log = heap.context().reports().eventLog();
        if (log != null) {
            log.conflict(conflict);
        }
        if (heap.context().reports().jfr()) {
            JfrStream.conflict(conflict);
        }
        for (final ConflictListener listener : heap.context().reports().conflictListeners()) {
            listener.conflict(conflict);
        }
    }
}
