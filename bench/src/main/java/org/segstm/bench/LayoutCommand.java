package org.segstm.bench;

import org.segstm.bench.layout.LayoutCharts;
import org.segstm.bench.layout.LayoutDimension;
import org.segstm.bench.layout.LayoutPoint;
import org.segstm.bench.layout.LayoutReport;
import org.segstm.bench.layout.LayoutRequest;
import org.segstm.bench.layout.LayoutSweep;
import org.segstm.bench.layout.LayoutWorkload;
import org.segstm.bench.layout.MapRequest;
import org.segstm.bench.tool.Measured;
import org.segstm.bench.tool.Progress;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code segstm layout}: what choices of how the heap is laid out cost, and what the heap looks like. */
@Command(
    name = "layout",
    description = "Measures programs on heaps of different layouts: each dimension in turn, all others as usual, or "
        + "the combinations of those that are given. Each point is measured in a JVM of its own; figures are "
        + "medians of several rounds. A round begins with all pages shared and is followed by a reshare. "
        + "With --map: draws the segments of a running program.",
    footerHeading = "%nDimensions, with the values of a sweep, the usual one in brackets:%n",
    footer = {
        "",
        "Examples:",
        "  segstm layout                              each dimension for itself",
        "  segstm layout unit segments=2,64           these two, each for itself",
        "  segstm layout --product unit segments=2,64 all combinations of their values",
        "  segstm layout heap threads=1               one dimension, with another value than usual in a second",
        "  segstm layout --map segments=4 threads=3   the segments of a program with three threads"})
public final class LayoutCommand extends BenchCommand {
    private static final int MOST_REPETITIONS = 100;
    private static final int MOST_MAPS = 1000;
    private static final int MOST_COLUMNS = 1000;

    @Parameters(arity = "0..*", paramLabel = "DIMENSION[=VALUE,...]",
        description = "What to vary (default: every dimension). One value only keeps it there for all points.")
    private List<String> arguments = List.of();

    private final List<Choice> choices = new ArrayList<>();

    @Option(names = "--product", description = "Measure all combinations of the values.")
    private boolean product;

    @Option(names = "--workloads", split = ",", paramLabel = "NAME", converter = WorkloadConverter.class,
        description = "Programs to run: w1 (one increment), dense (10 reads, 2 increments among 10,000 objects), "
            + "spread (the same in 48 MB), scan (1000 neighbours read in 48 MB), garbage (objects that die), survivors "
            + "(objects that live); default: dense, spread, survivors; of a map: spread.")
    private List<LayoutWorkload> workloads;

    @Quick("0.3")
    @Option(names = "--seconds", paramLabel = "S", defaultValue = "2",
        description = "Seconds that count, per point (default: ${DEFAULT-VALUE}); with --map: that the program runs.")
    private double seconds;

    @Quick("0.3")
    @Option(names = "--warm-up", paramLabel = "S", defaultValue = "1.5",
        description = "Seconds of warm-up before (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1",
        description = "Measure all points so many times, in turn, and take medians (default: ${DEFAULT-VALUE}).")
    private int repeat;

    @Option(names = "--quick",
        description = "0.3 seconds, first and last value of each dimension: to see that it works, not for figures."
            + OTHERS_WIN)
    private boolean quick;

    @Option(names = "--charts", paramLabel = "DIR", converter = OutputFiles.FolderConverter.class,
        description = "Draw a picture for each sweep (PNG).")
    private Path charts;

    @ArgGroup(exclusive = false)
    private MapOptions map;

    @Mixin
    private JsonOption json = new JsonOption();

    @Spec
    private void spec(final CommandSpec spec) {
        final List<String> footer = new ArrayList<>();
        for (final LayoutDimension dimension : LayoutDimension.values()) {
            footer.add(String.format("  %-9s %s: %s [%s]", dimension.id(), dimension.title(),
                String.join(", ", dimension.sweep()), dimension.usual()));
        }
        footer.addAll(List.of(spec.usageMessage().footer()));
        spec.usageMessage().footer(footer.toArray(String[]::new));
    }

    @Override
    int execute() {
        checkOptions();
        return map == null ? sweep() : drawMap();
    }

    private void checkOptions() {
        checkSeconds(seconds);
        checkWarmUp(warmUpSeconds);
        checkRange("--repeat", repeat, 1, MOST_REPETITIONS);
        final Set<LayoutDimension> seen = new LinkedHashSet<>();
        for (final String argument : arguments) {
            final Choice choice = choice(argument);
            check(seen.add(choice.dimension), "given twice: " + choice.dimension.id());
            choices.add(choice);
        }
    }

