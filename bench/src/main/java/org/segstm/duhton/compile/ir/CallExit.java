package org.segstm.duhton.compile.ir;

import java.util.List;
import org.segstm.duhton.interp.CallNode;
import org.segstm.duhton.interp.FunctionCode;

/**
 * What to do when a name cannot be called as it was when the call was compiled: let the interpreter tell the error,
 * with the variables that it looks at meanwhile. They are the operands of the guard behind the first one.
 *
 * @param node        the call.
 * @param likely      what the name most likely stands for.
 * @param slots       of the variables.
 * @param frameLength of the frame that they go into.
 */
public record CallExit(CallNode node, FunctionCode likely, List<Integer> slots, int frameLength) {
}
