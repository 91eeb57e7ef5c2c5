package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.event.Conflict;
import org.segstm.heap.event.ConflictListener;
import org.segstm.heap.event.ConflictObject;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.JfrStream;
import org.segstm.heap.event.Location;
import org.segstm.heap.event.WriterRing.Written;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.segment.WriteTrace;
import org.segstm.heap.util.LongList;
import org.segstm.heap.util.LongMap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A mutator that notes where its transactions read and write what. Made only when conflicts are to be reported, so that
 * the barriers of the others stay what they are. The location of the first read and of the first write of each object,
 * or card, counts.
 */
final class TracingMutator extends Mutator implements WriteTrace {
    private static final int CACHED_LOCATIONS = 256;
    private static final long NOWHERE = 0;

    private final Location[] cache = new Location[CACHED_LOCATIONS];
    private final List<Location> stack = new ArrayList<>();
    private final LongMap reads = new LongMap();
    /** Granule and location in turn. */
    private final LongList writes = new LongList();
    private int depthAtBegin;
    private long location = NOWHERE;
    private ConflictObject lostObject;
    private Location lostAt;
    private long lostRevision;

    private TracingMutator(final SegmentHeap heap, final String name) {
        super(heap, name);
    }

    /** Returns the common type, so that the verifier of whoever calls this loads this class only when it does. */
    static Mutator make(final SegmentHeap heap, final String name) {
        return new TracingMutator(heap, name);
    }

    @Override
    void mark(final long granuleRef) {
        Memory.putByte(segmentBase + (granuleRef >>> SegmentMap.LOG_MARKER_SCALE), readVersion);
        if (location != NOWHERE && segment.map().isOldSpace(granuleRef) && reads.get(granuleRef) == NOWHERE) {
            reads.put(granuleRef, location);
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
        segment.trace(this);
        depthAtBegin = stack.size();
        reads.clear();
        writes.clear();
    }

    @Override
    void transactionCommitted() {
        if (!writes.isEmpty()) {
            heap.tracing().writers().add(segment.viewRevision(), (int) number(), name(),
                Arrays.copyOf(writes.array(), writes.size()));
        }
    }

    @Override
    void transactionRollsBack(final AbortCause cause) {
        if (stack.size() > depthAtBegin) {
            restoreLocations(depthAtBegin);
        }
        if (cause.isConflict() && segment.conflictRef() != 0) {
            final long cardRef = segment.conflictRef();
            lostObject = describe(cardRef);
            lostRevision = segment.conflictRevision();
            lostAt = heap.tracing().locations().byId(locationOf(cardRef));
        }
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

    private long locationOf(final long cardRef) {
        long found = reads.get(cardRef);
        for (int i = 0; i < writes.size() && found == NOWHERE; i += 2) {
            if (writes.get(i) == cardRef) {
                found = writes.get(i + 1);
            }
        }
        return found;
    }

    @Override
    void transactionRolledBack(final AbortCause cause, final long lostNanos) {
        if (lostObject == null) {
            return;
        }
        final Written written = heap.tracing().writers().find(lostRevision);
        final Conflict.Side writer = written == null ? Conflict.Side.UNKNOWN
            : new Conflict.Side(written.number(), written.name(),
                heap.tracing().locations().byId(written.locationOf(lostObject.cardRef())));
        final Conflict conflict = new Conflict(System.nanoTime(), cause, lostObject,
            new Conflict.Side((int) number(), name(), lostAt), writer, lostNanos);
        lostObject = null;
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
