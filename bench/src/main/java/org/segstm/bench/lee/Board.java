package org.segstm.bench.lee;

import java.util.Comparator;
import java.util.List;

/**
 * A circuit board: pads, which go through all layers, and the routes to be laid between them. A cell is a place in one
 * layer; cells are numbered layer by layer and row by row, with a border around each layer that nobody enters.
 */
public final class Board {
    /** What a cell holds where nothing is. */
    public static final int FREE = 0;
    /** What a cell holds at pads and borders. */
    public static final int BLOCKED = -1;
    /** Layers that are tried first. */
    public static final int FIRST_LAYERS = 2;
    private final String name;
    private final int width;
    private final int height;
    private final int layers;
    private final List<int[]> pads;
    private final List<Route> routes;

    /**
     * Makes a board.
     *
     * @param name   for reports.
     * @param width  columns.
     * @param height rows.
     * @param layers at most.
     * @param pads   column and row of each; the ends of routes are pads too.
     * @param routes to be laid; the shortest are laid first.
     */
    Board(final String name, final int width, final int height, final int layers, final List<int[]> pads,
        final List<Route> routes) {
        this.name = name;
        this.width = width;
        this.height = height;
        this.layers = layers;
        this.pads = List.copyOf(pads);
        this.routes = routes.stream().sorted(Comparator.comparingInt(Route::distance)).toList();
    }

    /**
     * Name for reports.
     *
     * @return the file's name without its ending.
     */
    public String name() {
        return name;
    }

    /**
     * Routes in the order in which they are begun.
     *
     * @return the shortest first.
     */
    public List<Route> routes() {
        return routes;
    }

    /**
     * Most layers that a route may use.
     *
     * @return the number.
     */
    public int layers() {
        return layers;
    }

    /**
     * Cells of one row, border included: the distance to the cell in the next row.
     *
     * @return the number.
     */
    public int rowCells() {
        return width + 2;
    }

    /**
     * Cells of one layer, border included: the distance to the same place in the next layer.
     *
     * @return the number.
     */
    public int layerCells() {
        return rowCells() * (height + 2);
    }

    /**
     * All cells.
     *
     * @return the number.
     */
    public int cells() {
        return layerCells() * layers;
    }

    /**
     * Cell of a place in the first layer.
     *
     * @param x column.
     * @param y row.
     * @return its number.
     */
    public int cell(final int x, final int y) {
        return (y + 1) * rowCells() + x + 1;
    }

    /**
     * What cells hold before anything is laid.
     *
     * @return {@link #FREE} or {@link #BLOCKED} for each cell.
     */
    public int[] emptyCells() {
        final int[] cells = new int[cells()];
        for (int layer = 0; layer < layers; layer++) {
            final int first = layer * layerCells();
            for (int x = -1; x <= width; x++) {
                cells[first + cell(x, -1)] = BLOCKED;
                cells[first + cell(x, height)] = BLOCKED;
            }
            for (int y = -1; y <= height; y++) {
                cells[first + cell(-1, y)] = BLOCKED;
                cells[first + cell(width, y)] = BLOCKED;
            }
            for (final int[] pad : pads) {
                cells[first + cell(pad[0], pad[1])] = BLOCKED;
            }
            for (final Route route : routes) {
                cells[first + cell(route.fromX(), route.fromY())] = BLOCKED;
                cells[first + cell(route.toX(), route.toY())] = BLOCKED;
            }
        }
        return cells;
    }

    @Override
    public String toString() {
        return name + " (" + width + " x " + height + ", " + routes.size() + " routes)";
    }
}
