package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A tiny run. */
@Timeout(300)
class RetryCommandTest {
    @Test
    void shouldMeasureWhenOthersAreIdleAndBusy(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run = Commands.run("retry", "--wakes", "3", "--json", file.toString());
        assertEquals(List.of("idle", "busy"),
            JsonFigures.read(file).stream().map(figure -> figure.get("others")).toList());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        assertTrue(run.out().contains("idle"), run.out());
        assertTrue(run.out().contains("commit all the time"), run.out());
    }

    @Test
    void shouldRefuseWhenNumberIsWrong() {
        assertTrue(Commands.run("retry", "--wakes", "0").err().contains("--wakes must be from 1 to 1000000: 0"));
    }
}
