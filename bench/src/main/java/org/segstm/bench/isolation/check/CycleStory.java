package org.segstm.bench.isolation.check;

import org.segstm.bench.isolation.history.History;
import org.segstm.bench.isolation.history.Outcome;
import org.segstm.bench.isolation.history.Version;

/** Tells a cycle: for each attempt why it has to come before the next one. */
final class CycleStory {
    private final Round round;
    private int antiDependencies;
    private int orders;

    CycleStory(final Round round) {
        this.round = round;
    }

    String tell(final int[] cycle) {
        final StringBuilder steps = new StringBuilder();
        for (int i = 0; i < cycle.length; i++) {
            final int node = cycle[i];
            final int next = cycle[(i + 1) % cycle.length];
            steps.append("\n  ").append(round.name(node)).append(' ').append(reason(node, next)).append(' ')
                .append(round.name(next));
        }
        final StringBuilder text = new StringBuilder("no serial order, ").append(kind(cycle)).append(", cycle of ")
            .append(cycle.length).append(':').append(steps);
        for (final int node : cycle) {
            text.append("\n  ").append(round.describe(node));
        }
        return text.toString();
    }

    private String kind(final int[] cycle) {
        for (final int node : cycle) {
            if (round.historyOf(node).outcome(round.attemptOf(node)) == Outcome.ABORTED) {
                return "an aborted attempt saw no snapshot";
            }
        }
        if (orders > 0) {
            return "against real time";
        }
        return antiDependencies == 0 ? "circular information (G1c)"
            : antiDependencies == 1 ? "read skew (G-single)" : "lost update or write skew (G2)";
    }

    /** Dependencies are told rather than time. */
    private String reason(final int node, final int next) {
        final int read = placeOfRead(next, node);
        if (read >= 0) {
            final History reader = round.historyOf(next);
            return "wrote x" + reader.variable(read) + '=' + Version.toString(reader.version(read))
                + (reader.isWrite(read) ? ", replaced by" : ", read by");
        }
        final History history = round.historyOf(node);
        final int attempt = round.attemptOf(node);
        for (int place = history.firstOperation(attempt); place < history.firstOperation(attempt + 1); place++) {
            if (replaces(next, history.variable(place), history.version(place))) {
                antiDependencies++;
                return "read x" + history.variable(place) + '=' + Version.toString(history.version(place))
                    + ", replaced by";
            }
        }
        orders++;
        return "ended before the begin of";
    }

    /** Place where one attempt found what the other wrote, or -1. */
    private int placeOfRead(final int reader, final int writer) {
        final History history = round.historyOf(reader);
        final int attempt = round.attemptOf(reader);
        for (int place = history.firstOperation(attempt); place < history.firstOperation(attempt + 1); place++) {
            final long version = history.version(place);
            if (round.isWriteOf(history.variable(place), version)) {
                final History author = round.histories().get(Version.authorOf(version));
                if (round.node(author, author.attemptOf(Version.placeOf(version))) == writer && writer != reader) {
                    return place;
                }
            }
        }
        return -1;
    }

    private boolean replaces(final int node, final int variable, final long version) {
        final History history = round.historyOf(node);
        final int attempt = round.attemptOf(node);
        for (int place = history.firstOperation(attempt); place < history.firstOperation(attempt + 1); place++) {
            if (history.isWrite(place) && history.variable(place) == variable && history.version(place) == version) {
                return true;
            }
        }
        return false;
    }
}
