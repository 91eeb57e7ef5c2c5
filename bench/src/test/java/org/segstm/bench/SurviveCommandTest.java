package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tiny runs; our heaps are in checked mode, like this JVM's. */
@Timeout(300)
class SurviveCommandTest {
    @Test
    void shouldMeasureAllHeaps(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run = Commands.run("survive", "--live", "100000", "--threads", "1,2", "--seconds", "0.05",
            "--warm-up", "0.02", "--json", file.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(file);
        assertEquals(List.of("java 1", "segstm 1", "serial 1", "java 2", "segstm 2"),
            figures.stream().map(f -> f.get("heap") + " " + f.get("threads")).toList());
        for (final Map<String, String> figure : figures) {
            assertTrue(Double.parseDouble(figure.get("objectsPerSecond")) > 0, figure.toString());
            final double heapOfLive =
                Double.parseDouble(figure.get("heapBytes")) / Double.parseDouble(figure.get("liveBytes"));
            assertTrue(heapOfLive > 2.5 && heapOfLive < 4.5, figure.toString());
        }
        assertTrue(run.out().contains("of java"), run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--live 10 | --live must be from 1000 to 1000000000: 10",
        "--threads 65 | --threads must be from 1 to 64: 65",
        "--heap-factor 1 | --heap-factor must be at least 1.5: 1.0",
        "--seconds 0 | --seconds must be above 0 and at most 3600: 0.0",
        "--warm-up -1 | --warm-up must be from 0 to 3600: -1.0",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String options, final String message) {
        final Commands wrong = Commands.run(("survive " + options).split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }
}
