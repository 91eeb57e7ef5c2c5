package org.segstm.duhton.compile;

import java.util.function.Consumer;
import org.segstm.duhton.value.Shapes;
import org.segstm.jit.HeapConstants;

/**
 * What code is compiled for.
 *
 * @param shapes  of the heap's objects.
 * @param heap    its constants.
 * @param options for all code.
 * @param inlined are forms on lists, pairs and containers part of the code? Else their nodes are called.
 * @param listing gets the code with its barriers and why they are there, for people; null for nobody.
 */
record Target(
    Shapes shapes, HeapConstants heap, CompileOptions options, boolean inlined, Consumer<String> listing) {
    /** For smaller and slower code. */
    Target smaller() {
        return new Target(shapes, heap.callingMutator(), options, false, null);
    }
}
