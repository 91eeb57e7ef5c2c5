package org.segstm.bench.lee.grid;

/** An array for one thread. */
final class PlainGrid implements Grid {
    private final int[] cells;

    PlainGrid(final int[] cells) {
        this.cells = cells.clone();
    }

    @Override
    public GridSession newSession(final String name) {
        return new Session(cells);
    }

    private static final class Session extends GridSession {
        private final int[] cells;

        Session(final int[] cells) {
            this.cells = cells;
        }

        @Override
        public Runnable atomic(final Runnable body) {
            return body;
        }

        @Override
        public Runnable glance(final Runnable body) {
            return body;
        }

        @Override
        public int get(final int cell) {
            return cells[cell];
        }

        @Override
        public void set(final int cell, final int value) {
            cells[cell] = value;
        }
    }
}
