package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class MainTest {
    @Test
    void shouldListCommandsWhenAskedForHelp() {
        final Commands help = Commands.run("--help");
        assertEquals(0, help.status());
        assertTrue(help.out().contains("throughput"), help.out());
        assertEquals("", help.err());
    }

    @Test
    void shouldExplainOptionsWhenHelpOfCommandIsAsked() {
        final Commands help = Commands.run("help", "throughput");
        assertEquals(0, help.status());
        assertTrue(help.out().contains("--page-sharing"), help.out());
        assertTrue(help.out().contains("rw100"), help.out());
        assertEquals(help.out(), Commands.run("throughput", "--help").out());
    }

    @Test
    void shouldFailWithUsageWhenNoCommandIsGiven() {
        final Commands nothing = Commands.run();
        assertEquals(2, nothing.status());
        assertTrue(nothing.err().contains("Missing required subcommand"), nothing.err());
        assertEquals("", nothing.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nonsense | Unmatched argument at index 0: 'nonsense'",
        "throughput --nonsense | Unknown option: '--nonsense'",
        "throughput --tests rw,nope | no such test (one of empty, ro10, w1, rw, rwhot, rw100, shared, merged, "
            + "alloc16, alloc64): nope",
        "throughput --threads 0 | --threads must be from 1 to 1024: 0",
        "throughput --threads two | 'two' is not an int",
        "throughput --modes gil | 'gil'",
        "throughput --seconds 0 | --seconds must be above 0 and at most 3600: 0.0",
        "throughput --seconds NaN | --seconds must be above 0 and at most 3600: NaN",
        "throughput --warm-up -1 | --warm-up must be from 0 to 3600: -1.0",
        "throughput --page-sharing cow | no such strategy (one of private-cow, mmap-fixed, remap-file-pages): cow",
        "throughput --heap lots | not a size (digits and an optional k, m, g or t): size=lots",
        "throughput --json /tmp | --json needs a file: /tmp",
        "throughput --quick --tests empty --heap 1k | heap size must be from 1m to 4t: heapBytes=1024",
        "throughput --quick --tests empty --segments 65 | segments must be from 1 to 64: segments=65",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String arguments, final String message) {
        final Commands wrong = Commands.run(arguments.split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }
}
