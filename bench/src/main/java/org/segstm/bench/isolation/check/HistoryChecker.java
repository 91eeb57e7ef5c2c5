package org.segstm.bench.isolation.check;

import org.segstm.bench.isolation.history.History;
import org.segstm.bench.isolation.history.OrderClock;
import org.segstm.bench.isolation.history.Outcome;
import org.segstm.bench.isolation.history.Version;

import java.util.Arrays;
import java.util.List;

/** Checks the histories of one run, round after round. */
public final class HistoryChecker {
    private static final int NOBODY = -1;

    private final CheckCounts counts = new CheckCounts();
    private final OrderGraph graph = new OrderGraph();
    /** Last version of each variable before the round. */
    private final long[] carried;
    /** Node of the attempt that replaced the carried version. */
    private final int[] carriedReplacers;
    /** Of the variable's last write by the attempt that is being looked at: its node and place. */
    private final int[] ownWriters;
    private final int[] ownPlaces;
    private Round round;

    /**
     * Makes a checker.
     *
     * @param variables number of them; they have their initial versions.
     */
    public HistoryChecker(final int variables) {
        carried = new long[variables];
        carriedReplacers = new int[variables];
        ownWriters = new int[variables];
        ownPlaces = new int[variables];
        for (int i = 0; i < variables; i++) {
            carried[i] = Version.initial(i);
        }
    }

    /**
     * What was checked so far.
     *
     * @return the counts.
     */
    public CheckCounts counts() {
        return counts;
    }

    /**
     * The version that a variable has now that a round is checked and nobody runs.
     *
     * @param variable number of it.
     * @return the version.
     */
    public long lastVersion(final int variable) {
        return carried[variable];
    }

    /**
     * Checks a round.
     *
     * @param histories of all threads; their authors are their indexes.
     * @param before    the clock's stamp when the round began.
     * @throws IsolationViolation when the promise is broken.
     */
    public void check(final List<History> histories, final long before) {
        final long startNanos = System.nanoTime();
        round = new Round(histories, before);
        Arrays.fill(carriedReplacers, NOBODY);
        Arrays.fill(ownWriters, NOBODY);
        findReplacers();
        graph.start(round.nodes(), round.attempts());
        Arrays.fill(ownWriters, NOBODY);
        addDependencies();
        addOrder();
        final int[] cycle = graph.findCycle();
        if (cycle.length != 0) {
            throw new IsolationViolation(new CycleStory(round).tell(cycle));
        }
        carryVersions();
        counts.edges += graph.edges();
        counts.rounds++;
        counts.nanos += System.nanoTime() - startNanos;
    }

    /** Who replaced each version; of a transaction that writes a variable several times, the last write counts. */
    private void findReplacers() {
        for (final History history : round.histories()) {
            for (int attempt = 0; attempt < history.attempts(); attempt++) {
                if (history.outcome(attempt) == Outcome.COMMITTED) {
                    final int node = round.node(history, attempt);
                    final int end = history.firstOperation(attempt + 1);
                    for (int place = history.firstOperation(attempt); place < end; place++) {
                        if (history.isWrite(place)) {
                            noteWrite(history, place, node);
                        }
                    }
                }
            }
        }
    }

    private void noteWrite(final History history, final int place, final int node) {
        final int variable = history.variable(place);
        if (ownWriters[variable] == node) {
            round.replacers(history.author())[ownPlaces[variable]] = Round.SUPERSEDED;
        } else {
            noteReplacer(variable, history.version(place), node);
        }
        ownWriters[variable] = node;
        ownPlaces[variable] = place;
    }

    private void noteReplacer(final int variable, final long version, final int node) {
        final int[] replacers;
        final int index;
        if (version == carried[variable]) {
            replacers = carriedReplacers;
            index = variable;
        } else if (round.isWriteOf(variable, version)) {
            replacers = round.replacers(Version.authorOf(version));
            index = Version.placeOf(version);
        } else {
            // The next pass tells.
            return;
        }
        if (replacers[index] >= 0) {
            throw new IsolationViolation(new CycleStory(round).tell(new int[] {replacers[index], node}));
        }
        if (replacers[index] == NOBODY) {
            replacers[index] = node;
        }
    }

