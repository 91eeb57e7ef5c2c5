package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;

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
    void shouldPrintRowPerShapeWhenQuick() {
        final String table = run(0, "inevitable", "--quick", "--threads", "2");
        for (final String row : new String[] {"none", "all at their end", "one thread computes", "one thread blocks"}) {
            assertTrue(table.lines().anyMatch(line -> line.matches(row + " +[0-9.]+")), table);
        }
    }

    @Test
    void shouldRefuseWhenThereAreNoThreads() {
        assertTrue(run(2, "inevitable", "--threads", "0").contains("--threads from 1 to 64"));
    }
}
