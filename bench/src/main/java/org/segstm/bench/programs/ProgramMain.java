package org.segstm.bench.programs;

import org.segstm.bench.tool.ChildResult;

/** Runs one program once in a JVM of its own and prints how long it took, or how much memory. */
public final class ProgramMain {
    /** In place of a program's name: an empty one, which shows what starting costs. */
    public static final String EMPTY = "empty";

    private ProgramMain() {
    }

    /**
     * Runs once.
     *
     * @param arguments program, size, threads (0 for no-STM mode), code, watch memory?
     */
    public static void main(final String[] arguments) {
        final ProgramSize size = ProgramSize.valueOf(arguments[1]);
        final int threads = Integer.parseInt(arguments[2]);
        final String code = Code.valueOf(arguments[3]).option();
        if (!Boolean.parseBoolean(arguments[4])) {
            System.out.print(run(arguments[0], size, threads, code).print());
            return;
        }
        try (PeakMemory memory = new PeakMemory()) {
            final ChildResult result = run(arguments[0], size, threads, code);
            System.out.print(result.put("peakBytes", memory.endBytes()).print());
        }
    }

    private static ChildResult run(
        final String name, final ProgramSize size, final int threads, final String codeOption) {
        if (name.equals(EMPTY)) {
            return DuhtonRun.run("", threads, "", codeOption);
        }
        final PublishedProgram program = PublishedProgram.valueOf(name);
        return DuhtonRun.run(
            program.prelude(size) + DuhtonRun.source(program.file()), threads, program.expected(size), codeOption);
    }
}
