/**
 * The layout lab: what a choice of how the heap is laid out costs, by measuring programs at points of a space whose
 * dimensions are the choices.
 *
 * <p>How to add a dimension: give the heap (or {@code Settings}, when it is no setting of the heap) a system property
 * for it, and {@link org.segstm.bench.layout.LayoutDimension} a constant that names the property, the value from which
 * sweeps depart, and those of a sweep. Command line, child JVMs, tables, JSON and charts go through the constants;
 * nothing else is to be changed. A value that the heap refuses is reported with the heap's own message. A figure is
 * added in the same way: a constant of {@link org.segstm.bench.layout.LayoutFigure}, and a line in
 * {@code LayoutMeasurement} that fills it in. A workload: a {@code LayoutLoop} and a constant of
 * {@link org.segstm.bench.layout.LayoutWorkload}.
 *
 * <p>The width of markers is swept as the bytes of heap that share one ({@code marker}): a constant of the process,
 * which the JIT folds into the barrier, so that the usual width pays nothing for the choice. The other width, bytes of
 * a marker, is not: a version of two bytes would take another store instruction in every barrier that generated code
 * has inlined, another type of {@code readVersion()} and twice the marker memory, to spare a reset in 255 transactions
 * (see {@code MarkerResetBenchmark} for what one takes).
 */
package org.segstm.bench.layout;
