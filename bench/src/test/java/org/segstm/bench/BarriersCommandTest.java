package org.segstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
class BarriersCommandTest {
    @Test
    void shouldCountAndTakeTimeWhenProgramsAreNamed(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run = Commands.run("barriers", "--quick", "trees_walk", "tour", "--json", file.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        assertTrue(run.out().startsWith("machine "), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(file);
        assertEquals(List.of("trees_walk", "tour"), figures.stream().map(f -> f.get("program")).toList());
        for (final Map<String, String> figure : figures) {
            assertEquals("true", figure.get("right"), figure.toString());
            for (final String way : List.of("interpreted", "naive", "placed", "no_stm")) {
                assertTrue(Double.parseDouble(figure.get(way + ".seconds")) > 0, figure.toString());
            }
        }
        assertTrue(Long.parseLong(figures.get(0).get("placed.safepoint")) > 10_000, figures.toString());
    }

    @Test
    void shouldFailWhenProgramPrintsSomethingElse(@TempDir final Path folder) throws IOException {
        final Path program = folder.resolve("three.duh");
        Files.writeString(program, "(print 3)", StandardCharsets.ISO_8859_1);
        Files.writeString(folder.resolve("three.expected"), "4\n", StandardCharsets.ISO_8859_1);
        final Commands run = Commands.run("barriers", "--quick", "--rounds", "0", program.toString());
        assertEquals(1, run.status(), run.out());
    }

    @Test
    void shouldFailWhenProgramDoes(@TempDir final Path folder) throws IOException {
        final Path program = folder.resolve("wrong.duh");
        Files.writeString(program, "(print (car 3))", StandardCharsets.ISO_8859_1);
        final Commands run = Commands.run("barriers", "--quick", "--rounds", "0", program.toString());
        assertEquals(1, run.status(), run.out());
        assertTrue(run.err().contains("ended with status 1"), run.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "walks | no file, and none of append, bank, ",
        "--rounds 101 | --rounds must be from 0 to 100: 101",
        "--runs 0 | --runs must be from 1 to 100: 0",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String options, final String message) {
        final Commands wrong = Commands.run(("barriers " + options).split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }
}
