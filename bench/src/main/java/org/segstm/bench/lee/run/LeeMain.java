package org.segstm.bench.lee.run;

import org.segstm.bench.lee.BoardReader;
import org.segstm.bench.lee.grid.GridKind;
import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.ChildServer;

import java.util.concurrent.ExecutionException;

/** Lays one board in a JVM of its own, when it is asked. Questions: {@code warm NANOS}, {@code lay} and {@code end}. */
public final class LeeMain {
    /** Lays the board, at least once, until so many nanoseconds are over. Answers like {@link #LAY}. */
    public static final String WARM = "warm";
    /** Lays the board once. */
    public static final String LAY = "lay";
    /** Tells settings. */
    public static final String END = "end";
    /** Settings of the memory, or nothing. */
    public static final String SETTINGS = "settings";
    private final String[] arguments;
    private LeeMeasurement measurement;

    private LeeMain(final String[] arguments) {
        this.arguments = arguments;
    }

    /**
     * Serves one measurement.
     *
     * @param arguments board, layers, kind of grid, way and number of threads.
     */
    public static void main(final String[] arguments) {
        new ChildServer().serve(new LeeMain(arguments)::answer);
    }

    /**
     * The JVM to measure in.
     *
     * @param board   name or file.
     * @param layers  that routes may use at most.
     * @param kind    of grid.
     * @param way     what is a transaction.
     * @param threads how many.
     * @return a child without settings of the heap yet.
     */
    public static ChildJvm child(
        final String board, final int layers, final GridKind kind, final Way way, final int threads) {
        return new ChildJvm(LeeMain.class)
            .argument(board).argument(layers).argument(kind.id()).argument(way.id()).argument(threads);
    }

    private ChildResult answer(final String question) {
        if (measurement == null) {
            measurement = new LeeMeasurement(BoardReader.read(arguments[0], Integer.parseInt(arguments[1])),
                GridKind.of(arguments[2])::newGrid, Way.of(arguments[3]), Integer.parseInt(arguments[4]));
        }
        final String[] words = question.split(" ");
        return switch (words[0]) {
            case WARM -> warmUp(Long.parseLong(words[1])).toResult();
            case LAY -> lay().toResult();
            case END -> new ChildResult().put(SETTINGS, measurement.settings());
            default -> throw new BenchException("no such question: " + question);
        };
    }

    private LeeRound warmUp(final long nanos) {
        final long end = System.nanoTime() + nanos;
        LeeRound round;
        do {
            round = lay();
        } while (System.nanoTime() < end && round.failedCheck().isEmpty());
        return round;
    }

    private LeeRound lay() {
        try {
            return measurement.lay();
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (final InterruptedException e) {
            throw new BenchException("interrupted");
        }
    }
}
