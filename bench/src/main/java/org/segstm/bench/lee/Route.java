package org.segstm.bench.lee;

/**
 * Two pads to be connected.
 *
 * @param id    from 1, what its cells hold once it is laid.
 * @param fromX column of the first pad.
 * @param fromY row of the first pad.
 * @param toX   column of the second pad.
 * @param toY   row of the second pad.
 */
public record Route(int id, int fromX, int fromY, int toX, int toY) {
    /**
     * How long it is at least.
     *
     * @return columns and rows between the pads.
     */
    public int distance() {
        return Math.abs(fromX - toX) + Math.abs(fromY - toY);
    }
}
