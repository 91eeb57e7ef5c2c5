package org.segstm.gc.reports;

import org.segstm.gc.protocol.Stage;
import org.segstm.heap.PageSharing;
import org.segstm.heap.event.HeapReports;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The JDK's flight recorder gets the same events. */
class FlightRecorderTest {
    @TempDir
    private Path directory;

    private static void play(final boolean jfr) {
        try (Stage t = new Stage(Stage.context(PageSharing.PRIVATE_COW).reports(new HeapReports().jfr(jfr)
            .conflicts(jfr).locationText((number, ref) -> "line " + number)))) {
            final long x = t.committedCell(1);
            t.attach(t.b);
            t.begin(t.a).setLocation(10, 0);
            t.get(t.a, x);
            t.begin(t.b).setLocation(20, 0);
            t.put(t.b, x, 5);
            t.b.becomeInevitable("the reason");
            t.commit(t.b);
            t.on(t.a).validate();
            t.heap.collectMajor();
        }
    }

    private List<RecordedEvent> record(final boolean jfr) throws IOException {
        final Path file = directory.resolve("test.jfr");
        try (Recording recording = new Recording()) {
            for (final String name : List.of("Transaction", "Wait", "MinorCollection", "Collection", "Conflict")) {
                recording.enable("org.segstm." + name).withoutThreshold();
            }
            recording.start();
            play(jfr);
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("org.segstm.")).collect(Collectors.toList());
    }

    private static List<RecordedEvent> of(final List<RecordedEvent> events, final String name) {
        return events.stream().filter(event -> event.getEventType().getName().equals("org.segstm." + name))
            .collect(Collectors.toList());
    }

    @Test
    void shouldRecordTransactionsWaitsCollectionsAndConflicts() throws IOException {
        final List<RecordedEvent> events = record(true);
        assertTrue(of(events, "Transaction").stream().anyMatch(event -> "B".equals(event.getString("mutator"))
            && "committed".equals(event.getString("outcome")) && "the reason".equals(event.getString("inevitable"))));
        assertTrue(of(events, "Transaction").stream().anyMatch(event -> "A".equals(event.getString("mutator"))
            && "aborted: read conflict".equals(event.getString("outcome"))));
        assertTrue(of(events, "Wait").stream().anyMatch(event -> "parked".equals(event.getString("cause"))));
        assertEquals(1, of(events, "MinorCollection").size());
        assertTrue(of(events, "Collection").stream().anyMatch(event -> "major".equals(event.getString("kind"))
            && event.getDuration("pause").toNanos() > 0));
        final List<RecordedEvent> conflicts = of(events, "Conflict");
        assertEquals(1, conflicts.size());
        assertEquals("line 10", conflicts.get(0).getString("victimLocation"));
        assertEquals("line 20", conflicts.get(0).getString("writerLocation"));
    }

    @Test
    void shouldRecordNothingWhenNobodyAsked() throws IOException {
        assertEquals(0, record(false).size());
    }
}
