package org.segstm.bench.isolation.check;

import org.segstm.bench.isolation.history.History;
import org.segstm.bench.isolation.history.OrderClock;
import org.segstm.bench.isolation.history.Version;

import java.util.Arrays;
import java.util.List;

/**
 * The histories of a round as nodes of a graph: first the attempts, history after history, then one node per stamp of
 * the clock.
 */
final class Round {
    /** In place of a replacer: the author itself wrote the variable again. */
    static final int SUPERSEDED = -2;
    private static final int MOST_OPERATIONS_SHOWN = 24;

    private final List<History> histories;
    private final int[] firstNodes;
    private final int[][] replacers;
    private final long before;
    private final int attempts;
    private final int stamps;

    Round(final List<History> histories, final long before) {
        this.histories = histories;
        this.before = before;
        firstNodes = new int[histories.size() + 1];
        replacers = new int[histories.size()][];
        long lastStamp = before;
        for (int i = 0; i < histories.size(); i++) {
            final History history = histories.get(i);
            if (history.author() != i) {
                throw new IllegalArgumentException("the author of a history is its index: author="
                    + history.author() + " index=" + i);
            }
            firstNodes[i + 1] = firstNodes[i] + history.attempts();
            replacers[i] = new int[history.operations()];
            Arrays.fill(replacers[i], -1);
            for (int attempt = 0; attempt < history.attempts(); attempt++) {
                lastStamp = Math.max(lastStamp, history.endStamp(attempt));
            }
        }
        attempts = firstNodes[histories.size()];
        stamps = Math.toIntExact(lastStamp - before);
    }

    List<History> histories() {
        return histories;
    }

    int nodes() {
        return attempts + stamps;
    }

    int attempts() {
        return attempts;
    }

    long before() {
        return before;
    }

    int node(final History history, final int attempt) {
        return firstNodes[history.author()] + attempt;
    }

    int timeNode(final long stamp) {
        return attempts + (int) (stamp - before) - 1;
    }

    /** By place of the write that made a version: node of who replaced it, -1 for nobody, or superseded. */
    int[] replacers(final int author) {
        return replacers[author];
    }

    /** Was a version written in this round, to this variable? */
    boolean isWriteOf(final int variable, final long version) {
        final int author = Version.authorOf(version);
        final int place = Version.placeOf(version);
        if (author >= histories.size() || place >= histories.get(author).operations()) {
            return false;
        }
        final History history = histories.get(author);
        return version == Version.of(history.round(), author, place) && history.isWrite(place)
            && history.variable(place) == variable;
    }

    boolean isOfThePast(final int variable, final long version) {
        return version == Version.initial(variable) || Version.roundOf(version) > 0
            && Version.roundOf(version) < histories.get(0).round() && Version.authorOf(version) < histories.size();
    }

    History historyOf(final int node) {
        int i = 0;
        while (firstNodes[i + 1] <= node) {
            i++;
        }
        return histories.get(i);
    }

    int attemptOf(final int node) {
        return node - firstNodes[historyOf(node).author()];
    }

    /** An attempt with its operations. */
    String describe(final int node) {
        final History history = historyOf(node);
        final int attempt = attemptOf(node);
        final StringBuilder text = new StringBuilder(name(node) + " (" + history.outcome(attempt));
        if (history.beginStamp(attempt) != OrderClock.NONE || history.endStamp(attempt) != OrderClock.NONE) {
            text.append(", from ").append(stamp(history.beginStamp(attempt))).append(" to ")
                .append(stamp(history.endStamp(attempt)));
        }
        text.append("):");
        final int first = history.firstOperation(attempt);
        final int end = history.firstOperation(attempt + 1);
        for (int place = first; place < Math.min(end, first + MOST_OPERATIONS_SHOWN); place++) {
            text.append(history.isWrite(place) ? " write x" : " read x").append(history.variable(place))
                .append('=').append(Version.toString(history.version(place)));
            if (history.isWrite(place)) {
                text.append("->").append(
                    Version.toString(Version.of(history.round(), history.author(), place)));
            }
        }
        return text + (end - first > MOST_OPERATIONS_SHOWN ? " ... " + (end - first) + " operations" : "");
    }

    String name(final int node) {
        return "worker " + historyOf(node).author() + " attempt " + attemptOf(node);
    }

    private String stamp(final long stamp) {
        return stamp == OrderClock.NONE ? "?" : Long.toString(stamp - before);
    }
}
