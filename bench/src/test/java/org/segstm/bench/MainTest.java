package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "throughput --json /tmp | it is a folder, give a file: /tmp",
        "throughput --json /no/such/folder/file | there is no folder /no/such/folder: /no/such/folder/file",
        "throughput --quick --tests empty --heap 1k | heap size must be from 1m to 4t: heapBytes=1024",
        "throughput --quick --tests empty --segments 65 | segments must be from 1 to 64: segments=65",
        "throughput --segments 0 | segments must be from 1 to 64: segments=0",
        "throughput --segments two | segments must be from 1 to 64: segments=two",
        "compare --markdown /no/such/folder/file | there is no folder /no/such/folder",
        "compare --chart /no/such/folder/file | there is no folder /no/such/folder",
        "layout --charts /dev/null/charts | no folder can be made there: /dev/null/charts",
        "layout --map --image /no/such/folder/file | there is no folder /no/such/folder",
        "layout --map --program /no/such/file.duh | there is no such file: /no/such/file.duh",
        "report --html /no/such/folder/page log | there is no folder /no/such/folder",
        "length --tuned 4,-1 | --tuned must be from 1 to 1000000: -1",
        "isolation --threads 0 | --threads must be from 1 to 8: 0",
        "survive --live 99999999999 | --live must be from 1000 to 1000000000: 99999999999",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String arguments, final String message) {
        final Commands wrong = Commands.run(arguments.split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertTrue(wrong.err().startsWith("segstm"), wrong.err());
        assertTrue(wrong.err().lines().count() <= 2, wrong.err());
        assertEquals("", wrong.out());
    }

    @Test
    void shouldTellInOneLineWhenTheHeapIsTooSmallInAnotherJvm() {
        final Commands full = Commands.run(
            "pauses", "--live", "64m", "--heap", "16m", "--gc-threads", "1", "--majors", "1", "--reshares", "1");
        assertEquals(1, full.status());
        final String reason = "segstm pauses: the measuring JVM ended with status 1: PauseMain .*\\R";
        assertTrue(full.err().matches(reason), full.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"throughput", "length", "retry", "pauses", "survive", "soak", "isolation", "inevitable",
        "compare", "layout", "seeds", "programs", "barriers", "warmup", "lee"})
    void shouldOfferQuickAndJsonWhenItMeasures(final String command) {
        final String help = Commands.run(command, "--help").out();
        assertTrue(help.contains("--quick ") && help.contains("--json=FILE"), help);
    }
}
