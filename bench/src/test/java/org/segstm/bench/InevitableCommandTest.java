package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class InevitableCommandTest {
    private static String run(final int exitCode, final String... arguments) {
        final StringWriter out = new StringWriter();
        assertEquals(exitCode, Main.execute(new PrintWriter(out, true), new PrintWriter(out, true), arguments),
            out::toString);
        return out.toString();
    }

    @Test
    void shouldPrintRowPerShapeWhenQuick(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final String table = run(0, "inevitable", "--quick", "--threads", "2", "--json", file.toString());
        assertEquals(List.of("2", "2", "2", "2"),
            JsonFigures.read(file).stream().map(figure -> figure.get("threads")).toList());
        for (final String row : new String[] {"none", "all at their end", "one thread computes", "one thread blocks"}) {
            assertTrue(table.lines().anyMatch(line -> line.matches(row + " +[0-9.]+")), table);
        }
    }

    @Test
    void shouldRefuseWhenThereAreNoThreads() {
        assertTrue(run(2, "inevitable", "--threads", "0").contains("--threads from 1 to 64"));
    }
}
