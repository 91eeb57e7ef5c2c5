package org.segstm.bench.programs;

/**
 * What one program took in one way.
 *
 * @param program that was run.
 * @param size    of it.
 * @param code    interpreted or compiled.
 * @param threads number of workers; 0 for no-STM mode; or {@link #TWO_PROCESSES}.
 * @param seconds of the program, from the reading of its options to the closed heap.
 * @param process seconds of the whole process, start of the JVM included.
 * @param right   did it always print what it has to?
 */
public record ProgramFigure(
    PublishedProgram program, ProgramSize size, Code code, int threads, double seconds, double process,
    boolean right) {

    /** In place of a number of threads: two processes with one thread each, at the same time. */
    public static final int TWO_PROCESSES = -2;
}
