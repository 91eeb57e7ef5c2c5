package org.segstm.gc.reports;

import org.segstm.gc.protocol.EachSharing;
import org.segstm.gc.protocol.Stage;
import org.segstm.heap.AbortCause;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.TransactionCallbackException;
import org.segstm.heap.event.Conflict;
import org.segstm.heap.event.ConflictListener;
import org.segstm.heap.event.ConflictObject;
import org.segstm.heap.event.ConflictSummary;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.HeapReports;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A conflict report names the object and both places. */
class ConflictReportTest {
    private static final long CARD_2 = 14 + 16 + 3;
    private final List<Conflict> conflicts = new ArrayList<>();
    private final Map<Long, Integer> expanded = new TreeMap<>();

    private HeapReports reports() {
        return new HeapReports().conflicts(conflicts::add).locationText((number, ref) -> {
            expanded.merge(number, 1, Integer::sum);
            return "line " + number;
        });
    }

    private Stage stage(final PageSharing sharing) {
        return new Stage(Stage.context(sharing).reports(reports()));
    }

    private static void at(final Stage t, final Mutator mutator, final long line) {
        t.on(mutator).setLocation(line, 0);
    }

    private Conflict only() {
        assertEquals(1, conflicts.size(), conflicts.toString());
        return conflicts.get(0);
    }

    private void check(
        final Conflict conflict, final String victim, final String read, final String writer, final String written) {
        assertEquals(victim, conflict.victim().name());
        assertEquals(read, conflict.victim().where());
        assertEquals(writer, conflict.writer().name());
        assertEquals(written, conflict.writer().where());
        assertTrue(conflict.lostNanos() > 0);
    }