    private void addDependencies() {
        for (final History history : round.histories()) {
            for (int attempt = 0; attempt < history.attempts(); attempt++) {
                final int node = round.node(history, attempt);
                final int end = history.firstOperation(attempt + 1);
                for (int place = history.firstOperation(attempt); place < end; place++) {
                    addDependencies(history, place, node);
                }
                if (history.outcome(attempt) == Outcome.COMMITTED) {
                    counts.committed++;
                } else {
                    counts.aborted++;
                }
            }
        }
    }

    private void addDependencies(final History history, final int place, final int node) {
        final int variable = history.variable(place);
        final long version = history.version(place);
        if (ownWriters[variable] == node) {
            final long own = Version.of(history.round(), history.author(), ownPlaces[variable]);
            if (version != own) {
                throw violation(history, place, "did not see its own write " + Version.toString(own));
            }
        } else {
            addDependencies(history, place, node, round.isWriteOf(variable, version));
        }
        if (history.isWrite(place)) {
            ownWriters[variable] = node;
            ownPlaces[variable] = place;
            counts.writes++;
        } else {
            counts.reads++;
        }
    }

    private void addDependencies(
        final History history, final int place, final int node, final boolean writtenInRound) {
        final int variable = history.variable(place);
        final long version = history.version(place);
        final int replacer;
        if (version == carried[variable]) {
            replacer = carriedReplacers[variable];
        } else if (writtenInRound) {
            final History author = round.histories().get(Version.authorOf(version));
            final int writtenAt = Version.placeOf(version);
            final int attempt = author.attemptOf(writtenAt);
            if (author.outcome(attempt) == Outcome.ABORTED) {
                throw violation(history, place, "read what an aborted attempt wrote (dirty read, G1a):\n  "
                    + round.describe(round.node(author, attempt)));
            }
            replacer = round.replacers(author.author())[writtenAt];
            if (replacer == Round.SUPERSEDED) {
                throw violation(history, place, "read what its author replaced before committing (G1b):\n  "
                    + round.describe(round.node(author, attempt)));
            }
            graph.edge(round.node(author, attempt), node);
        } else {
            throw violation(history, place, round.isOfThePast(variable, version)
                ? "read a version of an earlier round; it was replaced before this attempt began, by "
                + Version.toString(carried[variable]) : "read what nobody wrote there");
        }
        if (replacer >= 0 && replacer != node) {
            graph.edge(node, replacer);
        }
    }

    private void addOrder() {
        for (final History history : round.histories()) {
            for (int attempt = 0; attempt < history.attempts(); attempt++) {
                final int node = round.node(history, attempt);
                if (attempt > 0) {
                    graph.edge(node - 1, node);
                }
                final long begin = history.beginStamp(attempt);
                if (begin > round.before()) {
                    graph.edge(round.timeNode(begin), node);
                }
                final long end = history.endStamp(attempt);
                if (end != OrderClock.NONE) {
                    graph.edge(node, round.timeNode(end));
                }
            }
        }
        for (int time = round.attempts() + 1; time < round.nodes(); time++) {
            graph.edge(time - 1, time);
        }
    }

    private void carryVersions() {
        for (final History history : round.histories()) {
            final int[] replacers = round.replacers(history.author());
            for (int place = 0; place < history.operations(); place++) {
                if (history.isWrite(place) && replacers[place] == NOBODY
                    && history.outcome(history.attemptOf(place)) == Outcome.COMMITTED) {
                    carried[history.variable(place)] = Version.of(history.round(), history.author(), place);
                }
            }
        }
    }

    private IsolationViolation violation(final History history, final int place, final String what) {
        return new IsolationViolation(round.describe(round.node(history, history.attemptOf(place))) + "\n  at x"
            + history.variable(place) + " = " + Version.toString(history.version(place)) + ": " + what);
    }
}
