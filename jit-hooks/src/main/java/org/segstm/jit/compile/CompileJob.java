package org.segstm.jit.compile;

/**
 * Compiles a unit, on a thread of the queue. It runs outside of transactions while the program goes on: it must use
 * nothing of the heap but what does not change, and refs only by {@code CodeConstants}.
 */
@FunctionalInterface
public interface CompileJob {
    /**
     * Compiles.
     *
     * @return the code, or null when the unit had better stay interpreted.
     * @throws Exception when it failed: that is reported, and the unit stays interpreted.
     */
    CompiledCode compile() throws Exception;
}
