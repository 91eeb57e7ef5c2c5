package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tiny runs; our heaps are in checked mode, like this JVM's. */
@Timeout(300)
class CompareCommandTest {
    @Test
    void shouldMeasureInTurnAndWriteJsonMarkdownAndChart(@TempDir final Path folder) throws IOException {
        final Path json = folder.resolve("figures.json");
        final Path markdown = folder.resolve("table.md");
        final Path chart = folder.resolve("chart.png");
        final Commands run = Commands.run("compare", "--workloads", "bank,scan", "--threads", "1,2", "--parties",
            "segstm,multiverse,plain", "--seconds", "0.1", "--warm-up", "0.02", "--heap", "64m", "--json",
            json.toString(), "--markdown", markdown.toString(), "--chart", chart.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(json);
        assertEquals(List.of("bank segstm 1", "bank multiverse 1", "bank plain 1", "bank segstm 2",
                "bank multiverse 2", "scan segstm 1", "scan multiverse 1", "scan plain 1", "scan segstm 2",
                "scan multiverse 2"),
            figures.stream().map(f -> f.get("workload") + " " + f.get("party") + " " + f.get("threads")).toList());
        for (final Map<String, String> figure : figures) {
            assertEquals("true", figure.get("check"), figure.toString());
            final boolean mayStarve = "multiverse scan".equals(figure.get("party") + " " + figure.get("workload"));
            assertTrue(mayStarve || Double.parseDouble(figure.get("opsPerSecond")) > 0, figure.toString());
        }
        assertEquals("0", figures.get(8).get("leadRetries"), "scans of ours are never retried");
        assertTrue(run.out().contains("of best STM"), run.out());
        assertTrue(run.out().contains("heapBytes=64m"), run.out());
        assertTrue(Files.readString(markdown).contains("| bank | 1 |"), Files.readString(markdown));
        assertTrue(Files.size(chart) > 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--workloads bank,nope | no such workload (one of read1, read10, read100, bank, audits, bank8, rw, map, "
            + "write1000, scan): nope",
        "--parties jvstm | no such party (one of segstm, scalastm, multiverse, clojure, one-lock, locks, plain): jvstm",
        "--threads 0 | --threads must be from 1 to 1024: 0",
        "--seconds 0 | --seconds must be above 0 and at most 3600: 0.0",
        "--warm-up -1 | --warm-up must be from 0 to 3600: -1.0",
        "--parties plain --threads 2 | plain arrays run on one thread only",
        "--quick --workloads bank --parties segstm --segments 65 | segments must be from 1 to 64: segments=65",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String options, final String message) {
        final Commands wrong = Commands.run(("compare " + options).split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }
}
