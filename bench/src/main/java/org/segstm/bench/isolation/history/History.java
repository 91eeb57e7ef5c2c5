package org.segstm.bench.isolation.history;

/**
 * What one thread did in a round, in arrays of its own: recording needs no lock and makes no object. An attempt is a
 * try of a transaction; an operation is a read of a variable, or a write that replaces a version it has seen.
 */
public final class History {
    private final int author;
    private final int[] variables;
    private final long[] versions;
    private final boolean[] writes;
    private final int[] attemptsOfOperations;
    private final int[] firstOperations;
    private final long[] beginStamps;
    private final long[] endStamps;
    private final Outcome[] outcomes;
    private int round = 1;
    private int operations;
    private int attempts;

    /**
     * Makes an empty history.
     *
     * @param author            number of it, below {@link Version#FOUNDER}.
     * @param maximumOperations in a round.
     */
    public History(final int author, final int maximumOperations) {
        this.author = author;
        variables = new int[maximumOperations];
        versions = new long[maximumOperations];
        writes = new boolean[maximumOperations];
        attemptsOfOperations = new int[maximumOperations];
        firstOperations = new int[maximumOperations + 1];
        beginStamps = new long[maximumOperations];
        endStamps = new long[maximumOperations];
        outcomes = new Outcome[maximumOperations];
    }

    /**
     * Forgets everything.
     *
     * @param newRound that is to be recorded.
     */
    public void startRound(final int newRound) {
        round = newRound;
        operations = 0;
        attempts = 0;
    }

    /**
     * Is there room for one more attempt?
     *
     * @param most operations that it can have.
     * @return true when there is.
     */
    public boolean hasRoomFor(final int most) {
        return operations + most <= variables.length && attempts < outcomes.length;
    }

    /**
     * An attempt is about to begin.
     *
     * @param stamp of the clock, or {@link OrderClock#NONE}.
     */
    public void begin(final long stamp) {
        firstOperations[attempts] = operations;
        beginStamps[attempts] = stamp;
        endStamps[attempts] = OrderClock.NONE;
        outcomes[attempts] = Outcome.ABORTED;
    }

    /**
     * The attempt read a variable.
     *
     * @param variable number of it.
     * @param version  that it found.
     */
    public void read(final int variable, final long version) {
        add(variable, version, false);
    }

    /**
     * The attempt is about to write a variable.
     *
     * @param variable number of it.
     * @param replaced version that it found there.
     * @return version to store.
     */
    public long write(final int variable, final long replaced) {
        add(variable, replaced, true);
        return Version.of(round, author, operations - 1);
    }

    private void add(final int variable, final long version, final boolean write) {
        variables[operations] = variable;
        versions[operations] = version;
        writes[operations] = write;
        attemptsOfOperations[operations] = attempts;
        operations++;
    }

    /**
     * The attempt has ended.
     *
     * @param outcome of it.
     * @param stamp   of the clock, or {@link OrderClock#NONE}.
     */
    public void end(final Outcome outcome, final long stamp) {
        outcomes[attempts] = outcome;
        endStamps[attempts] = stamp;
        attempts++;
        firstOperations[attempts] = operations;
    }

    /**
     * Number of this history.
     *
     * @return the author of its versions.
     */
    public int author() {
        return author;
    }

    /**
     * Round that is recorded.
     *
     * @return from 1.
     */
    public int round() {
        return round;
    }

    /**
     * Attempts that have ended.
     *
     * @return the number.
     */
    public int attempts() {
        return attempts;
    }

    /**
     * Operations so far.
     *
     * @return the number.
     */
    public int operations() {
        return operations;
    }

    /**
     * Where an attempt begins.
     *
     * @param attempt from 0 to the number of attempts.
     * @return place of its first operation, if it has any.
     */
    public int firstOperation(final int attempt) {
        return firstOperations[attempt];
    }

    /**
     * Outcome of an attempt.
     *
     * @param attempt from 0.
     * @return the outcome.
     */
    public Outcome outcome(final int attempt) {
        return outcomes[attempt];
    }

    /**
     * Stamp taken before an attempt.
     *
     * @param attempt from 0.
     * @return stamp or {@link OrderClock#NONE}.
     */
    public long beginStamp(final int attempt) {
        return beginStamps[attempt];
    }

    /**
     * Stamp taken after an attempt.
     *
     * @param attempt from 0.
     * @return stamp or {@link OrderClock#NONE}.
     */
    public long endStamp(final int attempt) {
        return endStamps[attempt];
    }

    /**
     * Variable of an operation.
     *
     * @param place of the operation.
     * @return number of the variable.
     */
    public int variable(final int place) {
        return variables[place];
    }

    /**
     * Version that an operation found.
     *
     * @param place of the operation.
     * @return the version, which a write replaced.
     */
    public long version(final int place) {
        return versions[place];
    }

    /**
     * Is an operation a write?
     *
     * @param place of the operation.
     * @return true for a write.
     */
    public boolean isWrite(final int place) {
        return writes[place];
    }

    /**
     * Attempt of an operation.
     *
     * @param place of the operation.
     * @return the attempt.
     */
    public int attemptOf(final int place) {
        return attemptsOfOperations[place];
    }
}
