package org.segstm.jit.compile;

/** Is told what happens to units. Called on any thread; what it throws goes to the handler of uncaught exceptions. */
@FunctionalInterface
public interface CompileListener {
    /**
     * Something has happened.
     *
     * @param event what.
     */
    void happened(CompileEvent event);
}
