package org.segstm.duhton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segstm.duhton.DuhtonRun;

/** Options, files, exit statuses, statistics. */
@Timeout(60)
class CommandLineTest {
    static Stream<Arguments> wrongCommandLines() {
        return Stream.of(
            arguments("--num-threads", "Missing required parameter for option '--num-threads' (N)"),
            arguments("--num-threads 0", "--num-threads must be at least 1: --num-threads=0"),
            arguments("--num-threads -2", "--num-threads must be at least 1: --num-threads=-2"),
            arguments("--num-threads 100001", "--num-threads must be at most 100000: --num-threads=100001"),
            arguments("--num-threads x -", "Invalid value for option '--num-threads': 'x' is not an int"),
            arguments("--num-threads 1.5 -", "Invalid value for option '--num-threads': '1.5' is not an int"),
            arguments("--no-such-option", "Unknown option: '--no-such-option'"),
            arguments("a b", "Unmatched argument at index 1: 'b'"),
            arguments("--segments 0 -", "segments must be from 1 to 64: segments=0"),
            arguments("--segments 65 -", "segments must be from 1 to 64: segments=65"),
            arguments("--heap 12q -", "Invalid value for option '--heap': "
                + "not a size (digits and an optional k, m, g or t): size=12q"),
            arguments("--heap 1 -", "heap size must be from 1m to 4t: heapBytes=1"),
            arguments("--nursery 1k -", "nursery size must be from 64k to 4g: nurseryBytes=1024"),
            arguments("--page-sharing none -", "Invalid value for option '--page-sharing': "
                + "'none' is none of private-cow, mmap-fixed, remap-file-pages"));
    }

    @ParameterizedTest
    @MethodSource("wrongCommandLines")
    void shouldRefuseWhenCommandLineIsWrong(final String arguments, final String error) {
        final DuhtonRun run = DuhtonRun.command("(print 1)", arguments.split(" "));
        assertEquals("Error: " + error + "\nTry 'duhton --help'.\n", run.errors());
        assertEquals("", run.output());
        assertEquals(2, run.status());
    }

    @Test
    void shouldShowHelpWhenAsked() {
        final DuhtonRun run = DuhtonRun.command("", "--help");
        assertTrue(run.output().startsWith("Usage: duhton [--help] [--num-threads N]"), run.output());
        assertEquals("", run.errors());
        assertEquals(0, run.status());
    }

    @Test
    void shouldRunFileWhenNamed(@TempDir final Path folder) throws IOException {
        final Path file = Files.writeString(folder.resolve("program.duh"), "(print 1)\n(print 2)");
        final DuhtonRun run = DuhtonRun.command("(print 3)", file.toString());
        assertEquals("1\n2\n", run.output());
        assertEquals(0, run.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no/such/file.duh", "/", "bad\u0000name"})
    void shouldFailWhenFileCannotBeRead(final String name) {
        final DuhtonRun run = DuhtonRun.command("", name);
        assertEquals("Error: cannot open '" + name + "'\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldRunStandardInputWhenFileIsHyphen() {
        assertEquals("3\n", DuhtonRun.command("(print 3)\n4", "-").output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-cow", "mmap-fixed", "remap-file-pages", "MMAP_FIXED"})
    void shouldAcceptStrategyWhenItHasThatName(final String strategy) {
        assertEquals("3\n", DuhtonRun.outputOf("(print 3)", "--page-sharing", strategy));
    }

    @Test
    void shouldAcceptAllSettingsWhenGivenTogether() {
        assertEquals("3\n", DuhtonRun.outputOf("(print 3)", "--num-threads=3", "--segments", "2", "--heap", "64m",
            "--nursery", "1m", "--check"));
    }

    @Test
    void shouldShowStatisticsWhenAsked() {
        final DuhtonRun run = DuhtonRun.program(
            "(defun f (n) (print n)) (transaction f 1) (transaction f 2)", "--stats", "--num-threads", "1");
        assertEquals("1\n2\n", run.output());
        final String errors = run.errors();
        for (final String part : new String[] {"thread ", "committed", "aborted", "read conflict", "run", "commit",
            "abort", "wait", "minor GC", "objects", "allocated", "pages privatized", "log entries",
            "\nmain ", "\nworker 1 ", "\ntotal ", "peak private memory: "}) {
            assertTrue(errors.contains(part), part + " in " + errors);
        }
        assertTrue(errors.contains("\nworker 1          2 "), errors);
        assertEquals(0, run.status());
    }

    @Test
    void shouldShowStatisticsAfterErrorWhenProgramFails() {
        final DuhtonRun run = DuhtonRun.program("(car 1)", "--stats");
        assertTrue(run.errors().startsWith("Error: DuCons_Car"), run.errors());
        assertTrue(run.errors().contains("peak private memory"), run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldNameTheFlagInOneLineWhenTheJvmLacksIt() throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp", System.getProperty("java.class.path"), DuhtonMain.class.getName()).start();
        process.getOutputStream().close();
        final String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(1, process.waitFor());
        final String line = errors.lines().filter(each -> each.startsWith("Error: ")).findFirst().orElse(errors);
        assertTrue(line.contains("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"), errors);
        assertTrue(!errors.contains("\tat "), errors);
    }
}
