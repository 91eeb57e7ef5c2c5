package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.segstm.duhton.cli.DuhtonCommand;

/** A run of the command in this JVM, with what it left behind. */
public final class DuhtonRun {
    /** With these, what is told differs from run to run; and who asks for a mode gets that alone. */
    private static final Set<String> OPTIONS_FOR_ONE_RUN = Set.of(
        "--stats", "--conflicts", "--event-log", "--jit", "--no-jit", "--jit-threshold", "--jit-log", "--jit-barriers");

    private static final int WRONG_COMMAND_LINE = 2;

    private final int status;
    private final String output;
    private final String errors;

    private DuhtonRun(final int status, final String output, final String errors) {
        this.status = status;
        this.output = output;
        this.errors = errors;
    }

    /**
     * Runs the command with some text as its standard input: interpreted, and compiled before the first turn, with the
     * same result.
     */
    public static DuhtonRun command(final String input, final String... arguments) {
        if (Arrays.stream(arguments).anyMatch(OPTIONS_FOR_ONE_RUN::contains)) {
            return once(input, arguments);
        }
        final DuhtonRun interpreted = once(input, with(arguments, "--no-jit"));
        if (interpreted.status == WRONG_COMMAND_LINE) {
            return once(input, arguments);
        }
        final DuhtonRun compiled = once(input, with(arguments, "--jit", "--jit-threshold", "0"));
        assertEquals(sortedLines(interpreted.output), sortedLines(compiled.output), input);
        assertEquals(interpreted.status, compiled.status, input);
        assertEquals(withoutFigures(interpreted.errors), withoutFigures(compiled.errors), input);
        return compiled;
    }

    /** The order of independent transactions is not promised; each test says what it expects of it. */
    private static List<String> sortedLines(final String output) {
        return output.lines().sorted().collect(Collectors.toList());
    }

    /** How full a heap was depends on when it was looked at. */
    private static String withoutFigures(final String errors) {
        return errors.startsWith("Error: out of heap") ? "" : errors;
    }

    private static String[] with(final String[] arguments, final String... options) {
        return Stream.concat(Arrays.stream(options), Arrays.stream(arguments)).toArray(String[]::new);
    }

    /** Runs the command once, with exactly these arguments. */
    public static DuhtonRun once(final String input, final String... arguments) {
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
