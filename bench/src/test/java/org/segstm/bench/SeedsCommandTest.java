package org.segstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class SeedsCommandTest {
    @Test
    void shouldMeasureBothKindsOfProgramsBesidePublishedFigures(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run =
            Commands.run("seeds", "--quick", "--rows", "trees,mandelbrot", "--json", file.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(file);
        assertEquals(List.of(
            "trees plain 0", "trees plain 1", "trees plain 2", "trees plain 4",
            "mandelbrot plain 0", "mandelbrot plain 1", "mandelbrot plain 2", "mandelbrot plain 4",
            "mandelbrot plain 8", "mandelbrot plain 16",
            "mandelbrot inevitable 0", "mandelbrot inevitable 1", "mandelbrot inevitable 2", "mandelbrot inevitable 4",
            "mandelbrot inevitable 8", "mandelbrot inevitable 16"),
            figures.stream().map(f -> f.get("program") + " " + f.get("shape") + " " + f.get("threads")).toList());
        for (final Map<String, String> figure : figures) {
            assertEquals("true", figure.get("right"), figure.toString());
            assertTrue(Double.parseDouble(figure.get("seconds")) > 0, figure.toString());
        }
        assertTrue(run.out().contains("published"), run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--rows roots | no such row",
        "--rounds 0 | --rounds must be from 1 to 100: 0",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String options, final String message) {
        final Commands wrong = Commands.run(("seeds " + options).split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }
}
