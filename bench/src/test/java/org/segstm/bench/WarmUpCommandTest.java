package org.segstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class WarmUpCommandTest {
    @Test
    void shouldCountTurnsFromStartWhenProgramIsNamed(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        Commands run = Commands.run("warmup", "--seconds", "2", "queens", "--json", file.toString());
        int seconds = 2;
        if (run.status() != 0) {
            // A busy machine may take longer than that for a JVM's first turn.
            seconds = 20;
            run = Commands.run("warmup", "--seconds", "20", "queens", "--json", file.toString());
        }
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        assertTrue(run.out().contains("queens, interpreted: turns per 100 ms"), run.out());
        assertTrue(run.out().contains("queens, placed: turns per 100 ms"), run.out());
        assertEquals(2L * seconds,
            run.out().lines().filter(line -> line.matches(" +\\d+ s( +\\d+){10}")).count(), run.out());
        final String json = Files.readString(file, StandardCharsets.UTF_8);
        assertTrue(json.contains("\"halfOfPeakMs\""), json);
    }

    @Tag("slow")
    @Test
    void shouldRunEachProgramWhenNoneIsNamed() {
        final Commands run = Commands.run("warmup", "--quick");
        assertEquals("", run.err());
        assertTrue(run.out().contains("trees_walk, placed: turns per 100 ms"), run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "tour | no such program (one of append, bank, ",
        "--seconds 0 | --seconds must be from 1 to 600: 0",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String options, final String message) {
        final Commands wrong = Commands.run(("warmup " + options).split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }
}
