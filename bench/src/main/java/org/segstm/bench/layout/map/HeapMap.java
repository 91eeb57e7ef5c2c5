package org.segstm.bench.layout.map;

import org.segstm.bridge.Memory;
import org.segstm.bridge.Platform;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.segment.RunState;
import org.segstm.heap.segment.Segment;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.sharing.PageTable;
import org.segstm.heap.spi.StoppedHeap;
import org.segstm.heap.world.World;

import java.util.ArrayList;
import java.util.List;

/**
 * The segments of a heap at one moment. What is private is told by the heap's page table; what was touched, by the page
 * tables of the kernel.
 *
 * @param settings    of the heap.
 * @param usedBytes   of the old space, from its start to the last byte ever used.
 * @param columnBytes of the old space that one column stands for.
 * @param rows        the base and all segments.
 */
public record HeapMap(String settings, long usedBytes, long columnBytes, List<MapRow> rows) {
    /**
     * Takes the map of a heap, whose mutators stand at safepoints meanwhile.
     *
     * @param heap    to look at; the caller is in none of its transactions.
     * @param columns into which the used part of the old space is divided, at most.
     * @return the map.
     */
    public static HeapMap of(final SegmentHeap heap, final int columns) {
        final List<HeapMap> maps = new ArrayList<>();
        heap.whileStopped(stopped -> {
            try (PageMap pages = new PageMap()) {
                maps.add(new Surveyor(stopped, pages, columns).survey());
            }
        });
        return maps.get(0);
    }

    /** Looks at a heap that stands still. */
    private static final class Surveyor {
        private final StoppedHeap heap;
        private final PageMap pageMap;
        private final SegmentMap map;
        private final long pageBytes = Platform.pageBytes();
        private final long usedEnd;
        private final int pagesInColumn;

        Surveyor(final StoppedHeap heap, final PageMap pageMap, final int columns) {
            this.heap = heap;
            this.pageMap = pageMap;
            this.map = heap.space().map();
            this.usedEnd = Math.min(map.oldEnd(), heap.collector().usedEnd() + pageBytes - 1 & -pageBytes);
            final long pages = (usedEnd - map.oldStart()) / pageBytes;
            this.pagesInColumn = Math.max(1, Math.toIntExact((pages + columns - 1) / columns));
        }

        HeapMap survey() {
            final List<MapRow> rows = new ArrayList<>();
            rows.add(base());
            heap.segments().forEach(segment -> rows.add(row(segment)));
            return new HeapMap(heap.space().context().toString(), usedEnd - map.oldStart(),
                pagesInColumn * pageBytes, rows);
        }

        private MapRow base() {
            final List<MapCell> cells = new ArrayList<>();
            for (long ref = map.oldStart(); ref < usedEnd; ref += pagesInColumn * pageBytes) {
                final long[] entries = entries(heap.space().baseAddress(), ref);
                int seen = 0;
                for (final long entry : entries) {
                    seen += PageMap.isPresent(entry) ? 1 : 0;
                }
                cells.add(new MapCell(entries.length, 0, seen, 0, 0));
            }
            return new MapRow("base", "what all views share", true, 0, 0, 0, 0, cells);
        }

        private MapRow row(final Segment segment) {
            final int nurseryPages = Math.toIntExact((map.nurseryEnd() - map.nurseryStart()) / pageBytes);
            int touched = 0;
            for (final long entry : pageMap.read(segment.base() + map.nurseryStart(), nurseryPages)) {
                touched += PageMap.isPresent(entry) ? 1 : 0;
            }
            final List<MapCell> cells = new ArrayList<>();
            for (long ref = map.oldStart(); ref < usedEnd; ref += pagesInColumn * pageBytes) {
                cells.add(cell(segment, ref));
            }
            return new MapRow("segment " + segment.index(), state(segment), false, nurseryPages, touched,
                segment.nursery().usedBytes(), segment.markers().version(), cells);
        }

        private String state(final Segment segment) {
            if (segment.owner() == null) {
                return heap.log().isAttached(segment) ? "free" : "never used, or detached";
            }
            final long state = World.runState(segment);
            final String doing = RunState.isDetached(state) ? "detached transaction"
                : state == RunState.IDLE ? "between transactions"
                : segment.inevitable() ? "inevitable transaction" : "in a transaction";
            return segment.owner().name() + ", " + doing
                + (segment.isSerial() ? "" : heap.log().isAttached(segment)
                ? ", revision " + segment.viewRevision() : ", detached from the log");
        }

        private MapCell cell(final Segment segment, final long ref) {
            final PageTable pages = heap.pages();
            final long[] entries = entries(segment.base(), ref);
            int own = 0;
            int seen = 0;
            for (int i = 0; i < entries.length; i++) {
                if (pages.isPrivate(pages.unitOf(ref + i * pageBytes), segment.bit())) {
                    own++;
                } else if (PageMap.isPresent(entries[i])) {
                    seen++;
                }
            }
            final long columnEnd = ref + entries.length * pageBytes;
            final long firstMarker = ref >>> SegmentMap.LOG_READ_MARKER_SCALE;
            final long endMarker = columnEnd >>> SegmentMap.LOG_READ_MARKER_SCALE;
            final long firstPage = firstMarker & -pageBytes;
            final int markerPages = Math.toIntExact((endMarker - firstPage + pageBytes - 1) / pageBytes);
            final long[] markers = pageMap.read(segment.base() + firstPage, markerPages);
            int touched = 0;
            long marks = 0;
            for (int i = 0; i < markers.length; i++) {
                if (PageMap.isPresent(markers[i])) {
                    final long start = firstPage + i * pageBytes;
                    touched += start >= firstMarker ? 1 : 0;
                    marks += marks(segment, Math.max(start, firstMarker), Math.min(start + pageBytes, endMarker));
                }
            }
            return new MapCell(entries.length, own, seen, touched, marks);
        }

        private long marks(final Segment segment, final long firstMarker, final long endMarker) {
            final byte version = (byte) segment.markers().version();
            long marks = 0;
            if (version != 0) {
                for (long marker = firstMarker; marker < endMarker; marker++) {
                    marks += Memory.getByte(segment.base() + marker) == version ? 1 : 0;
                }
            }
            return marks;
        }

        private long[] entries(final long base, final long ref) {
            final long pages = Math.min(pagesInColumn, (usedEnd - ref) / pageBytes);
            return pageMap.read(base + ref, (int) pages);
        }
    }
}
