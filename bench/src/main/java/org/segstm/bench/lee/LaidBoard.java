package org.segstm.bench.lee;

import java.util.Arrays;

/** What threads have laid: the ways of all routes. Checks that the cells say the same. */
public final class LaidBoard {
    private final Board board;
    private final int[][] ways;

    /**
     * Nothing is laid yet.
     *
     * @param board to lay on.
     */
    public LaidBoard(final Board board) {
        this.board = board;
        this.ways = new int[board.routes().size()][];
    }

    /**
     * Notes the way of a route.
     *
     * @param index of the route in the board's list; each thread notes its own.
     * @param way   its cells, or null when there was none.
     */
    public void laid(final int index, final int[] way) {
        ways[index] = way;
    }

    /**
     * Cells of all ways.
     *
     * @return their number.
     */
    public long cells() {
        return Arrays.stream(ways).mapToLong(way -> way == null ? 0 : way.length).sum();
    }

    /**
     * Is every route laid, does each connect its pads, and does each cell hold what it should? Two routes in one cell
     * would leave one of them without it.
     *
     * @param cells of the grid in the end.
     * @return what is wrong first, or nothing.
     */
    public String check(final int[] cells) {
        final int[] expected = board.emptyCells();
        for (int i = 0; i < ways.length; i++) {
            final Route route = board.routes().get(i);
            if (ways[i] == null) {
                return "route " + route.id() + " is not laid";
            }
            final String failure = checkWay(route, ways[i]);
            if (!failure.isEmpty()) {
                return failure;
            }
            for (final int cell : ways[i]) {
                if (expected[cell] != Board.FREE) {
                    return "route " + route.id() + " lies over " + expected[cell] + " in cell " + cell;
                }
                expected[cell] = route.id();
            }
        }
        final int different = Arrays.mismatch(cells, expected);
        return different < 0 ? ""
            : "cell " + different + " holds " + cells[different] + " and should hold " + expected[different];
    }

    private String checkWay(final Route route, final int[] way) {
        int before = board.cell(route.toX(), route.toY());
        final int end = board.cell(route.fromX(), route.fromY());
        boolean connected = true;
        for (int i = 0; i < way.length; i++) {
            // A pad goes through all layers, so the first step and the last may change the layer.
            connected &= i == 0 ? touchesPad(way[i], before) : areNeighbours(way[i], before);
            before = way[i];
        }
        connected &= way.length == 0 ? before == end || touchesPad(before, end) : touchesPad(before, end);
        return connected ? "" : "route " + route.id() + " does not connect its pads";
    }

    private boolean touchesPad(final int cell, final int pad) {
        return areNeighbours(cell % board.layerCells(), pad);
    }

    private boolean areNeighbours(final int cell, final int other) {
        final int distance = Math.abs(cell - other);
        return distance == 1 || distance == board.rowCells() || distance == board.layerCells();
    }
}
