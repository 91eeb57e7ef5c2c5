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

/** Small boards; our heaps are in checked mode, like this JVM's. */
@Timeout(300)
class LeeCommandTest {
    @Test
    void shouldLayBoardsAndWriteJsonMarkdownAndChart(@TempDir final Path folder) throws IOException {
        final Path json = folder.resolve("figures.json");
        final Path markdown = folder.resolve("table.md");
        final Path chart = folder.resolve("chart.png");
        final Path board = Files.writeString(folder.resolve("cross.txt"), "B 9 9\nJ 4 0 4 8\nJ 0 4 8 4\nE\n");
        final Commands run = Commands.run("lee", "comb", board.toString(), "--threads", "2", "--rounds", "2",
            "--warm-up", "0", "--heap", "64m", "--json", json.toString(), "--markdown", markdown.toString(), "--chart",
            chart.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(json);
        assertEquals(10, figures.size());
        assertEquals("comb sequential 1", figures.get(0).get("board") + " " + figures.get(0).get("party") + " "
            + figures.get(0).get("threads"));
        assertEquals("cross scalastm planned 2", figures.get(9).get("board") + " " + figures.get(9).get("party") + " "
            + figures.get(9).get("way") + " " + figures.get(9).get("threads"));
        for (final Map<String, String> figure : figures) {
            assertEquals("true", figure.get("check"), figure.toString());
            assertTrue(Double.parseDouble(figure.get("milliseconds")) > 0, figure.toString());
        }
        assertTrue(run.out().contains("times sequential"), run.out());
        assertTrue(run.out().contains("heapBytes=64m"), run.out());
        assertTrue(Files.readString(markdown).contains("| cross | 2 | segstm | whole | 2 |"),
            Files.readString(markdown));
        assertTrue(Files.size(chart) > 0);
    }

    @Test
    void shouldFailWhenARouteCannotBeLaid(@TempDir final Path folder) throws IOException {
        final Path board = Files.writeString(folder.resolve("wall.txt"), "B 3 1\nP 1 0\nJ 0 0 2 0\nE\n");
        final Commands run = Commands.run("lee", board.toString(), "--threads", "1", "--rounds", "1", "--warm-up", "0",
            "--parties", "segstm", "--transactions", "planned", "--heap", "64m");
        assertEquals(1, run.status());
        assertTrue(run.out().contains(
            "check failed: wall, segstm, planned, threads: 1: route 1 is not laid"), run.out());
    }

    @Test
    void shouldFailWhenThereIsNoSuchFile() {
        final Commands run = Commands.run("lee", "no-such-board.txt", "--quick");
        assertEquals(1, run.status());
        assertTrue(run.err().contains("cannot read no-such-board.txt"), run.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--parties jvstm | no such party (one of sequential, segstm, scalastm): jvstm",
        "--transactions some | no such way (one of whole, planned): some",
        "--threads 0 | --threads must be from 1 to 1024: 0",
        "--layers 17 | --layers must be from 1 to 16: 17",
        "--rounds 0 | --rounds must be from 1 to 1000: 0",
        "--warm-up -1 | --warm-up must be from 0 to 3600: -1.0",
        "comb --quick --parties segstm --heap 1k | heap size must be from 1m to 4t: heapBytes=1024",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String options, final String message) {
        final Commands wrong = Commands.run(("lee " + options).split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }
}
