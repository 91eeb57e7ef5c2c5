package org.segstm.bench.isolation.check;

import org.junit.jupiter.api.Test;
import org.segstm.bench.isolation.history.History;
import org.segstm.bench.isolation.history.OrderClock;
import org.segstm.bench.isolation.history.Outcome;
import org.segstm.bench.isolation.history.Version;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Small random histories, right and wrong ones: the checker says what trying all serial orders says. */
class RandomHistoryTest {
    private static final int HISTORIES = 20_000;
    private static final int VARIABLES = 2;
    private static final int THREADS = 3;
    private static final int MOST_OPERATIONS = 3;
    private static final int CHANGED_ONE_IN = 12;

    private final List<History> histories = new ArrayList<>();
    private final List<Long> versions = new ArrayList<>();
    private Random random;

    /** Attempts one after the other, then some versions changed and times drawn that need not fit. */
    private void draw(final long seed) {
        random = new Random(seed);
        histories.clear();
        versions.clear();
        final long[] state = new long[VARIABLES];
        for (int i = 0; i < VARIABLES; i++) {
            state[i] = Version.initial(i);
            versions.add(state[i]);
        }
        for (int i = 0; i < THREADS; i++) {
            histories.add(new History(i, 100));
        }
        final int attempts = 2 + random.nextInt(4);
        for (int i = 0; i < attempts; i++) {
            final History history = histories.get(random.nextInt(THREADS));
            history.begin(random.nextInt(3) == 0 ? random.nextInt(i + 1) : OrderClock.NONE);
            final long[] own = state.clone();
            for (int operations = 1 + random.nextInt(MOST_OPERATIONS); operations > 0; operations--) {
                operation(history, own);
            }
            final boolean committed = random.nextInt(4) != 0;
            if (committed && random.nextInt(CHANGED_ONE_IN) != 0) {
                System.arraycopy(own, 0, state, 0, VARIABLES);
            }
            history.end(committed ? Outcome.COMMITTED : Outcome.ABORTED, i + 1);
        }
    }

    private void operation(final History history, final long[] own) {
        final int variable = random.nextInt(VARIABLES);
        final long seen = random.nextInt(CHANGED_ONE_IN) == 0
            ? versions.get(random.nextInt(versions.size())) : own[variable];
        if (random.nextBoolean()) {
            history.read(variable, seen);
        } else {
            own[variable] = history.write(variable, seen);
            versions.add(own[variable]);
        }
    }

    private boolean checkerAccepts() {
        try {
            new HistoryChecker(VARIABLES).check(histories, 0);
            return true;
        } catch (final IsolationViolation e) {
            return false;
        }
    }

    private boolean someOrderIsSerial(final int[] done, final long[] state) {
        boolean all = true;
        for (int i = 0; i < THREADS; i++) {
            final History history = histories.get(i);
            if (done[i] < history.attempts()) {
                all = false;
                final long[] next = state.clone();
                if (mayComeNext(history, done) && run(history, done[i], next)) {
                    done[i]++;
                    final boolean found = someOrderIsSerial(done, next);
                    done[i]--;
                    if (found) {
                        return true;
                    }
                }
            }
        }
        return all;
    }

    /** Nobody who is still to come ended before it began. */
    private boolean mayComeNext(final History history, final int[] done) {
        final long begin = history.beginStamp(done[history.author()]);
        for (final History other : histories) {
            for (int attempt = done[other.author()]; attempt < other.attempts(); attempt++) {
                if (other.endStamp(attempt) <= begin) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean run(final History history, final int attempt, final long[] state) {
        final long[] own = state.clone();
        for (int place = history.firstOperation(attempt); place < history.firstOperation(attempt + 1); place++) {
            final int variable = history.variable(place);
            if (history.version(place) != own[variable]) {
                return false;
            }
            if (history.isWrite(place)) {
                own[variable] = Version.of(history.round(), history.author(), place);
            }
        }
        if (history.outcome(attempt) == Outcome.COMMITTED) {
            System.arraycopy(own, 0, state, 0, VARIABLES);
        }
        return true;
    }

    @Test
    void shouldAgreeWithAllSerialOrders() {
        final long first = System.nanoTime();
        int accepted = 0;
        for (long seed = first; seed < first + HISTORIES; seed++) {
            draw(seed);
            final long[] state = new long[VARIABLES];
            for (int i = 0; i < VARIABLES; i++) {
                state[i] = Version.initial(i);
            }
            final boolean serial = someOrderIsSerial(new int[THREADS], state);
            assertEquals(serial, checkerAccepts(), "seed=" + seed);
            accepted += serial ? 1 : 0;
        }
        assertTrue(accepted > HISTORIES / 10 && accepted < HISTORIES * 9 / 10, "accepted=" + accepted);
    }
}
