package org.segstm.bench;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** What the commands have in common: where they print, checks of their options, and what {@code --quick} does. */
abstract class BenchCommand implements Callable<Integer> {
    /** Most threads that a command starts. */
    static final int MOST_MEASURED_THREADS = 1024;
    /** Ends the description of {@code --quick}. */
    static final String OTHERS_WIN = " Options given beside it win.";
    private static final String QUICK = "--quick";
    private static final double LONGEST_SECONDS = 3600;

    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        settleOptions();
        return execute();
    }

    /** With {@code --quick}, options that are not given get the values for that. */
    final void settleOptions() {
        if (spec.findOption(QUICK) != null && spec.commandLine().getParseResult().hasMatchedOption(QUICK)) {
            useQuickValues();
        }
    }

    /**
     * Does what the command is for.
     *
     * @return the exit status.
     * @throws Exception when it fails.
     */
    abstract int execute() throws Exception;

    private void useQuickValues() {
        final CommandSpec left = CommandSpec.create();
        final List<String> values = new ArrayList<>();
        for (final OptionSpec option : spec.options()) {
            final Quick quick = option.userObject() instanceof Field field ? field.getAnnotation(Quick.class) : null;
            if (quick != null && !spec.commandLine().getParseResult().hasMatchedOption(option)) {
                left.addOption(OptionSpec.builder(option).build());
                values.add(option.longestName());
                values.add(quick.value());
            }
        }
        new CommandLine(left).parseArgs(values.toArray(String[]::new));
    }

    /**
     * Where results go.
     *
     * @return standard output.
     */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /**
     * Where what was wrong goes.
     *
     * @return standard error.
     */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /**
     * The command's name.
     *
     * @return as one types it.
     */
    final String commandName() {
        return spec.qualifiedName();
    }

    /**
     * Ends the command as wrongly used.
     *
     * @param rule that an option breaks.
     * @return to be thrown.
     */
    final ParameterException wrong(final String rule) {
        return new ParameterException(spec.commandLine(), rule);
    }

    /**
     * Checks an option.
     *
     * @param right false to end the command as wrongly used.
     * @param rule  that the option breaks then.
     */
    final void check(final boolean right, final String rule) {
        if (!right) {
            throw wrong(rule);
        }
    }

    /**
     * Checks a number.
     *
     * @param option the number's.
     * @param number given.
     * @param least  that it may be.
     * @param most   that it may be.
     */
    final void checkRange(final String option, final long number, final long least, final long most) {
        check(number >= least && number <= most, option + " must be from " + least + " to " + most + ": " + number);
    }

    /**
     * Checks numbers of threads.
     *
     * @param option  the numbers'.
     * @param numbers given.
     * @param most    that each may be.
     */
    final void checkThreads(final String option, final List<Integer> numbers, final int most) {
        numbers.forEach(number -> checkRange(option, number, 1, most));
    }

    /**
     * Checks {@code --seconds}.
     *
     * @param seconds given.
     */
    final void checkSeconds(final double seconds) {
        check(seconds > 0 && seconds <= LONGEST_SECONDS, "--seconds must be above 0 and at most 3600: " + seconds);
    }

    /**
     * Checks {@code --warm-up}.
     *
     * @param seconds given.
     */
    final void checkWarmUp(final double seconds) {
        check(seconds >= 0 && seconds <= LONGEST_SECONDS, "--warm-up must be from 0 to 3600: " + seconds);
    }
}
