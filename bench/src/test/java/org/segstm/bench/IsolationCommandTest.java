package org.segstm.bench;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The short form of the isolation check, in checked mode. */
@Timeout(180)
class IsolationCommandTest {
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"private-cow", "mmap-fixed", "remap-file-pages"})
    void shouldFindNoViolation(final String strategy) {
        final Commands isolation =
            Commands.run("isolation", "--seconds", "8", "--scenario-seconds", "0.8", "--strategy", strategy);
        assertEquals(0, isolation.status(), isolation.out() + isolation.err());
        assertTrue(isolation.out().contains("no violation"), isolation.out());
    }

    @Test
    void shouldTellCountsWhenNothingIsWrong(@TempDir final Path folder) throws IOException {
        final Path json = folder.resolve("counts.json");
        final Commands isolation = Commands.run("isolation", "--seconds", "1", "--scenario-seconds", "0.5", "--seed",
            "7", "--strategy", "private-cow", "--threads", "3", "--json", json.toString());
        assertEquals(0, isolation.status(), isolation.out() + isolation.err());
        assertTrue(isolation.out().contains("seed     7" + System.lineSeparator() + "no violation"), isolation.out());
        for (final String row : new String[] {"transactions ", "aborted attempts ", "edges ", "reshares "}) {
            assertTrue(isolation.out().contains(System.lineSeparator() + row), isolation.out());
        }
        assertTrue(Files.readString(json).contains("\"strategy\": \"private-cow\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--threads|9|--threads must be from 1 to 8: 9",
        "--seconds|0|--seconds must be at least 1",
        "--json|/|it is a folder, give a file: /",
        "--strategy|none|no such strategy",
    })
    void shouldRefuseWrongOptions(final String option, final String value, final String rule) {
        final Commands isolation = Commands.run("isolation", option, value);
        assertEquals(2, isolation.status());
        assertTrue(isolation.err().contains(rule), isolation.err());
    }
}
