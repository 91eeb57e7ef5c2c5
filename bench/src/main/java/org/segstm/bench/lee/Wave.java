package org.segstm.bench.lee;

import org.segstm.bench.lee.grid.GridSession;

import java.util.Arrays;

/**
 * Finds a shortest way between two pads over free cells: a wave from the first pad numbers cells by their distance
 * until it meets the second one, from where the way leads back along falling numbers. Two layers are tried first, then
 * one more at a time. Belongs to one thread; its numbers are its own and need no clearing between waves.
 */
public final class Wave {
    private static final int CELLS_BETWEEN_POLLS = 1 << 12;
    private static final int HIGHEST_NUMBER = 1 << 30;
    private static final int DIRECTIONS = 6;
    private static final int FLAT_DIRECTIONS = 4;
    private final Board board;
    private final int layerCells;
    private final int[] steps;
    private final int[] numbers;
    private final int[] queue;
    private int firstNumber = 1;
    private int[] way = new int[0];
    private long visited;

    /**
     * Makes a wave for one thread.
     *
     * @param board on which it runs.
     */
    public Wave(final Board board) {
        this.board = board;
        this.layerCells = board.layerCells();
        this.steps = new int[] {1, -1, board.rowCells(), -board.rowCells(), layerCells, -layerCells};
        this.numbers = new int[board.cells()];
        this.queue = new int[board.cells()];
    }

    /**
     * Finds the way of a route.
     *
     * @param route   to find.
     * @param session to read cells with.
     * @return true when there is one, see {@link #way()}.
     */
    public boolean find(final Route route, final GridSession session) {
        for (int layers = Math.min(Board.FIRST_LAYERS, board.layers()); layers <= board.layers(); layers++) {
            if (spread(route, layers, session)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The way found last.
     *
     * @return its cells, from the second pad to the first, without the pads.
     */
    public int[] way() {
        return way;
    }

    /**
     * Cells that waves have reached since the start.
     *
     * @return their number.
     */
    public long visited() {
        return visited;
    }

    private boolean spread(final Route route, final int layers, final GridSession session) {
        final int source = board.cell(route.fromX(), route.fromY());
        final int target = board.cell(route.toX(), route.toY());
        final int end = layers * layerCells;
        final int first = firstNumber();
        if (source == target) {
            way = new int[0];
            return true;
        }
        int head = 0;
        int tail = 0;
        for (int cell = source; cell < end; cell += layerCells) {
            numbers[cell] = first;
            queue[tail++] = cell;
        }
        int highest = first;
        try {
            while (head < tail) {
                final int cell = queue[head++];
                highest = numbers[cell] + 1;
                for (int d = 0; d < DIRECTIONS; d++) {
                    final int next = cell + steps[d];
                    if ((d < FLAT_DIRECTIONS || next >= 0 && next < end) && numbers[next] < first) {
                        final int content = session.get(next);
                        if (content == Board.FREE) {
                            numbers[next] = highest;
                            queue[tail++] = next;
                        } else if (content == Board.BLOCKED && next % layerCells == target) {
                            goBack(cell, first, end);
                            return true;
                        }
                    }
                }
                if ((head & CELLS_BETWEEN_POLLS - 1) == 0) {
                    session.poll();
                }
            }
            return false;
        } finally {
            // Also when the transaction is aborted in the middle: the next wave starts above these numbers.
            visited += tail;
            firstNumber = highest + 1;
        }
    }

    private void goBack(final int last, final int first, final int end) {
        final int[] cells = new int[numbers[last] - first];
        int cell = last;
        for (int i = 0; i < cells.length; i++) {
            cells[i] = cell;
            cell = lower(cell, end);
        }
        way = cells;
    }

    /** A neighbour from which the wave came. Numbers of one wave are of cells that were free, but for the source. */
    private int lower(final int cell, final int end) {
        for (int d = 0; d < DIRECTIONS; d++) {
            final int next = cell + steps[d];
            if (next >= 0 && next < end && numbers[next] == numbers[cell] - 1) {
                return next;
            }
        }
        throw new IllegalStateException("a wave has no origin: cell=" + cell);
    }

    private int firstNumber() {
        if (firstNumber > HIGHEST_NUMBER) {
            Arrays.fill(numbers, 0);
            firstNumber = 1;
        }
        return firstNumber;
    }
}
