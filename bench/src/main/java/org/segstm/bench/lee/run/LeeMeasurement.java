package org.segstm.bench.lee.run;

import org.segstm.bench.lee.Board;
import org.segstm.bench.lee.LaidBoard;
import org.segstm.bench.lee.Wave;
import org.segstm.bench.lee.grid.Grid;
import org.segstm.bench.lee.grid.GridSession;
import org.segstm.bench.tool.HandOff;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Lays one board in this JVM, again and again, each time in a new grid. */
final class LeeMeasurement implements AutoCloseable {
    private static final double NS_IN_MS = 1e6;
    private final Board board;
    private final Function<int[], Grid> gridFactory;
    private final Way way;
    private final ExecutorService executor;
    private final List<Wave> waves = new ArrayList<>();
    private final HandOff handOff = new HandOff();
    private String settings = "";

    LeeMeasurement(
        final Board board, final Function<int[], Grid> gridFactory, final Way way, final int threads) {
        this.board = board;
        this.gridFactory = gridFactory;
        this.way = way;
        this.executor = Executors.newFixedThreadPool(threads, runnable -> {
            final Thread thread = new Thread(runnable, "layer");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < threads; i++) {
            waves.add(new Wave(board));
        }
    }

    /**
     * Lays the board once. Neither making the grid nor the check counts.
     *
     * @return how it went.
     */
    LeeRound lay() throws InterruptedException, ExecutionException {
        try (Grid grid = gridFactory.apply(board.emptyCells())) {
            settings = grid.settings();
            final LaidBoard laid = new LaidBoard(board);
            final AtomicInteger next = new AtomicInteger();
            final CountDownLatch ready = new CountDownLatch(waves.size());
            final CountDownLatch start = new CountDownLatch(1);
            final long visitedBefore = visited();
            final List<Future<Long>> ends = new ArrayList<>();
            for (final Wave wave : waves) {
                ends.add(executor.submit(() -> layRoutes(grid, wave, laid, next, ready, start)));
            }
            ready.await();
            final double handOffNs = waves.size() > 1 ? handOff.medianNs() : Double.NaN;
            final long startNanos = System.nanoTime();
            start.countDown();
            long runs = 0;
            for (final Future<Long> end : ends) {
                runs += end.get();
            }
            final double milliseconds = (System.nanoTime() - startNanos) / NS_IN_MS;
            return new LeeRound(milliseconds, runs, visited() - visitedBefore, laid.cells(), handOffNs,
                laid.check(contents(grid)));
        }
    }

    /** Settings of the grid that was laid last. */
    String settings() {
        return settings;
    }

    private long layRoutes(final Grid grid, final Wave wave, final LaidBoard laid, final AtomicInteger next,
        final CountDownLatch ready, final CountDownLatch start) throws InterruptedException {
        try (GridSession session = grid.newSession(Thread.currentThread().getName())) {
            final Layer layer = new Layer(board, session, wave, laid);
            ready.countDown();
            start.await();
            int index = next.getAndIncrement();
            while (index < board.routes().size()) {
                layer.lay(index, way);
                index = next.getAndIncrement();
            }
            return layer.waves();
        } finally {
            ready.countDown();
        }
    }

    private long visited() {
        return waves.stream().mapToLong(Wave::visited).sum();
    }

    private int[] contents(final Grid grid) {
        final int[] cells = new int[board.cells()];
        try (GridSession session = grid.newSession("check")) {
            session.glance(() -> {
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = session.get(i);
                }
            }).run();
        }
        return cells;
    }

    @Override
    public void close() {
        executor.shutdownNow();
        handOff.close();
    }
}
