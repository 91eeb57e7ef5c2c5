package org.segstm.bench.isolation.check;

import org.junit.jupiter.api.Test;
import org.segstm.bench.isolation.history.History;
import org.segstm.bench.isolation.history.Outcome;
import org.segstm.bench.isolation.history.Version;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Histories made by hand, each named after what is wrong with it. */
class HistoryCheckerTest {
    private static final int X = 0;
    private static final int Y = 1;
    private static final long X0 = Version.initial(X);
    private static final long Y0 = Version.initial(Y);

    private final HistoryChecker checker = new HistoryChecker(2);
    private final List<History> histories = new ArrayList<>();
    private final History one = history();
    private final History two = history();
    private final History three = history();
    private long before;

    private History history() {
        final History history = new History(histories.size(), 1000);
        histories.add(history);
        return history;
    }

    private void nextRound(final int round) {
        histories.forEach(history -> history.startRound(round));
    }

    private void assertClean() {
        checker.check(histories, before);
    }

    private void assertViolation(final String... parts) {
        final String message =
            assertThrows(IsolationViolation.class, () -> checker.check(histories, before)).getMessage();
        for (final String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }

    /** An attempt of which only order by data is known. */
    private static void commit(final History history, final Runnable body) {
        history.begin(0);
        body.run();
        history.end(Outcome.COMMITTED, 0);
    }

    private static void abort(final History history, final Runnable body) {
        history.begin(0);
        body.run();
        history.end(Outcome.ABORTED, 0);
    }

    @Test
    void shouldAcceptWhenTransactionsFollowOneAnother() {
        one.begin(0);
        final long x1 = one.write(X, X0);
        one.end(Outcome.COMMITTED, 1);
        two.begin(1);
        two.read(X, x1);
        final long y1 = two.write(Y, Y0);
        two.end(Outcome.COMMITTED, 2);
        three.begin(2);
        three.read(X, x1);
        three.read(Y, y1);
        three.end(Outcome.COMMITTED, 3);
        assertClean();
        assertEquals(x1, checker.lastVersion(X));
        assertEquals(y1, checker.lastVersion(Y));
        assertEquals(3, checker.counts().committed());
        assertEquals(3, checker.counts().reads());
        assertEquals(2, checker.counts().writes());
    }

    @Test
    void shouldAcceptOldSnapshotWhenNothingTellsItCameLater() {
        one.begin(0);
        final long x1 = one.write(X, X0);
        one.end(Outcome.COMMITTED, 1);
        two.begin(0);
        two.read(X, X0);
        two.end(Outcome.COMMITTED, 2);
        abort(three, () -> three.read(X, X0));
        abort(three, () -> three.read(X, x1));
        assertClean();
        assertEquals(2, checker.counts().aborted());
    }

    @Test
    void shouldAcceptOwnWritesWhenWrittenAgain() {
        final long[] last = new long[1];
        commit(one, () -> {
            last[0] = one.write(X, one.write(X, X0));
            one.read(X, last[0]);
        });
        commit(two, () -> two.read(X, last[0]));
        assertClean();
        assertEquals(last[0], checker.lastVersion(X));
    }

    @Test
    void shouldFindLostUpdate() {
        commit(one, () -> one.write(X, X0));
        commit(two, () -> two.write(X, X0));
        assertViolation("lost update", "cycle of 2", "write x0=initial->v1.1.0",
            "worker 0 attempt 0 read x0=initial, replaced by worker 1 attempt 0");
    }

    @Test
    void shouldFindLostUpdateWhenWritersReadFirst() {
        final long[] x = new long[1];
        commit(one, () -> x[0] = one.write(X, X0));
        commit(two, () -> {
            two.read(X, x[0]);
            two.write(X, x[0]);
        });
        commit(three, () -> {
            three.read(X, x[0]);
            three.write(X, x[0]);
        });
        assertViolation("lost update", "cycle of 2");
    }

    @Test
    void shouldFindWriteSkew() {
        commit(one, () -> {
            one.read(X, X0);
            one.write(Y, Y0);
        });
        commit(two, () -> {
            two.read(Y, Y0);
            two.write(X, X0);
        });
        assertViolation("write skew (G2)", "cycle of 2");
    }

    @Test
    void shouldFindReadSkew() {
        final long[] y = new long[1];
        commit(one, () -> {
            one.write(X, X0);
            y[0] = one.write(Y, Y0);
        });
        commit(two, () -> {
            two.read(X, X0);
            two.read(Y, y[0]);
        });
        assertViolation("read skew (G-single)", "cycle of 2", "worker 0 attempt 0 wrote x1=v1.0.1, read by worker 1");
    }

    @Test
    void shouldFindCircularInformation() {
        commit(one, () -> {
            one.write(X, X0);
            one.read(Y, Version.of(1, 1, 0));
        });
        commit(two, () -> {
            two.write(Y, Y0);
            two.read(X, Version.of(1, 0, 0));
        });
        assertViolation("circular information (G1c)", "cycle of 2");
    }

    @Test
    void shouldFindNonRepeatableRead() {
        final long[] x = new long[1];
        commit(one, () -> x[0] = one.write(X, X0));
        commit(two, () -> {
            two.read(X, X0);
            two.read(X, x[0]);
        });
        assertViolation("cycle of 2", "read skew");
    }

    @Test
    void shouldFindDirtyRead() {
        final long[] x = new long[1];
        abort(one, () -> x[0] = one.write(X, X0));
        commit(two, () -> two.read(X, x[0]));
        assertViolation("dirty read", "worker 1 attempt 0 (committed)", "worker 0 attempt 0 (aborted)");
    }

    @Test
    void shouldFindIntermediateRead() {
        final long[] x = new long[1];
        commit(one, () -> {
            x[0] = one.write(X, X0);
            one.write(X, x[0]);
        });
        commit(two, () -> two.read(X, x[0]));
        assertViolation("G1b");
    }

    @Test
    void shouldFindMissingOwnWrite() {
        commit(one, () -> {
            one.write(X, X0);
            one.read(X, X0);
        });
        assertViolation("did not see its own write v1.0.0");
    }

    @Test
    void shouldFindStaleReadWhenWriterEndedBefore() {
        one.begin(0);
        one.write(X, X0);
        one.end(Outcome.COMMITTED, 1);
        two.begin(1);
        two.read(X, X0);
        two.end(Outcome.COMMITTED, 2);
        assertViolation("against real time", "worker 0 attempt 0 ended before the begin of worker 1 attempt 0",
            "cycle of 2");
    }

    @Test
    void shouldFindStaleReadWhenOnlyAChainOfTimeTells() {
        one.begin(0);
        one.write(X, X0);
        one.end(Outcome.COMMITTED, 1);
        three.begin(1);
        three.end(Outcome.COMMITTED, 2);
        three.begin(2);
        three.end(Outcome.COMMITTED, 3);
        two.begin(3);
        two.read(X, X0);
        two.end(Outcome.COMMITTED, 4);
        assertViolation("against real time", "cycle of 2");
    }

    @Test
    void shouldFindStaleReadWhenTheThreadItselfKnewBetter() {
        final long[] x = new long[1];
        commit(one, () -> x[0] = one.write(X, X0));
        commit(two, () -> two.read(X, x[0]));
        abort(two, () -> two.read(X, X0));
        assertViolation("an aborted attempt saw no snapshot");
    }

    @Test
    void shouldFindAbortedAttemptWhenItSawNoSnapshot() {
        final long[] y = new long[1];
        commit(one, () -> {
            one.write(X, X0);
            y[0] = one.write(Y, Y0);
        });
        abort(two, () -> {
            two.read(X, X0);
            two.read(Y, y[0]);
        });
        assertViolation("an aborted attempt saw no snapshot", "cycle of 2");
    }

    @Test
    void shouldNotMindWhatAbortedAttemptsWrote() {
        abort(one, () -> one.write(X, X0));
        abort(two, () -> two.write(X, X0));
        commit(three, () -> three.write(X, X0));
        assertClean();
    }

    @Test
    void shouldFindCycleOfThree() {
        commit(one, () -> {
            one.read(X, X0);
            one.write(Y, Y0);
        });
        commit(two, () -> {
            two.read(Y, Version.of(1, 0, 1));
        });
        two.begin(0);
        two.end(Outcome.COMMITTED, 1);
        three.begin(0);
        three.write(X, X0);
        three.end(Outcome.COMMITTED, 2);
        assertClean();
        nextRound(2);
        before = 2;
        final long x1 = checker.lastVersion(X);
        final long y1 = checker.lastVersion(Y);
        three.begin(2);
        final long x2 = three.write(X, x1);
        three.end(Outcome.COMMITTED, 3);
        commit(one, () -> {
            one.read(X, x1);
            one.write(Y, y1);
        });
        commit(two, () -> {
            two.read(Y, Version.of(2, 0, 1));
            two.read(X, x2);
        });
        assertClean();
        nextRound(3);
        before = 3;
        final long y2 = checker.lastVersion(Y);
        one.begin(3);
        one.read(X, x2);
        one.write(Y, y2);
        one.end(Outcome.COMMITTED, 5);
        three.begin(3);
        three.write(X, x2);
        three.end(Outcome.COMMITTED, 4);
        two.begin(4);
        two.read(Y, Version.of(3, 0, 1));
        two.end(Outcome.COMMITTED, 6);
        assertClean();
        nextRound(4);
        before = 6;
        final long x3 = checker.lastVersion(X);
        final long y3 = checker.lastVersion(Y);
        three.begin(6);
        three.write(X, x3);
        three.end(Outcome.COMMITTED, 7);
        two.begin(7);
        two.write(Y, y3);
        two.end(Outcome.COMMITTED, 8);
        commit(one, () -> {
            one.read(X, x3);
            one.read(Y, Version.of(4, 1, 0));
        });
        assertViolation("cycle of 3", "against real time");
    }

    @Test
    void shouldFindVersionOfEarlierRound() {
        commit(one, () -> one.write(X, X0));
        assertClean();
        nextRound(2);
        commit(two, () -> two.read(X, X0));
        assertViolation("of an earlier round", "by v1.0.0");
    }

    @Test
    void shouldFindValueThatNobodyWrote() {
        commit(one, () -> one.read(X, Version.of(1, 2, 7)));
        assertViolation("nobody wrote there");
    }

    @Test
    void shouldFindValueOfAnotherVariable() {
        final long[] y = new long[1];
        commit(one, () -> y[0] = one.write(Y, Y0));
        commit(two, () -> two.read(X, y[0]));
        assertViolation("worker 1 attempt 0", "at x0 = v1.0.0: read what nobody wrote there");
    }

    @Test
    void shouldCheckQuicklyWhenHistoriesAreLong() {
        final List<History> many = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            many.add(new History(i, 300_000));
        }
        long last = X0;
        for (int i = 0; i < 1_000_000; i++) {
            final History history = many.get(i & 3);
            history.begin(i);
            if (i % 5 == 0) {
                last = history.write(X, last);
            } else {
                history.read(X, last);
            }
            history.end(Outcome.COMMITTED, i + 1);
        }
        final HistoryChecker other = new HistoryChecker(1);
        other.check(many, 0);
        assertEquals(1_000_000, other.counts().committed());
        assertTrue(other.counts().edges() < 6_000_000, () -> "edges=" + other.counts().edges());
    }
}
