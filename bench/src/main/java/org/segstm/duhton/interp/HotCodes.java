package org.segstm.duhton.interp;

/** Makes what counts how hot functions and loops are, and compiles them. */
public interface HotCodes {
    /**
     * A function.
     *
     * @param code of the function, with its body.
     * @return what counts its calls.
     */
    HotCode ofFunction(FunctionCode code);

    /**
     * A loop.
     *
     * @param loop        to compile when it is hot.
     * @param frameLength variables and functions of the function that it is in.
     * @return what counts its turns.
     */
    HotCode ofLoop(WhileNode loop, int frameLength);
}
