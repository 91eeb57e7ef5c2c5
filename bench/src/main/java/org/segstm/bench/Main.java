package org.segstm.bench;

import org.segstm.bench.tool.Failures;
import org.segstm.bridge.BridgeUnavailableError;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ScopeType;

import java.io.PrintWriter;

/** The {@code segstm} command: one class per sub-command. */
@Command(
    name = "segstm",
    description = "Benchmarks of SegSTM, the off-heap segmented-memory STM.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "segstm 0.1.0-SNAPSHOT",
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
        "0:measured, all checks passed",
        "1:a check or a measurement failed",
        "2:wrong usage"},
    subcommands = {
        HelpCommand.class,
        ThroughputCommand.class,
        LengthCommand.class,
        RetryCommand.class,
        PausesCommand.class,
        SurviveCommand.class,
        SoakCommand.class,
        IsolationCommand.class,
        InevitableCommand.class,
        CompareCommand.class,
        LayoutCommand.class,
        SeedsCommand.class,
        ProgramsCommand.class,
        BarriersCommand.class,
        WarmUpCommand.class,
        LeeCommand.class,
        ReportCommand.class})
public final class Main {
    private Main() {
    }

    /**
     * Runs a command and ends the JVM with its exit status.
     *
     * @param arguments sub-command and its options.
     */
    public static void main(final String[] arguments) {
        System.exit(execute(new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    /**
     * Runs a command in this JVM.
     *
     * @param out       where results go.
     * @param err       where errors go.
     * @param arguments sub-command and its options.
     * @return the exit status.
     */
    public static int execute(final PrintWriter out, final PrintWriter err, final String... arguments) {
        final CommandLine line = commandLine()
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(Main::refuse)
            .setExecutionExceptionHandler(Main::report);
        try {
            return line.execute(arguments);
        } catch (final BridgeUnavailableError | ExceptionInInitializerError e) {
            Failures.report(line.getCommandName(), e, err);
            return line.getCommandSpec().exitCodeOnExecutionException();
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int report(
        final Exception failure, final CommandLine command, final CommandLine.ParseResult parsed) {
        Failures.report(command.getCommandSpec().qualifiedName(), failure, command.getErr());
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** What is wrong in a line or two; all options only where none was given. */
    private static int refuse(final CommandLine.ParameterException wrong, final String[] arguments) {
        final CommandLine command = wrong.getCommandLine();
        final PrintWriter err = command.getErr();
        final String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            if (arguments.length == 0) {
                command.usage(err);
            } else {
                err.println("Try '" + name + " --help'.");
            }
        }
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
