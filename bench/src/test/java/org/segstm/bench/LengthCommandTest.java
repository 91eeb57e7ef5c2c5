package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.segstm.bench.length.StepKind;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tiny runs; the heaps are in checked mode, like this JVM's. */
@Timeout(300)
class LengthCommandTest {
    @Test
    void shouldMeasureAllWaysWhenTwoThreadsRunSteps(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run = Commands.run("length", "--seconds", "0.02", "--threads", "2", "--tuned", "8", "--steps",
            "update,hot", "--json", file.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(file);
        assertEquals(List.of("update 1", "update steps", "update breaks", "update 8", "hot 1", "hot steps",
            "hot breaks", "hot 8"), figures.stream().map(f -> f.get("steps") + " " + f.get("way")).toList());
        for (final Map<String, String> figure : figures) {
            assertEquals("true", figure.get("check"), figure.toString());
            assertTrue(Double.parseDouble(figure.get("stepsPerSecond")) > 0, figure.toString());
        }
        assertTrue(run.out().contains(StepKind.HOT.text()), run.out());
    }

    @Test
    void shouldRefuseWhenOptionsAreWrong() {
        assertTrue(Commands.run("length", "--steps", "nope").err()
            .contains("no such step (one of update, hot, read, allocate): nope"));
        assertTrue(Commands.run("length", "--threads", "0").err().contains("--threads must be from 1 to 1024: 0"));
        assertTrue(Commands.run("length", "--seconds", "0").err().contains("--seconds must be above 0"));
    }
}
