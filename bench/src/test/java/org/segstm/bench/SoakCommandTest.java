package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A few seconds of the soak test. What it finds in so short a time decides nothing, but that it runs to its end. */
@Timeout(120)
class SoakCommandTest {
    @ParameterizedTest
    @ValueSource(strings = {"private-cow", "mmap-fixed", "remap-file-pages"})
    void shouldWatchAllProgramsWhenNothingIsWrong(final String strategy) {
        final Commands soak = Commands.run("soak", "--seconds", "2", "--interval", "1", "--threads", "2", "--heap",
            "64m", "--seed", "7", "--page-sharing", strategy);
        assertTrue(soak.out().contains("seed     7" + System.lineSeparator() + "after "), soak.out());
        for (final String part : new String[] {" s, in MiB:", "  graph ", "  duhton ", "  process ", " mappings"}) {
            assertTrue(soak.out().contains(part), soak.out());
        }
        assertEquals(!soak.out().contains("WRONG"), soak.status() == 0, soak.out());
        assertTrue(!soak.out().contains("failed:"), soak.out() + soak.err());
    }

    @Test
    void shouldFailAndSayWhyWhenTheHeapIsTooSmall() {
        final Commands soak = Commands.run("soak", "--seconds", "20", "--interval", "1", "--threads", "1",
            "--duhton-threads", "0", "--heap", "4m");
        assertEquals(1, soak.status(), soak.out());
        assertTrue((soak.out() + soak.err()).contains("out of heap"), soak.out() + soak.err());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--threads|0|--threads must be from 1 to 64: 0",
        "--duhton-threads|-1|--duhton-threads must be from 0 to 64: -1",
        "--seconds|0|--seconds and --interval must be at least 1",
        "--heap|1|heap size must be from 1m to 4t",
    })
    void shouldRefuseWrongOptions(final String option, final String value, final String rule) {
        final Commands soak = Commands.run("soak", option, value);
        assertEquals(2, soak.status());
        assertTrue(soak.err().contains(rule), soak.err());
    }
}
