package org.segstm.bench;

import org.segstm.bench.report.Run;
import org.segstm.bench.report.log.EventLogException;
import org.segstm.bench.report.show.ComparisonText;
import org.segstm.bench.report.show.HtmlReport;
import org.segstm.bench.report.show.JsonReport;
import org.segstm.bench.report.show.TextReport;
import org.segstm.bench.tool.BenchException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** {@code segstm report}: what an event log says. */
@Command(
    name = "report",
    description = "Tells from an event log where the time of each thread went, and which conflicts cost how much. Logs "
        + "are written by 'duhton --event-log FILE' and by any program that opens its heap with an event log.",
    exitCodeList = {
        "0:the log is complete",
        "1:it is damaged, truncated or no event log; what could be read was reported",
        "2:wrong usage"})
public final class ReportCommand extends BenchCommand {
    private static final int TOP = 10;
    private static final int DAMAGED = 1;

    @Parameters(paramLabel = "FILE", description = "The event log.")
    private Path file;

    @Option(names = "--top", paramLabel = "N", defaultValue = "" + TOP,
        description = "Most conflicts to show (default: ${DEFAULT-VALUE}).")
    private int top;

    @Option(names = "--before", paramLabel = "OLD",
        description = "Compare with the log of an earlier run: speed-up, and which of its conflicts are gone.")
    private Path before;

    @Option(names = "--html", paramLabel = "PAGE", converter = OutputFiles.Converter.class,
        description = "Write a page with charts as well.")
    private Path page;

    @Mixin
    private JsonOption json = new JsonOption();

    private boolean complete = true;

    @Override
    int execute() {
        check(top >= 1, "--top must be at least 1: " + top);
        final Run run = read(file);
        final PrintWriter out = out();
        out.print(TextReport.of(file.toString(), run, top));
        if (before != null) {
            out.println();
            out.print(ComparisonText.of(before.toString(), read(before), run, top));
        }
        out.flush();
        json.writeAlone(JsonReport.of(run));
        if (page != null) {
            OutputFiles.write(page, HtmlReport.of(file.getFileName().toString(), run, top));
        }
        return complete ? 0 : DAMAGED;
    }

    private Run read(final Path log) {
        try {
            final Run run = Run.read(log);
            final PrintWriter err = err();
            run.problems().forEach(problem -> err.println(commandName() + ": " + log + ": " + problem));
            complete &= run.problems().isEmpty();
            return run;
        } catch (final EventLogException e) {
            throw new BenchException(log + ": " + e.getMessage());
        } catch (final NoSuchFileException e) {
            throw new BenchException(log + ": there is no such file");
        } catch (final IOException e) {
            throw new BenchException("cannot read " + log + ": " + e.getMessage());
        }
    }
}
