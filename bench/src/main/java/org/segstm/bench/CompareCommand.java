package org.segstm.bench;

import org.segstm.bench.compare.CompareChart;
import org.segstm.bench.compare.CompareReport;
import org.segstm.bench.compare.Comparison;
import org.segstm.bench.compare.peer.Party;
import org.segstm.bench.compare.workload.Workload;
import org.segstm.bench.tool.Figures;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code segstm compare}: ours beside other STMs of the JVM, locks, and no synchronization. */
@Command(
    name = "compare",
    description = "Measures transactions a second of this heap, of ScalaSTM, Multiverse and Clojure's refs, with one "
        + "lock, with a lock for each object taken in order, and with plain arrays on one thread. Each party has a JVM "
        + "of its own; after its warm-up they are measured round by round in turn. Medians. What transactions saw and "
        + "what they left behind is checked.",
    footerHeading = "%nWorkloads, with numbers in objects of their own:%n",
    footer = {
        "  read1, read10, read100  random reads of 10,000 objects",
        "  bank       transfer between 2 of 1024 accounts: 2 reads, 2 writes",
        "  audits     the same, and 1 in 100 transactions adds up all accounts",
        "  bank8      transfer between 2 of 8 accounts",
        "  rw         10 random reads and 2 increments of 10,000 objects",
        "  map        hash map with 16,384 keys: 80 %% look-ups, 10 %% puts, 10 %% removals",
        "  write1000  1000 distinct of 10,000 objects written",
        "  scan       one thread adds up 100,000 accounts, the others transfer between them"})
public final class CompareCommand extends BenchCommand {
    private static final int QUICK_ROUNDS = 3;
    private static final int ROUNDS = 5;
    private static final List<String> JAVA_HEAP_FLAGS = List.of("-Xms1g", "-Xmx1g");

    @Option(names = "--workloads", split = ",", paramLabel = "NAME", converter = WorkloadConverter.class,
        description = "What to run (default: all).")
    private List<Workload> workloads = List.of(Workload.values());

    @Option(names = "--parties", split = ",", paramLabel = "NAME", converter = PartyConverter.class,
        description = "Who runs it: segstm, scalastm, multiverse, clojure, one-lock, locks, plain (default: all).")
    private List<Party> parties = List.of(Party.values());

    @Quick("2")
    @Option(names = "--threads", split = ",", paramLabel = "N", defaultValue = "1,2,4",
        description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
    private List<Integer> threads;

    @Quick("0.15")
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "1.5",
        description = "Seconds that count, per figure (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Quick("0.2")
    @Option(names = "--warm-up", paramLabel = "S",
        description = "Seconds of warm-up before (default: what each party needs, from 1 to 5).")
    private Double warmUpSeconds;

    @Option(names = "--chart", paramLabel = "FILE", converter = OutputFiles.Converter.class,
        description = "Draw the figures as PNG.")
    private Path chart;

    @Option(names = "--quick",
        description = "2 threads, little time: to see that it works, not for figures." + OTHERS_WIN)
    private boolean quick;

    @Mixin
    private HeapOptions heap = new HeapOptions();

    @Mixin
    private MarkdownOption markdown = new MarkdownOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Override
    int execute() {
        checkOptions();
        final PrintWriter out = out();
        final Comparison.Time time = new Comparison.Time(warmUpSeconds == null ? Double.NaN : warmUpSeconds, rounds(),
            (long) (seconds / rounds() * TimeUnit.SECONDS.toNanos(1)), JAVA_HEAP_FLAGS);
        final CompareReport report = measure(time, Progress.on(out));
        final String facts = Measured.text(lines -> {
            Measured.printOn(lines, report.heapSettings());
            Measured.line(lines, "java heap", String.join(" ", JAVA_HEAP_FLAGS));
            Measured.line(lines, "time", (warmUpSeconds == null ? "1 to 5" : warmUpSeconds.toString())
                + " s of warm-up, then " + rounds() + " rounds of " + Figures.threeDigits(seconds / rounds())
                + " s in turn; medians");
        });
        out.println(facts);
        report.printOn(out);
        out.flush();
        json.write(report.toJson());
        markdown.write(facts, report.toMarkdown());
        if (chart != null) {
            CompareChart.write(report, chart);
        }
        return report.allChecksPassed() ? 0 : 1;
    }

    private int rounds() {
        return quick ? QUICK_ROUNDS : ROUNDS;
    }

    private CompareReport measure(final Comparison.Time time, final Progress progress) {
        final CompareReport report = new CompareReport(parties);
        try {
            for (final Workload workload : workloads) {
                for (final int number : threads) {
                    report.add(workload, number, new Comparison(workload, number, parties, time)
                        .run(child -> heap.applyTo(child, false), progress::show));
                }
            }
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        } finally {
            progress.clear();
        }
        return report;
    }

    private void checkOptions() {
        checkSeconds(seconds);
        if (warmUpSeconds != null) {
            checkWarmUp(warmUpSeconds);
        }
        checkThreads("--threads", threads, MOST_MEASURED_THREADS);
        check(threads.contains(1) || !parties.equals(List.of(Party.PLAIN)), "plain arrays run on one thread only");
    }

    /** Names of workloads. */
    static final class WorkloadConverter extends NamedConverter<Workload> {
        WorkloadConverter() {
            super(Workload::of);
        }
    }

    /** Names of parties. */
    static final class PartyConverter extends NamedConverter<Party> {
        PartyConverter() {
            super(Party::of);
        }
    }
}
