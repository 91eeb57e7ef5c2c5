package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.segstm.duhton.cli.DuhtonCommand;

/** A run of the command in this JVM, with what it left behind. */
public final class DuhtonRun {
    private final int status;
    private final String output;
    private final String errors;

    private DuhtonRun(final int status, final String output, final String errors) {
        this.status = status;
        this.output = output;
        this.errors = errors;
    }

    /** Runs the command with some text as its standard input. */
    public static DuhtonRun command(final String input, final String... arguments) {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        final ByteArrayOutputStream errors = new ByteArrayOutputStream();
        final int status = DuhtonCommand.run(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.ISO_8859_1)), output,
            new PrintStream(errors, true, StandardCharsets.ISO_8859_1), arguments);
        return new DuhtonRun(status, output.toString(StandardCharsets.ISO_8859_1),
            errors.toString(StandardCharsets.ISO_8859_1).replace(System.lineSeparator(), "\n"));
    }

    /** Runs a program given as standard input. */
    public static DuhtonRun program(final String text, final String... options) {
        final String[] arguments = new String[options.length + 1];
        System.arraycopy(options, 0, arguments, 0, options.length);
        arguments[options.length] = "-";
        return command(text, arguments);
    }

    /** Runs a program that has to end well, and gives what it printed. */
    public static String outputOf(final String text, final String... options) {
        final DuhtonRun run = program(text, options);
        assertEquals("", run.errors, text);
        assertEquals(0, run.status, text);
        return run.output;
    }

    /** Prints an expression, and gives what is printed without the end of the line. */
    public static String printed(final String expression, final String... options) {
        final String output = outputOf("(print " + expression + ")", options);
        return output.substring(0, output.length() - 1);
    }

    public int status() {
        return status;
    }

    public String output() {
        return output;
    }

    public String errors() {
        return errors;
    }
}
