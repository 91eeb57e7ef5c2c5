package org.segstm.bench.report;

/**
 * Sums over a time of unknown length, in a fixed number of bins: their width doubles whenever the time does not fit any
 * more. A sum is kept per series.
 */
public final class TimeBins {
    private final long[][] sums;
    private int logWidth;

    /**
     * Makes empty bins.
     *
     * @param series number of sums per bin.
     * @param bins   number of bins; even.
     */
    public TimeBins(final int series, final int bins) {
        this.sums = new long[series][bins];
    }

    /**
     * Counts something that has no length.
     *
     * @param series where to count.
     * @param time   when it was, from 0, in nanoseconds.
     * @param amount to add.
     */
    public void count(final int series, final long time, final long amount) {
        widenTo(time);
        sums[series][(int) (time >>> logWidth)] += amount;
    }

    /**
     * Adds a stretch of time, to each bin its part.
     *
     * @param series where to add.
     * @param from   its begin.
     * @param to     its end.
     */
    public void add(final int series, final long from, final long to) {
        widenTo(to);
        long start = from;
        while (start < to) {
            final int bin = (int) (start >>> logWidth);
            final long end = Math.min(to, (bin + 1L) << logWidth);
            sums[series][bin] += end - start;
            start = end;
        }
    }

    private void widenTo(final long time) {
        while (time >>> logWidth >= sums[0].length) {
            for (final long[] row : sums) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = 2 * i < row.length ? row[2 * i] + row[2 * i + 1] : 0;
                }
            }
            logWidth++;
        }
    }

    /**
     * The sums of a series, over equal parts of a time.
     *
     * @param series which.
     * @param end    of the time, from 0.
     * @param parts  how many parts are wanted.
     * @return a sum for each part.
     */
    public double[] parts(final int series, final long end, final int parts) {
        final double[] result = new double[parts];
        final double part = (double) Math.max(1, end) / parts;
        for (int bin = 0; bin < sums[series].length; bin++) {
            final double amount = sums[series][bin];
            if (amount != 0) {
                // What lies in the last, half-filled bin must not be spread beyond the end.
                final double from = Math.min((double) ((long) bin << logWidth), end);
                final double to = Math.max(from + 1, Math.min((double) (bin + 1L << logWidth), end));
                spread(result, amount, from / part, to / part);
            }
        }
        return result;
    }

    private static void spread(final double[] parts, final double amount, final double from, final double to) {
        double start = from;
        while (start < to) {
            final int index = Math.min((int) start, parts.length - 1);
            final double end = index == parts.length - 1 ? to : Math.min(to, index + 1.0);
            parts[index] += amount * (end - start) / (to - from);
            start = end;
        }
    }
}