    @EachSharing
    void shouldNameReadAndWrite(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            at(t, t.a, 10);
            t.get(t.a, x);
            at(t, t.a, 11);
            t.get(t.a, x);
            t.put(t.a, y, 2);
            t.begin(t.b);
            at(t, t.b, 20);
            t.put(t.b, x, 5);
            at(t, t.b, 21);
            t.put(t.b, x, 6);
            t.commit(t.b);
            at(t, t.a, 12);
            assertFalse(t.tryCommit(t.a));
            check(only(), "A", "line 10", "B", "line 20");
            assertEquals("cell", only().object().layout());
            assertEquals(x, only().object().ref());
            assertEquals(ConflictObject.WHOLE_OBJECT, only().object().card());
            assertEquals(AbortCause.READ_CONFLICT, only().cause());
            assertEquals(Map.of(10L, 1, 20L, 1), expanded, "only what was printed, and once");
        }
    }

    @EachSharing
    void shouldNameBothWrites(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            at(t, t.a, 10);
            t.put(t.a, x, 2);
            t.begin(t.b);
            at(t, t.b, 20);
            t.put(t.b, x, 5);
            t.commit(t.b);
            assertFalse(t.tryCommit(t.a));
            check(only(), "A", "line 10", "B", "line 20");
        }
    }

    @EachSharing
    void shouldNameCardOfArray(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long array = t.committed(t.a, m -> m.allocate(t.array, 100));
            final long cell = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            at(t, t.a, 10);
            t.a.getRefAt(array, 0);
            at(t, t.a, 11);
            t.a.getRefAt(array, CARD_2);
            t.put(t.a, cell, 2);
            t.begin(t.b);
            at(t, t.b, 20);
            t.b.putRefAt(array, CARD_2 + 1, cell);
            t.commit(t.b);
            assertFalse(t.tryCommit(t.a));
            check(only(), "A", "line 11", "B", "line 20");
            assertEquals("array", only().object().layout());
            assertEquals(array, only().object().ref());
            assertEquals(2, only().object().card());
        }
    }

    @EachSharing
    void shouldNameReadOfCounterAndAdd(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final ObjectLayout.Builder builder = ObjectLayout.named("hits").counters();
            final Field count = builder.field("count", FieldType.INT64);
            final ObjectLayout layout = t.heap.register(builder);
            final long hits = t.committed(t.a, m -> m.allocate(layout));
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            at(t, t.a, 10);
            t.a.getLong(hits, count);
            t.put(t.a, x, 2);
            t.begin(t.b);
            at(t, t.b, 20);
            t.b.add(hits, count, 3);
            t.commit(t.b);
            assertFalse(t.tryCommit(t.a));
            check(only(), "A", "line 10", "B", "line 20");
            assertEquals("hits", only().object().layout());
        }
    }

    @EachSharing
    void shouldNameWriterThatWasAdmitted(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b, t.c);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            t.begin(t.c);
            at(t, t.c, 30);
            t.put(t.c, y, t.get(t.c, y) + 10);
            t.begin(t.b);
            at(t, t.b, 20);
            t.put(t.b, y, 5);
            t.commit(t.b);
            assertFalse(t.tryCommit(t.c));
            check(only(), "C", "line 30", "B", "line 20");
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldNameBothWhenInNestedBlocks(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            t.a.beginNested();
            at(t, t.a, 10);
            t.get(t.a, x);
            t.a.abortNested();
            t.put(t.a, y, 2);
            t.begin(t.b);
            t.b.beginNested();
            at(t, t.b, 20);
            t.put(t.b, x, 5);
            t.b.beginNested();
            at(t, t.b, 21);
            t.put(t.b, x, 6);
            t.b.commitNested();
            t.b.commitNested();
            t.commit(t.b);
            assertFalse(t.tryCommit(t.a));
            check(only(), "A", "line 10", "B", "line 20");
        }
    }

    @EachSharing
    void shouldForgetWritesOfBlockThatWasUndone(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            at(t, t.a, 10);
            t.get(t.a, x);
            t.begin(t.b);
            t.b.beginNested();
            at(t, t.b, 20);
            t.put(t.b, x, 5);
            t.b.abortNested();
            at(t, t.b, 21);
            t.put(t.b, x, 6);
            t.b.beginNested();
            at(t, t.b, 22);
            t.put(t.b, x, 7);
            t.b.abortNested();
            t.commit(t.b);
            assertFalse(t.on(t.a).validate());
            check(only(), "A", "line 10", "B", "line 21");
        }
    }

    @EachSharing
    void shouldNameRightWriterWhenAnotherCommittedNothingAfterIt(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(7);
            t.attach(t.a, t.b, t.c);
            t.begin(t.a);
            at(t, t.a, 10);
            t.get(t.a, x);
            t.begin(t.b);
            at(t, t.b, 20);
            t.put(t.b, x, 5);
            t.commit(t.b);
            t.begin(t.c);
            at(t, t.c, 30);
            t.put(t.c, y, 7);
            t.commit(t.c);
            assertFalse(t.on(t.a).validate());
            check(only(), "A", "line 10", "B", "line 20");
        }
    }

    @EachSharing
    void shouldNameWriterThatWasDetachedAndEndedByOther(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator m = t.mutator("M");
            t.begin(t.a);
            at(t, t.a, 10);
            t.get(t.a, x);
            t.parkActing();
            m.setLocation(40, 0);
            m.begin();
            m.putLong(x, t.value, 2);
            assertTrue(m.detach("call"));
            t.write(t.b, y, 5);
            assertFalse(t.on(t.a).validate());
            check(only(), "A", "line 10", "M", "line 40");
            assertFalse(m.reattach());
            m.commit();
        }
    }

    @EachSharing
    void shouldRunCallbacksWhenListenerThrows(final PageSharing sharing) {
        final HeapReports reports = new HeapReports().conflicts((ConflictListener) conflict -> {
            throw new IllegalStateException("listener");
        });
        try (Stage t = new Stage(Stage.context(sharing).reports(reports))) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final int[] callbacks = new int[1];
            t.begin(t.a);
            t.a.onAbort(() -> callbacks[0]++);
            t.get(t.a, x);
            t.write(t.b, x, 5);
            final TransactionCallbackException thrown =
                assertThrows(TransactionCallbackException.class, () -> t.on(t.a).validate());
            assertEquals("listener", thrown.getCause().getMessage());
            assertEquals(1, callbacks[0]);
            assertFalse(t.a.inTransaction());
            t.write(t.a, x, 6);
        }
    }

    @EachSharing
    void shouldKeepObjectOfLocationAlive(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            t.begin(t.a);
            t.a.push(t.newCell(t.a, 77, 0));
            t.commit(t.a);
            final long function = t.a.pop();
            t.on(t.a).pushLocation(1, function);
            t.heap.collectMajor();
            assertEquals(77, t.committedValue(t.b, function));
            t.on(t.a).popLocation();
        }
    }

    @EachSharing
    void shouldDescribeObjectAsItWasWhenItIsGoneSince(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long holder = t.committedCell(1);
            final long array = t.begin(t.a).allocate(t.array, 100);
            t.a.putRef(holder, t.next, array);
            t.commit(t.a);
            final long old = t.begin(t.a).getRef(holder, t.next);
            t.commit(t.a);
            t.attach(t.a, t.b);
            t.begin(t.a);
            at(t, t.a, 10);
            t.a.getRefAt(old, CARD_2);
            t.begin(t.b);
            at(t, t.b, 20);
            t.b.putRefAt(old, CARD_2, holder);
            t.b.putRef(holder, t.next, 0);
            t.commit(t.b);
            t.parkActing();
            t.heap.collectMajor();
            t.heap.collectMajor();
            assertThrows(TransactionAbortedException.class, () -> t.on(t.a));
            check(only(), "A", "line 10", "B", "line 20");
            assertEquals("array", only().object().layout());
            assertEquals(2, only().object().card());
        }
    }

    @EachSharing
    void shouldNameBothWhenSomebodyElseFoundConflict(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            at(t, t.a, 10);
            t.get(t.a, x);
            t.put(t.a, y, 2);
            t.begin(t.b);
            at(t, t.b, 20);
            t.put(t.b, x, 5);
            t.commit(t.b);
            t.parkActing();
            t.heap.collectMajor();
            assertThrows(RuntimeException.class, () -> t.on(t.a).safepoint());
            check(only(), "A", "line 10", "B", "line 20");
            assertEquals(AbortCause.RESHARE, only().cause());
        }
    }

    @EachSharing
    void shouldNameConflictWhenTransactionAsksToBeInevitable(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.a);
            at(t, t.a, 10);
            t.get(t.a, x);
            t.begin(t.b);
            t.put(t.b, x, 5);
            t.commit(t.b);
            assertThrows(RuntimeException.class, () -> t.on(t.a).becomeInevitable("test"));
            check(only(), "A", "line 10", "B", "unknown place");
            assertEquals(AbortCause.INEVITABLE, only().cause());
        }
    }

    @EachSharing
    void shouldReportNothingWhenAbortIsNoConflict(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.begin(t.a);
            t.put(t.a, x, 3);
            t.abort(t.a);
            assertEquals(List.of(), conflicts);
        }
    }

    @EachSharing
    void shouldReturnToOuterLocationWhenInnerOneIsLeftOrAborted(final PageSharing sharing) {
        try (Stage t = stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).pushLocation(1, x);
            t.begin(t.a);
            t.a.pushLocation(2, 0);
            t.a.pushLocation(3, 0);
            assertEquals(3, t.a.locationDepth());
            t.abort(t.a);
            assertEquals(1, t.a.locationDepth());
            t.begin(t.a);
            t.a.pushLocation(4, 0);
            t.a.popLocation();
            t.get(t.a, x);
            t.write(t.b, x, 5);
            assertFalse(t.on(t.a).validate());
            check(only(), "A", "line 1", "B", "unknown place");
            assertEquals(x, only().victim().location().ref());
            t.on(t.a).popLocation();
            assertThrows(IllegalStateException.class, t.a::popLocation);
        }
    }

    @EachSharing
    void shouldNoteNothingWhenNobodyAsked(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            t.on(t.a).pushLocation(1, 0);
            assertEquals(0, t.a.locationDepth());
            t.a.popLocation();
        }
    }

    @EachSharing
    void shouldAddUpBySamePlaces(final PageSharing sharing) {
        final ConflictSummary summary = new ConflictSummary();
        try (Stage t = new Stage(Stage.context(sharing).reports(reports().conflicts(summary)))) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            for (int i = 0; i < 3; i++) {
                lose(t, x, 10);
            }
            lose(t, y, 11);
        }
        final List<ConflictSummary.Row> rows = summary.top(10);
        assertEquals(2, rows.size());
        assertEquals(4, summary.count());
        assertEquals(conflicts.stream().mapToLong(Conflict::lostNanos).sum(), summary.lostNanos());
        assertTrue(rows.get(0).lostNanos() >= rows.get(1).lostNanos());
        final ConflictSummary.Row often = rows.get(rows.get(0).count() == 3 ? 0 : 1);
        assertEquals(3, often.count());
        assertEquals(1, often.objects());
        assertEquals("line 10", often.first().victim().where());
        assertEquals("cell", often.layout());
    }

    private static void lose(final Stage t, final long cell, final long line) {
        t.begin(t.a);
        at(t, t.a, line);
        t.get(t.a, cell);
        t.begin(t.b);
        at(t, t.b, 20);
        t.put(t.b, cell, t.get(t.b, cell) + 1);
        t.commit(t.b);
        assertFalse(t.on(t.a).validate());
    }

    @EachSharing
    void shouldWriteConflictToEventLog(final PageSharing sharing) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventLog log = EventLog.create(bytes);
            Stage t = new Stage(Stage.context(sharing).reports(reports().eventLog(log)))) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            lose(t, x, 10);
        }
        assertEquals(List.of("A at line 10 lost to B at line 20: cell, READ_CONFLICT"),
            new RecordedLog(bytes.toByteArray()).conflicts);
    }
}
