package org.segstm.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.heap.AbortCause;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.HeapStatistics;
import org.segstm.heap.Mutator;
import org.segstm.heap.MutatorStatistics;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.HeapReports;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

/** What the log of a real heap says agrees with what the heap itself has counted. */
@Timeout(120)
class RunOfHeapTest {
    private static final int THREADS = 4;
    private static final int TURNS = 3000;
    private HeapStatistics statistics;

    private Run run(final HeapContext context) throws IOException, InterruptedException {
        final Run.Live live = new Run.Live();
        try (EventLog log = EventLog.create(live)) {
            context.reports(new HeapReports().eventLog(log).conflicts(true)
                .locationText((number, ref) -> "place " + number));
            try (SegmentHeap heap = SegmentHeap.open(context.segments(3).heapBytes(64 << 20).nurseryBytes(1 << 16))) {
                final ObjectLayout.Builder builder = ObjectLayout.named("total");
                final Field sum = builder.field("sum", FieldType.INT64);
                final ObjectLayout layout = heap.register(builder);
                final GlobalRoot root = heap.newGlobalRoot("total");
                try (Mutator mutator = heap.attachMutator("maker")) {
                    mutator.atomicallyDo(m -> m.push(m.allocate(layout)));
                    root.set(mutator.pop());
                }
                final List<Thread> threads = new ArrayList<>();
                IntStream.range(0, THREADS)
                    .forEach(i -> threads.add(new Thread(() -> turns(heap, layout, sum, root, i))));
                threads.forEach(Thread::start);
                for (final Thread thread : threads) {
                    thread.join();
                }
                statistics = heap.statistics();
            }
        }
        return live.finish();
    }

    private static void turns(
            final SegmentHeap heap, final ObjectLayout layout, final Field sum, final GlobalRoot root, final int i) {
        try (Mutator mutator = heap.attachMutator("adder " + i)) {
            for (int turn = 0; turn < TURNS; turn++) {
                mutator.atomicallyDo(m -> {
                    m.setLocation(1, 0);
                    final long old = m.getLong(root.get(), sum);
                    for (int j = 0; j < 30; j++) {
                        m.allocate(layout);
                    }
                    m.setLocation(2, 0);
                    m.putLong(root.get(), sum, old + 1);
                });
            }
        }
    }

    private void assertAgrees(final Run run) {
        assertEquals(List.of(), run.problems());
        assertEquals(THREADS + 1, run.threads().size());
        for (final ThreadTimes thread : run.threads()) {
            final MutatorStatistics counted = statistics.mutators().stream()
                .filter(mutator -> mutator.name().equals(thread.name())).findFirst().orElseThrow();
            assertEquals(counted.committed(), thread.committed(), thread.name());
            assertEquals(counted.inevitable(), thread.inevitable(), thread.name());
            for (final AbortCause cause : AbortCause.values()) {
                assertEquals(counted.aborted(cause), thread.aborted(cause.ordinal()), thread.name() + " " + cause);
            }
            assertEquals(1, (double) thread.sumNanos() / run.elapsedNanos(), 0.02, thread.name());
        }
    }

    @Test
    void shouldAgreeWithStatisticsWhenThreadsConflict() throws IOException, InterruptedException {
        final Run run = run(new HeapContext());
        assertAgrees(run);
        assertEquals(THREADS * TURNS + 1, run.committed());
        final long conflicts = run.conflicts().stream().mapToLong(Conflict::count).sum();
        assertTrue(conflicts <= run.aborted(), conflicts + " of " + run.aborted());
        for (final Conflict conflict : run.conflicts()) {
            assertEquals("total", conflict.layout());
            assertEquals("place 1", conflict.victim().name());
            assertTrue(!conflict.written().isKnown() || conflict.written().name().equals("place 2"),
                conflict.written().toString());
        }
    }

    @Test
    void shouldAgreeWithStatisticsWhenThereIsNoStm() throws IOException, InterruptedException {
        final Run run = run(new HeapContext().serial(true));
        assertAgrees(run);
        assertEquals(0, run.aborted());
        assertTrue(run.heap().toLowerCase(Locale.ROOT).contains("serial=true"), run.heap());
    }
}
