package org.segstm.heap;

import org.segstm.bridge.MemoryFile;
import org.segstm.bridge.Platform;
import org.segstm.bridge.Reservation;
import org.segstm.heap.layout.LayoutTable;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.segment.TracedSegment;
import org.segstm.heap.sharing.CopyOnWriteSharing;
import org.segstm.heap.sharing.MappingBudget;
import org.segstm.heap.sharing.OldSpaceMapping;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.sharing.Privatizer;
import org.segstm.heap.sharing.RemappingSharing;
import org.segstm.heap.sharing.SharingStrategy;

/**
 * The memory of a heap: one reservation for all segments, the file behind their old spaces, the page table. Opened as a
 * whole or not at all.
 */
final class HeapMemory implements AutoCloseable {
    private static final long RESERVATION_ALIGNMENT = 2 << 20;

    private final SegmentMap map;
    private final Reservation reservation;
    private MemoryFile file;
    private PageTable pages;
    private SharingStrategy strategy;
    private MappingBudget budget;
    private Privatizer privatizer;

    private HeapMemory(final HeapContext context) {
        map = new SegmentMap(context.nurseryBytes(), context.heapBytes());
        reservation = Reservation.reserve((context.segments() + 1) * map.segmentBytes(), RESERVATION_ALIGNMENT);
    }

    static HeapMemory open(final HeapContext context) {
        final HeapMemory memory = new HeapMemory(context);
        try {
            memory.map(context);
            return memory;
        } catch (final RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    private void map(final HeapContext context) {
        final boolean copyOnWrite = context.pageSharing() == PageSharing.PRIVATE_COW && !context.serial();
        final int copies = context.serial() || copyOnWrite ? 1 : context.segments() + 1;
        file = MemoryFile.create("segstm", copies * map.oldBytes());
        pages = new PageTable(map, context.unitBytes());
        final OldSpaceMapping mapping = new OldSpaceMapping(reservation, file, map, context.unitBytes());
        strategy = copyOnWrite ? new CopyOnWriteSharing(mapping)
            : new RemappingSharing(mapping, context.pageSharing() == PageSharing.REMAP_FILE_PAGES);
        budget = context.serial() || copyOnWrite ? MappingBudget.unlimited()
            : new MappingBudget(Math.max(1, context.maximumMappings() / 2));
        privatizer = new Privatizer(pages, strategy, budget);
        strategy.mapOldSpace(0);
    }

    /** Maps a segment. Index from 1. */
    Segment openSegment(final int index, final HeapContext context, final LayoutTable layouts) {
        final long offset = index * map.segmentBytes();
        final long pageBytes = Platform.pageBytes();
        final long privateStart = map.markersStart() & -pageBytes;
        reservation.mapAnonymous(offset + SegmentMap.controlOffset(), pageBytes);
        reservation.mapAnonymous(offset + privateStart, map.nurseryEnd() - privateStart);
        strategy.mapOldSpace(index);
        return context.reports().hasConflicts() && !context.serial()
            ? new TracedSegment(index, reservation, map, context, layouts, pages, privatizer, strategy)
            : new Segment(index, reservation, map, context, layouts, pages, privatizer, strategy);
    }

    SegmentMap map() {
        return map;
    }

    PageTable pages() {
        return pages;
    }

    Privatizer privatizer() {
        return privatizer;
    }

    /** Address of segment 0. */
    long sharedBase() {
        return reservation.address();
    }

    /** Gives memory of the base back to the system; shared views read zero there. */
    void returnBase(final long ref, final long bytes) {
        file.punchHole(ref - map.oldStart(), bytes);
    }

    /** Memory behind the file. */
    long fileBytes() {
        return file.allocatedBytes();
    }

    @Override
    public void close() {
        if (budget != null) {
            budget.close();
        }
        if (pages != null) {
            pages.close();
        }
        reservation.close();
        if (file != null) {
            file.close();
        }
    }
}
