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
 */
package org.segstm.bench.layout;
