package org.segstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ProgramsCommandTest {
    @Test
    void shouldMeasureProgramsBesidePublishedFigures(@TempDir final Path folder) throws IOException {
        final Path json = folder.resolve("figures.json");
        final Path markdown = folder.resolve("figures.md");
        final Commands run = Commands.run("programs", "--quick", "--programs", "append",
            "--json", json.toString(), "--markdown", markdown.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(json);
        assertEquals(List.of(
            "append table interpreted 0", "append table interpreted 1",
            "append table compiled 0", "append table compiled 1"),
            figures.stream().filter(f -> f.containsKey("seconds")).map(f ->
                f.get("program") + " " + f.get("size") + " " + f.get("code") + " " + f.get("threads")).toList());
        for (final Map<String, String> figure : figures.subList(0, 4)) {
            assertEquals("true", figure.get("right"), figure.toString());
            assertTrue(Double.parseDouble(figure.get("processSeconds")) > Double.parseDouble(figure.get("seconds")),
                figure.toString());
        }
        assertEquals("4.68", figures.get(1).get("c7"));
        // Ten million words.
        final double peakMib = Double.parseDouble(figures.get(figures.size() - 1).get("peakMiB"));
        assertTrue(peakMib > 76, "peakMiB=" + peakMib);
        assertTrue(run.out().contains("an empty program takes"), run.out());
        assertTrue(Files.readString(markdown).contains("| append | table | c7 | 3.47 | 4.68 |"),
            Files.readString(markdown));
    }

    @Test
    void shouldMeasureTwoProcessesBesideTwoThreads(@TempDir final Path folder) throws IOException {
        final Path json = folder.resolve("figures.json");
        final Commands run = Commands.run("programs", "--quick", "--programs", "conflicts", "--code", "interpreted",
            "--json", json.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(json);
        assertEquals(List.of("0 null", "1 null", "2 null", "16 null", "1 2"),
            figures.stream().filter(f -> f.containsKey("seconds"))
                .map(f -> f.get("threads") + " " + f.get("processes")).toList());
        final Map<String, String> pair = figures.get(4);
        assertEquals("true", pair.get("right"));
        assertTrue(Double.parseDouble(pair.get("processSeconds")) > Double.parseDouble(pair.get("seconds")),
            pair.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--programs roots | no such program",
        "--sizes small | no such size",
        "--code jit | no such code",
        "--rounds 0 | --rounds must be from 1 to 100: 0",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String options, final String message) {
        final Commands wrong = Commands.run(("programs " + options).split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }
}
