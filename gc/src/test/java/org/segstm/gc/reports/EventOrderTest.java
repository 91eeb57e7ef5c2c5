package org.segstm.gc.reports;

import org.segstm.gc.protocol.EachSharing;
import org.segstm.gc.protocol.Stage;
import org.segstm.heap.AbortCause;
import org.segstm.heap.Contention;
import org.segstm.heap.HeapException;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;
import org.segstm.heap.event.EventLog;
import org.segstm.heap.event.HeapReports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What mutators do is in the log: each event, in its order, and all of their time. */
class EventOrderTest {
    /** Plays on a stage whose events are recorded. */
    private static RecordedLog play(final PageSharing sharing, final Consumer<Stage> scene) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (EventLog log = EventLog.create(bytes);
            Stage t = new Stage(Stage.context(sharing).reports(new HeapReports().eventLog(log)))) {
            scene.accept(t);
        }
        final RecordedLog recorded = new RecordedLog(bytes.toByteArray());
        for (final String mutator : recorded.mutators.values()) {
            assertEquals(recorded.end, recorded.nanos(mutator).values().stream().mapToLong(Long::longValue).sum(),
                "a row adds up: " + mutator);
        }
        return recorded;
    }

    private static void assertLast(final RecordedLog log, final String mutator, final String... expected) {
        final List<String> events = log.texts(mutator);
        assertEquals(List.of(expected), events.subList(Math.max(0, events.size() - expected.length), events.size()));
    }

    @EachSharing
    void shouldRecordEachStepWhenTransactionCommits(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.write(t.b, x, 2);
        });
        assertEquals(List.of("outside", "begin", "wait: segment", "wait: reshare, major GC", "begin", "run",
            "commit", "COMMITTED 0", "outside", "begin", "run", "commit", "COMMITTED 0", "outside"),
            log.texts("B"));
        assertTrue(log.collections.contains("reshare Attach"), log.collections.toString());
        assertEquals(List.of("outside"), log.texts("C"));
    }

    @EachSharing
    void shouldRecordMinorCollectionWhenNurseryHoldsSomething(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> t.committedCell(1));
        assertLast(log, "A", "run", "minor GC", "run", "commit", "COMMITTED 0", "outside");
        assertTrue(log.nanos("A").get("minor GC") > 0);
    }

    @EachSharing
    void shouldBookTimeToTheCauseWhenTransactionIsRolledBack(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, x, t.get(t.b, x) + 1);
            t.write(t.a, x, 5);
            assertFalse(t.tryCommit(t.b));
            t.begin(t.b);
            t.abort(t.b);
        });
        assertLast(log, "B", "run", "parked", "run", "commit", "roll back", "ABORTED READ_CONFLICT",
            "outside", "begin", "run", "roll back", "ABORTED EXPLICIT", "outside");
        assertTrue(log.nanos("B").get(AbortCause.READ_CONFLICT.name()) > 0);
        assertTrue(log.nanos("B").get(AbortCause.EXPLICIT.name()) > 0);
    }

    @EachSharing
    void shouldRecordCauseWhenOtherHasRolledBack(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.begin(t.b);
            t.put(t.b, x, 3);
            t.write(t.a, x, 5);
            t.reshare();
            assertThrows(TransactionAbortedException.class, () -> t.on(t.b));
        });
        assertLast(log, "B", "parked", "run", "roll back", "ABORTED RESHARE", "outside");
        assertTrue(log.collections.contains("reshare Request"), log.collections.toString());
    }

    @EachSharing
    void shouldRecordReasonAndEndWhenTransactionIsInevitable(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("print");
            t.put(t.a, x, 2);
            t.commit(t.a);
        });
        assertLast(log, "A", "INEVITABLE print", "commit", "COMMITTED 1", "outside");
    }

    @EachSharing
    void shouldRecordWaitsOfTheirOwnWhenCommitMeetsInevitable(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("test");
            t.write(t.b, y, 5);
            t.commit(t.a);
        });
        assertLast(log, "B", "commit", "DECISION COMMIT_WAITED", "wait: commit beside inevitable",
            "DECISION ADMITTED", "commit",
            "COMMITTED 0", "outside");
        assertTrue(log.nanos("B").get("wait: commit beside inevitable") > 0);
    }

    @EachSharing
    void shouldRecordWaitsOfTheirOwnWhenTwoWantToBeInevitable(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("first");
            final Thread second = new Thread(() -> {
                t.b.beginInevitable("second");
                t.b.commit();
            });
            second.start();
            while (t.b.statistics().decisions(Contention.TOKEN_WAITED) == 0) {
                Thread.onSpinWait();
            }
            t.commit(t.a);
            join(second);
        });
        final List<String> events = log.texts("B");
        final int wait = events.indexOf("wait: inevitable");
        assertEquals("DECISION TOKEN_WAITED", events.get(wait + 1));
        assertTrue(events.subList(wait, events.size()).containsAll(List.of("run", "INEVITABLE second", "COMMITTED 1")));
        assertTrue(log.nanos("B").get("wait: inevitable") > 0);
        assertFalse(log.texts("A").contains("wait: inevitable"), "nobody was before it");
    }

    private static void join(final Thread thread) {
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @EachSharing
    void shouldRecordEachHeapInItsOwnLogWhenThereAreTwo(final PageSharing sharing) throws IOException {
        final ByteArrayOutputStream other = new ByteArrayOutputStream();
        final RecordedLog log = play(sharing, t -> {
            try (EventLog otherLog = EventLog.create(other);
                Stage second = new Stage(Stage.context(sharing).reports(new HeapReports().eventLog(otherLog)))) {
                t.committedCell(1);
                second.begin(second.a);
                second.abort(second.a);
                t.committedCell(2);
            } catch (final IOException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(Map.of("COMMITTED", 2L), log.outcomes("A"));
        assertEquals(Map.of("EXPLICIT", 1L), new RecordedLog(other.toByteArray()).outcomes("A"));
    }

    @EachSharing
    void shouldBeOutsideAgainWhenBeginOrCommitIsRefused(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            t.on(t.a).beginInevitable("test");
            t.put(t.a, x, 2);
            t.begin(t.b);
            t.put(t.b, x, 7);
            assertThrows(HeapException.class, t.b::commit);
            t.b.abort();
            t.commit(t.a);
        });
        assertLast(log, "B", "wait: commit beside inevitable", "commit", "run", "roll back", "ABORTED EXPLICIT",
            "outside");
    }

    @EachSharing
    void shouldRecordBothEndsWhenTransactionIsDetached(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            final Mutator m = t.mutator("M");
            m.begin();
            m.putLong(x, t.value, 2);
            assertTrue(m.detach("call"));
            assertTrue(m.reattach());
            assertTrue(m.detach("again"));
            t.write(t.b, y, 5);
            assertFalse(m.reattach());
            m.commit();
        });
        final List<String> events = log.texts("M");
        final int first = events.indexOf("INEVITABLE call");
        assertEquals(List.of("INEVITABLE call", "detached", "run"), events.subList(first, first + 3));
        assertTrue(events.containsAll(List.of("COMMITTED 1", "DECISION FINISHED_BY_OTHER",
            "INEVITABLE reattached")), events.toString());
        assertEquals(2, events.stream().filter(e -> e.startsWith("COMMITTED")).count());
    }

    @EachSharing
    void shouldRecordUndoneBlocksWhenTheyFailAlone(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            final long x = t.committedCell(1);
            t.begin(t.a).beginNested();
            t.put(t.a, x, 2);
            t.a.abortNested();
            t.commit(t.a);
        });
        assertLast(log, "A", "UNDONE", "commit", "COMMITTED 0", "outside");
    }

    @EachSharing
    void shouldRecordCollectionsWhenAllStandStill(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            t.committedCell(1);
            t.parkActing();
            t.heap.collectMajor();
        });
        assertEquals("major Request", log.collections.get(log.collections.size() - 1));
    }

    @EachSharing
    void shouldRecordBreakWhenLengthIsUsedUp(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            t.begin(t.a);
            t.a.hintCommitSoon();
            assertTrue(t.a.transactionBreak());
            t.commit(t.a);
        });
        assertLast(log, "A", "BREAK", "commit", "COMMITTED 0", "outside", "begin", "run", "commit", "COMMITTED 0",
            "outside");
    }

    @EachSharing
    void shouldRecordEachAttemptAndItsPauseWhenBlockIsTriedAgain(final PageSharing sharing) throws IOException {
        final RecordedLog log = play(sharing, t -> {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final int[] tries = new int[1];
            t.on(t.b).atomicallyDo(m -> {
                m.putLong(x, t.value, m.getLong(x, t.value) + 1);
                if (tries[0]++ < 6) {
                    t.write(t.a, x, 100 + tries[0]);
                    t.on(t.b);
                }
            });
        });
        final List<String> row = log.texts("B");
        assertEquals(6, row.stream().filter("ABORTED READ_CONFLICT"::equals).count());
        final long pauses = row.stream().filter("back off"::equals).count();
        final long claims = row.stream().filter("DECISION CLAIMED_PRECEDENCE"::equals).count();
        assertEquals(pauses, row.stream().filter("DECISION BACKED_OFF"::equals).count());
        assertEquals(4, pauses + claims, "from the third one on; a try that takes long goes first instead");
        for (int i = row.indexOf("back off"); i >= 0 && i < row.size(); i++) {
            if (row.get(i).equals("back off")) {
                assertEquals(List.of("outside", "back off", "DECISION BACKED_OFF", "outside", "begin"),
                    row.subList(i - 1, i + 4));
            }
        }
    }
}
