package org.segstm.bench.lee;

import java.util.Arrays;

/** Length of a shortest way, by relaxing all cells until nothing changes (Bellman and Ford). */
final class Shortest {
    private static final int FAR = 1 << 20;

    private Shortest() {
    }

    /** Cells between the pads in the fewest layers that do, two at least; -1 when there is no way. */
    static int cells(final Board board, final int[] contents, final Route route) {
        for (int layers = Math.min(2, board.layers()); layers <= board.layers(); layers++) {
            final int length = steps(board, contents, route, layers * board.layerCells());
            if (length < FAR) {
                return Math.max(0, length - 1);
            }
        }
        return -1;
    }

    private static int steps(final Board board, final int[] contents, final Route route, final int end) {
        final int[] steps = new int[end];
        Arrays.fill(steps, FAR);
        final int source = board.cell(route.fromX(), route.fromY());
        final int target = board.cell(route.toX(), route.toY());
        for (int cell = source; cell < end; cell += board.layerCells()) {
            steps[cell] = 0;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int cell = 0; cell < end; cell++) {
                final boolean open = contents[cell] == Board.FREE || cell % board.layerCells() == target;
                if (open && nearest(board, steps, contents, cell, source) + 1 < steps[cell]) {
                    steps[cell] = nearest(board, steps, contents, cell, source) + 1;
                    changed = true;
                }
            }
        }
        int best = FAR;
        for (int cell = target; cell < end; cell += board.layerCells()) {
            best = Math.min(best, steps[cell]);
        }
        return best;
    }

    private static int nearest(
        final Board board, final int[] steps, final int[] contents, final int cell, final int source) {
        int nearest = FAR;
        for (final int step : new int[] {1, board.rowCells(), board.layerCells()}) {
            for (final int next : new int[] {cell - step, cell + step}) {
                if (next >= 0 && next < steps.length
                    && (contents[next] == Board.FREE || next % board.layerCells() == source)) {
                    nearest = Math.min(nearest, steps[next]);
                }
            }
        }
        return nearest;
    }
}
