package org.segstm.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segstm.bench.throughput.ThroughputTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tiny runs; the heaps are in checked mode, like this JVM's. */
@Timeout(300)
class ThroughputCommandTest {
    private static final String SECONDS = "0.02";

    @Test
    void shouldMeasureAndWriteJsonWhenAllTestsRunInBothModes(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run = throughput("--modes", "stm,serial", "--threads", "2", "--json", file.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = read(file);
        final List<String> expected = new ArrayList<>();
        ThroughputTest.ids().forEach(id -> expected.addAll(List.of(id + " serial 1", id + " stm 2")));
        assertEquals(expected, figures.stream()
            .map(f -> f.get("test") + " " + f.get("mode") + " " + f.get("threads")).toList());
        for (final Map<String, String> figure : figures) {
            assertEquals("true", figure.get("check"), figure.toString());
            assertTrue(Double.parseDouble(figure.get("opsPerSecond")) > 0, figure.toString());
            assertTrue(Double.parseDouble(figure.get("abortRate")) < 1, figure.toString());
        }
        assertTrue(run.out().contains("machine "), run.out());
        assertTrue(run.out().contains("commit "), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-cow", "mmap-fixed", "remap-file-pages"})
    void shouldKeepCountersRightWhenTwoThreadsIncrement(final String sharing) {
        final Commands run = throughput("--modes", "stm", "--threads", "2", "--tests", "w1,rwhot",
            "--page-sharing", sharing, "--heap", "64m", "--segments", "3");
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        assertTrue(run.out().contains("pageSharing=" + sharing.toUpperCase(Locale.ROOT).replace('-', '_')));
        assertTrue(run.out().contains("segments=3"), run.out());
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"private-cow", "mmap-fixed", "remap-file-pages"})
    void shouldKeepCountersRightWhenAllTestsRun(final String sharing) {
        final Commands run = throughput("--modes", "stm", "--threads", "1,3", "--page-sharing", sharing);
        assertEquals(0, run.status(), run.out() + run.err());
        assertFalse(run.out().contains("FAILED"), run.out());
    }

    private static Commands throughput(final String... options) {
        final List<String> arguments =
            new ArrayList<>(List.of("throughput", "--seconds", SECONDS, "--warm-up", SECONDS));
        arguments.addAll(List.of(options));
        return Commands.run(arguments.toArray(String[]::new));
    }

    /** A list of flat objects, values as text. */
    private static List<Map<String, String>> read(final Path file) throws IOException {
        final List<Map<String, String>> objects = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            assertEquals(JsonToken.START_ARRAY, parser.nextToken());
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                final Map<String, String> object = new HashMap<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    final String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, parser.getText());
                }
                objects.add(object);
            }
            assertEquals(JsonToken.END_ARRAY, parser.currentToken());
            assertEquals(null, parser.nextToken());
        }
        return objects;
    }
}
