package org.segstm.duhton.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.segstm.bench.tool.Failures;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.compile.Jit;
import org.segstm.duhton.reader.SourceText;
import org.segstm.duhton.transaction.Program;
import org.segstm.heap.HeapContext;
import org.segstm.heap.HeapStatistics;
import org.segstm.heap.PageSharing;
import org.segstm.heap.SegmentHeap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The {@code duhton} command, with its streams given: it never touches those of the process and never ends it. */
@Command(name = "duhton", sortOptions = false,
    customSynopsis = "duhton [--help] [--num-threads N] [OPTION...] [FILE]",
    description = "Runs a Duhton program: a small Lisp whose threads are transactions.",
    footer = "%nExit status: 0, 1 after an error of the program, 2 for a wrong command line.")
public final class DuhtonCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int PROGRAM_ERROR = 1;
    private static final int MOST_THREADS = 100_000;
    private static final String STANDARD_INPUT = "-";

    private final InputStream input;
    private final OutputStream output;
    private final PrintStream errors;

    @Spec
    private CommandSpec spec;

    @Option(names = "--help", usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = "--num-threads", paramLabel = "N",
        description = "Worker threads that run transactions (default: the processors).")
    private Integer threads;

    @Option(names = "--stats", description = "Shows statistics on standard error afterwards.")
    private boolean statistics;

    @Option(names = "--conflicts",
        description = "Shows on standard error afterwards which conflicts cost most, and between which lines.")
    private boolean conflicts;

    @Option(names = "--event-log", paramLabel = "LOG",
        description = "Writes what threads do and when to a file, for 'segstm report LOG'.")
    private Path eventLog;

    @Option(names = "--serial", description = "No-STM mode: one transaction after the other, without barriers.")
    private boolean serial;

    @Option(names = "--jit", negatable = true, defaultValue = "true", fallbackValue = "true",
        description = "Compiles functions and loops that run often (default), or interprets all.")
    private boolean jit;

    @Option(names = "--jit-threshold", paramLabel = "N",
        description = "Turns, or ten times the calls, before code is compiled (default: 2000; 0: before the first).")
    private Integer jitThreshold;

    @Option(names = "--jit-log", description = "Tells on standard error what is compiled when.")
    private boolean jitLog;

    @Option(names = "--jit-barriers",
        description = "Shows on standard error where compiled code has barriers, and why each of them is there.")
    private boolean jitBarriers;

    @Option(names = "--check", description = "Checked mode: verifies every access to the heap (slow).")
    private boolean checked;

    @Option(names = "--segments", paramLabel = "N",
        description = "Segments of the heap (default: one per worker thread).")
    private Integer segments;

    @Option(names = "--heap", paramLabel = "SIZE", converter = SizeConverter.class,
        description = "Size of the old space, such as 512m or 4g (default: 1g).")
    private Long heapBytes;

    @Option(names = "--nursery", paramLabel = "SIZE", converter = SizeConverter.class,
        description = "Size of each nursery, such as 4m (default: 4m).")
    private Long nurseryBytes;

    @Option(names = "--page-sharing", paramLabel = "STRATEGY", converter = PageSharingConverter.class,
        description = "private-cow (default), mmap-fixed or remap-file-pages.")
    private PageSharing pageSharing;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE",
        description = "The program; - for standard input. Without it: interactive.")
    private String file;

    private DuhtonCommand(final InputStream input, final OutputStream output, final PrintStream errors) {
        this.input = input;
        this.output = output;
        this.errors = errors;
    }

    /**
     * Runs the command.
     *
     * @param input     standard input.
     * @param output    standard output.
     * @param errors    standard error.
     * @param arguments of the command line.
     * @return the exit status.
     */
    public static int run(
            final InputStream input, final OutputStream output, final PrintStream errors, final String... arguments) {
        final CommandLine line = new CommandLine(new DuhtonCommand(input, output, errors));
        line.setOut(new PrintWriter(output, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(errors, true));
        line.setParameterExceptionHandler((e, wrong) -> {
            errors.println("Error: " + e.getMessage());
            errors.println("Try 'duhton --help'.");
            return CommandLine.ExitCode.USAGE;
        });
        line.setExecutionExceptionHandler((e, failed, result) -> {
            if (Failures.isOfMachine(e)) {
                errors.println("Error: " + e.getMessage());
            } else {
                errors.println("Error: internal error, please report it: " + e);
                e.printStackTrace(errors);
            }
            return PROGRAM_ERROR;
        });
        try {
            return line.execute(arguments);
        } catch (final OutOfMemoryError e) {
            errors.println("Error: out of memory: " + e.getMessage());
            return PROGRAM_ERROR;
        }
    }

    @Override
    public Integer call() throws Exception {
        final HeapContext context = heapContext();
        final String text;
        try {
            text = file == null ? null : readProgram();
        } catch (final IOException | InvalidPathException e) {
            errors.println("Error: cannot open '" + bytesAsText(file) + "'");
            return PROGRAM_ERROR;
        }
        final ProgramReports reports = new ProgramReports(eventLog, conflicts ? new SourceText(sourceName()) : null);
        try {
            reports.applyTo(context);
        } catch (final IOException e) {
            errors.println("Error: cannot write '" + bytesAsText(eventLog.toString()) + "'");
            return PROGRAM_ERROR;
        }
        return DeepStack.call(() -> runOnHeap(context, text, reports));
    }

    private String sourceName() {
        return file == null || file.equals(STANDARD_INPUT) ? "input" : Path.of(file).getFileName().toString();
    }

    private HeapContext heapContext() {
        if (threads == null) {
            threads = Runtime.getRuntime().availableProcessors();
        }
        if (threads < 1) {
            throw new ParameterException(
                spec.commandLine(), "--num-threads must be at least 1: --num-threads=" + threads);
        }
        if (threads > MOST_THREADS) {
            throw new ParameterException(spec.commandLine(),
                "--num-threads must be at most " + MOST_THREADS + ": --num-threads=" + threads);
        }
        if (jitThreshold != null && jitThreshold < 0) {
            throw new ParameterException(
                spec.commandLine(), "--jit-threshold must not be negative: --jit-threshold=" + jitThreshold);
        }
        if (checked) {
            System.setProperty(HeapContext.CHECKED_PROPERTY, "true");
        }
        try {
            return configure(new HeapContext());
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private HeapContext configure(final HeapContext context) {
        if (segments != null) {
            context.segments(segments);
        } else if (System.getProperty(HeapContext.SEGMENTS_PROPERTY) == null) {
            context.segments(Math.min(threads, HeapContext.MAXIMUM_SEGMENTS));
        }
        if (heapBytes != null) {
            context.heapBytes(heapBytes);
        }
        if (nurseryBytes != null) {
            context.nurseryBytes(nurseryBytes);
        }
        if (pageSharing != null) {
            context.pageSharing(pageSharing);
        }
        if (serial) {
            context.serial(true);
        }
        if (statistics) {
            context.timing(true);
        }
        return context;
    }

    private Jit compiler() {
        if (!jit || conflicts) {
            return null;
        }
        final Jit compiler = new Jit(jitThreshold == null ? Jit.DEFAULT_THRESHOLD : jitThreshold, errors, jitLog);
        if (jitBarriers) {
            compiler.explainBarriers();
        }
        return compiler;
    }

    private String readProgram() throws IOException {
        return bytesAsText(file.equals(STANDARD_INPUT) ? input.readAllBytes() : Files.readAllBytes(Path.of(file)));
    }

    private int runOnHeap(final HeapContext context, final String text, final ProgramReports reports) {
        final SegmentHeap heap;
        try {
            heap = SegmentHeap.open(context);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        final int processors = Runtime.getRuntime().availableProcessors();
        final Program program = new Program(
            heap, threads, processors, output, reports.source(), compiler());
        final int status = text == null ? interact(program) : runText(program, text);
        program.close();
        if (statistics) {
            final HeapStatistics figures = heap.statistics();
            errors.print(StatisticsReport.of(figures));
        }
        if (program.isUsable()) {
            heap.close();
        }
        try {
            errors.print(bytesAsText(reports.finish()));
            return status;
        } catch (final IOException e) {
            errors.println("Error: " + e.getMessage());
            return PROGRAM_ERROR;
        }
    }

    private int runText(final Program program, final String text) {
        try {
            program.run(text, 1, false);
            return OK;
        } catch (final DuhtonError e) {
            new ErrorReport(output, errors).show(e);
            return PROGRAM_ERROR;
        }
    }

    private int interact(final Program program) {
        try {
            new Session(program, input, output, new ErrorReport(output, errors)).run();
            if (!program.isUsable()) {
                errors.println("Error: the session cannot go on: what its last line did found no room");
            }
            return program.isUsable() ? OK : PROGRAM_ERROR;
        } catch (final IOException e) {
            errors.println("Error: " + e.getMessage());
            return PROGRAM_ERROR;
        }
    }

    private static String bytesAsText(final String text) {
        return bytesAsText(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A character per byte, as the interpreter wants text, see {@link org.segstm.duhton.value.OutputText}. */
    private static String bytesAsText(final byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
