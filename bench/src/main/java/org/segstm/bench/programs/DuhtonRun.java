package org.segstm.bench.programs;

import org.segstm.bench.tool.ChildResult;
import org.segstm.bench.tool.Resources;
import org.segstm.duhton.cli.DuhtonCommand;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs Duhton programs in this JVM and checks what they print. */
public final class DuhtonRun {
    private DuhtonRun() {
    }

    /**
     * Runs a program as the {@code duhton} command does.
     *
     * @param program  its text.
     * @param threads  number of workers; 0 for no-STM mode.
     * @param expected what it has to print.
     * @param options  more options of the command.
     * @return {@code seconds} from the reading of the options to the closed heap, {@code result}, {@code right}.
     */
    public static ChildResult run(
        final String program, final int threads, final String expected, final String... options) {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        final List<String> arguments = new ArrayList<>(List.of(options));
        if (threads == 0) {
            arguments.add("--serial");
        }
        arguments.addAll(List.of("--num-threads", Integer.toString(Math.max(1, threads)), "-"));
        final byte[] text = program.getBytes(StandardCharsets.ISO_8859_1);
        final long start = System.nanoTime();
        final int status = DuhtonCommand.run(
            new ByteArrayInputStream(text), output, System.err, arguments.toArray(new String[0]));
        final double seconds = (System.nanoTime() - start) / 1e9;
        final String printed = output.toString(StandardCharsets.ISO_8859_1).trim();
        return new ChildResult().put("seconds", seconds).put("result", printed)
            .put("right", status == 0 && printed.equals(expected));
    }

    /**
     * The text of a program that this jar carries.
     *
     * @param file its name, without ending.
     * @return the text; a prelude may go before.
     */
    public static String source(final String file) {
        return Resources.text(DuhtonRun.class, "program", file + ".duh", StandardCharsets.ISO_8859_1);
    }
}
