package org.segstm.gc.reports;

import org.segstm.gc.protocol.EachSharing;
import org.segstm.gc.protocol.Stage;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.Phase;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.HeapReports;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The event log tells what each mutator did, and when. */
class EventLogTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private EventLog log() throws IOException {
        return EventLog.create(bytes);
    }

    private Stage stage(final PageSharing sharing, final EventLog log) {
        return new Stage(Stage.context(sharing).reports(new HeapReports().eventLog(log)));
    }

    private static List<String> textOf(final List<RecordedLog.Event> events) {
        return events.stream().map(RecordedLog.Event::toString).collect(Collectors.toList());
    }

    private static List<String> outcomes(final RecordedLog recorded, final String mutator) {
        return textOf(recorded.events.get(mutator)).stream().filter(text -> !text.startsWith("ACTIVITY"))
            .collect(Collectors.toList());
    }

    @EachSharing
    void shouldTellActivitiesOfTransactionInOrder(final PageSharing sharing) throws IOException {
        try (EventLog log = log(); Stage t = stage(sharing, log)) {
            t.begin(t.a);
            t.newCell(t.a, 1, 0);
            t.commit(t.a);
        }
        final RecordedLog recorded = new RecordedLog(bytes.toByteArray());
        assertEquals(Arrays.asList("A", "B", "C"), List.copyOf(recorded.mutators.values()));
        assertTrue(recorded.heap.contains("segments=4"), recorded.heap);
        final List<String> events = textOf(recorded.events.get("A"));
        events.removeIf(text -> text.startsWith("ACTIVITY wait: ") || text.startsWith("DECISION"));
        assertEquals(Arrays.asList("ACTIVITY outside transactions", "ACTIVITY begin", "ACTIVITY begin", "ACTIVITY run",
            "ACTIVITY minor GC", "ACTIVITY run", "ACTIVITY commit", "COMMITTED 0", "ACTIVITY outside transactions"),
            events);
        assertEquals(Arrays.asList("ACTIVITY outside transactions"), textOf(recorded.events.get("B")));
    }

    @EachSharing
    void shouldTellOutcomes(final PageSharing sharing) throws IOException {
        try (EventLog log = log(); Stage t = stage(sharing, log)) {
            final long x = t.committedCell(1);
            t.attach(t.b);
            t.begin(t.b);
            t.get(t.b, x);
            t.newCell(t.b, 1, 0);
            t.write(t.a, x, 5);
            assertTrue(!t.on(t.b).validate());
            t.begin(t.b);
            t.abort(t.b);
            t.on(t.b).beginInevitable("the reason");
            t.commit(t.b);
        }
        assertEquals(Arrays.asList("COMMITTED 0", "ABORTED READ_CONFLICT", "ABORTED EXPLICIT",
            "INEVITABLE the reason", "COMMITTED 1"), outcomes(new RecordedLog(bytes.toByteArray()), "B"));
    }

    @EachSharing
    void shouldTellWaitsByCause(final PageSharing sharing) throws IOException {
        try (EventLog log = log(); Stage t = stage(sharing, log)) {
            t.begin(t.a);
            t.a.park();
            t.a.unpark();
            t.commit(t.a);
            t.begin(t.a);
            t.a.detach("call");
            t.a.reattach();
            t.commit(t.a);
            t.begin(t.a);
            t.a.stopAllOthers();
            t.a.resumeAllOthers();
            t.commit(t.a);
        }
        final List<String> events = textOf(new RecordedLog(bytes.toByteArray()).events.get("A"));
        for (final String activity : Arrays.asList("parked", "detached", "wait: others to stop")) {
            assertTrue(events.contains("ACTIVITY " + activity), activity + " in " + events);
        }
    }

    @EachSharing
    void shouldTellCollectionsThatAllStoodStillFor(final PageSharing sharing) throws IOException {
        try (EventLog log = log(); Stage t = stage(sharing, log)) {
            t.committedCell(1);
            t.heap.reshare();
            t.heap.collectMajor();
        }
        final RecordedLog recorded = new RecordedLog(bytes.toByteArray());
        final List<String> asked = recorded.collections.stream().filter(text -> !text.contains("Attach"))
            .collect(Collectors.toList());
        assertEquals(2, asked.size(), recorded.collections.toString());
        assertTrue(asked.get(0).startsWith("reshare "), asked.get(0));
        assertTrue(asked.get(1).startsWith("major "), asked.get(1));
    }

    @EachSharing
    void shouldTellBreaksAndDecisions(final PageSharing sharing) throws IOException {
        try (EventLog log = log(); Stage t = stage(sharing, log)) {
            t.begin(t.a);
            t.a.hintCommitSoon();
            assertTrue(t.a.transactionBreak());
            t.commit(t.a);
        }
        assertEquals(Arrays.asList("BREAK", "COMMITTED 0", "COMMITTED 0"),
            outcomes(new RecordedLog(bytes.toByteArray()), "A"));
    }

    @EachSharing
    void shouldAddUpToElapsedTime(final PageSharing sharing) throws IOException {
        long statistics = 0;
        try (EventLog log = log(); Stage t = stage(sharing, log)) {
            final long x = t.committedCell(1);
            for (int i = 0; i < 1000; i++) {
                t.begin(t.a);
                t.put(t.a, x, t.get(t.a, x) + 1);
                t.newCell(t.a, i, 0);
                if (i % 5 == 0) {
                    t.abort(t.a);
                } else {
                    t.commit(t.a);
                }
            }
            for (final Phase phase : Phase.values()) {
                statistics += t.a.statistics().nanos(phase);
            }
        }
        final RecordedLog recorded = new RecordedLog(bytes.toByteArray());
        final List<RecordedLog.Event> events = recorded.events.get("A").stream()
            .filter(event -> event.kind.equals("ACTIVITY")).collect(Collectors.toList());
        long before = events.get(0).time;
        for (final RecordedLog.Event event : events) {
            assertTrue(event.time >= before, "time goes on");
            before = event.time;
        }
        assertTrue(before <= recorded.end, "the end comes last");
        assertEquals(before - events.get(0).time, statistics, "the statistics have the same source");
    }

    @Test
    void shouldSayItAtTheEndWhenDiskIsFull() throws IOException {
        final EventLog log = EventLog.create(new OutputStream() {
            private int left = 2000;

            @Override
            public void write(final int value) throws IOException {
                if (--left < 0) {
                    throw new IOException("No space left on device");
                }
            }
        });
        try (SegmentHeap heap = SegmentHeap.open(new HeapContext().reports(new HeapReports().eventLog(log)));
            Mutator mutator = heap.attachMutator("main")) {
            for (int i = 0; i < 100_000; i++) {
                mutator.begin();
                mutator.commit();
            }
        }
        final UncheckedIOException thrown = assertThrows(UncheckedIOException.class, log::close);
        assertTrue(thrown.getMessage().contains("No space left"), thrown.getMessage());
        log.close();
    }

    @Test
    void shouldLoseWhatComesLaterWhenLogIsClosedBeforeHeap() throws IOException {
        final EventLog log = log();
        try (SegmentHeap heap = SegmentHeap.open(new HeapContext().reports(new HeapReports().eventLog(log)));
            Mutator mutator = heap.attachMutator("main")) {
            mutator.atomicallyDo(m -> { });
            log.close();
            final int size = bytes.size();
            for (int i = 0; i < 100_000; i++) {
                mutator.atomicallyDo(m -> { });
            }
            assertEquals(size, bytes.size());
        }
        assertTrue(new RecordedLog(bytes.toByteArray()).end > 0);
    }

    @Test
    void shouldRefuseSecondHeap() throws IOException {
        try (EventLog log = log();
            SegmentHeap heap = SegmentHeap.open(new HeapContext().reports(new HeapReports().eventLog(log)))) {
            assertThrows(IllegalArgumentException.class,
                () -> SegmentHeap.open(new HeapContext().reports(new HeapReports().eventLog(log))));
            assertEquals(0, heap.statistics().reshares());
        }
    }

    @Test
    void shouldKeepAllEventsOfManyMutators() throws IOException {
        try (EventLog log = log();
            SegmentHeap heap = SegmentHeap.open(new HeapContext().reports(new HeapReports().eventLog(log)))) {
            for (int i = 0; i < 100; i++) {
                try (Mutator mutator = heap.attachMutator("m" + i)) {
                    for (int k = 0; k < 100; k++) {
                        mutator.atomicallyDo(m -> { });
                    }
                }
            }
        }
        final RecordedLog recorded = new RecordedLog(bytes.toByteArray());
        for (int i = 0; i < 100; i++) {
            assertEquals(100, outcomes(recorded, "m" + i).size());
        }
        assertTrue(recorded.end < TimeUnit.MINUTES.toNanos(10));
    }
}
