package org.segstm.duhton.compile.ir;

import org.segstm.duhton.interp.TargetNode;
import org.segstm.heap.layout.ObjectLayout;

/**
 * What to do when a guard fails: let the node tell the error.
 *
 * @param node     that throws.
 * @param check    by {@code check}; else by {@code apply}.
 * @param target   value that the form is applied to.
 * @param index    value of its index, or {@link Code#NO_VALUE}.
 * @param layout   that a guard of the type expects, else null.
 */
public record Exit(TargetNode node, boolean check, int target, int index, ObjectLayout layout) {
}