    /** Reads {@code unit=4k,64k}. */
    private Choice choice(final String text) {
        final int sign = text.indexOf('=');
        try {
            final LayoutDimension dimension = LayoutDimension.of(sign < 0 ? text : text.substring(0, sign));
            final List<String> values = sign < 0 ? valuesOf(dimension)
                : Arrays.asList(text.substring(sign + 1).split(",", -1));
            check(values.stream().noneMatch(String::isBlank), "a value is missing: " + text);
            return new Choice(dimension, values);
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private LayoutPoint start() {
        LayoutPoint start = LayoutPoint.usual();
        for (final Choice choice : choices) {
            if (choice.values.size() == 1) {
                start = start.with(choice.dimension, choice.values.get(0));
            }
        }
        return start;
    }

    /** Those with several values; all that were not given, when there are none. */
    private Map<LayoutDimension, List<String>> varied() {
        final Map<LayoutDimension, List<String>> varied = new EnumMap<>(LayoutDimension.class);
        choices.stream().filter(choice -> choice.values.size() > 1)
            .forEach(choice -> varied.put(choice.dimension, choice.values));
        if (varied.isEmpty()) {
            for (final LayoutDimension dimension : LayoutDimension.values()) {
                if (choices.stream().noneMatch(choice -> choice.dimension == dimension)) {
                    varied.put(dimension, valuesOf(dimension));
                }
            }
        }
        return varied;
    }

    private List<String> valuesOf(final LayoutDimension dimension) {
        final List<String> all = dimension.sweep();
        return quick ? List.of(all.get(0), all.get(all.size() - 1)) : all;
    }

    private int sweep() {
        final PrintWriter out = out();
        final List<LayoutWorkload> programs = workloads != null ? workloads
            : List.of(LayoutWorkload.DENSE, LayoutWorkload.SPREAD, LayoutWorkload.SURVIVORS);
        final List<LayoutSweep> sweeps = LayoutSweep.of(start(), varied(), product);
        final LayoutReport report = new LayoutReport();
        measure(sweeps, programs, report, Progress.on(out));
        Measured.printOn(out, report.heapSettings());
        Measured.line(out, "time", warmUpSeconds + " s of warm-up, then " + LayoutRequest.ROUNDS + " rounds of "
            + seconds / LayoutRequest.ROUNDS + " s; medians; measured " + repeat + " times in turn");
        Measured.line(out, "start", start().toString());
        report.printOn(out, sweeps, programs);
        if (charts != null) {
            new LayoutCharts(report, programs).draw(charts, sweeps).forEach(file -> out.println("drawn: " + file));
        }
        out.flush();
        json.write(report.toJson());
        return report.allChecksPassed() ? 0 : 1;
    }

    private void measure(final List<LayoutSweep> sweeps, final List<LayoutWorkload> programs,
        final LayoutReport report, final Progress progress) {
        final Set<LayoutPoint> points = new LinkedHashSet<>();
        sweeps.forEach(sweep -> points.addAll(sweep.points()));
        final int all = repeat * programs.size() * points.size();
        int number = 0;
        for (int i = 0; i < repeat; i++) {
            for (final LayoutWorkload program : programs) {
                for (final LayoutPoint point : points) {
                    progress.show("measuring " + ++number + " of " + all + ": " + program.id() + " "
                        + point.differenceTo(start()));
                    measure(program, point, report, progress);
                }
            }
        }
    }

    private void measure(final LayoutWorkload program, final LayoutPoint point, final LayoutReport report,
        final Progress progress) {
        try {
            report.add(program, point, LayoutRequest.ofSeconds(program, warmUpSeconds, seconds).measureAt(point));
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage() + " (at " + point + ")");
        } finally {
            progress.clear();
        }
    }

    private int drawMap() {
        check(!product && charts == null && !json.isGiven() && repeat == 1,
            "--map goes without --product, --charts, --json and --repeat");
        choices.forEach(choice -> check(
            choice.values.size() == 1, "a map is drawn at one point: " + choice.dimension.id() + "=VALUE"));
        check(map.program == null || workloads == null, "--program goes without --workloads");
        check(workloads == null || workloads.size() == 1, "a map is drawn of one workload");
        checkRange("--maps", map.maps, 1, MOST_MAPS);
        checkRange("--columns", map.columns, 1, MOST_COLUMNS);
        check(map.program == null || Files.isReadable(map.program) && !Files.isDirectory(map.program),
            "--program: there is no such file: " + map.program);
        final String program = map.program != null ? map.program.toString()
            : workloads != null ? workloads.get(0).id() : LayoutWorkload.SPREAD.id();
        final PrintWriter out = out();
        final Progress screen = Progress.on(out);
        final LayoutPoint point = start();
        try {
            MapRequest.ofSeconds(program, seconds, map.maps, map.columns, map.image).drawAt(point, line -> {
                if (!MapRequest.NEXT_MAP.equals(line)) {
                    out.println(line);
                } else if (!screen.clearScreen()) {
                    out.println();
                }
                out.flush();
            });
        } catch (final IllegalArgumentException e) {
            throw wrong(e.getMessage() + " (at " + point + ")");
        }
        out.println();
        Measured.printOn(out, point.toString());
        Measured.line(out, "program", program);
        if (map.image != null) {
            out.println("drawn: " + map.image);
        }
        out.flush();
        return 0;
    }

    /** What {@code --map} can be told. */
    static final class MapOptions {
        @Option(names = "--map", required = true,
            description = "Draw the segments of a running program, as text, anew while it runs.")
        private boolean map;

        @Option(names = "--program", paramLabel = "FILE",
            description = "The program: a Duhton file in place of a workload.")
        private Path program;

        @Option(names = "--maps", paramLabel = "N", defaultValue = "1",
            description = "Maps to draw in the time (default: ${DEFAULT-VALUE}).")
        private int maps;

        @Option(names = "--columns", paramLabel = "N", defaultValue = "96",
            description = "Columns of the old space (default: ${DEFAULT-VALUE}).")
        private int columns;

        @Option(names = "--image", paramLabel = "FILE", converter = OutputFiles.Converter.class,
            description = "Draw the last map into a PNG file as well.")
        private Path image;
    }

    /** A dimension and its values. */
    private record Choice(LayoutDimension dimension, List<String> values) {
    }

    /** Names of workloads. */
    static final class WorkloadConverter extends NamedConverter<LayoutWorkload> {
        WorkloadConverter() {
            super(LayoutWorkload::of);
        }
    }
}
