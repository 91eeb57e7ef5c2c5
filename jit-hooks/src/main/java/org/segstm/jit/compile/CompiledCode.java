package org.segstm.jit.compile;

import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * What a compile job makes.
 *
 * @param handle      of the unit's type, to be called in place of the interpreter.
 * @param assumptions it relies on; looked at again when it is installed.
 * @param codeBytes   size, for reports.
 */
public record CompiledCode(MethodHandle handle, List<Assumption> assumptions, int codeBytes) {
    /**
     * Keeps a copy of the list.
     *
     * @param handle      see there.
     * @param assumptions see there.
     * @param codeBytes   see there.
     */
    public CompiledCode {
        assumptions = List.copyOf(assumptions);
    }
}
