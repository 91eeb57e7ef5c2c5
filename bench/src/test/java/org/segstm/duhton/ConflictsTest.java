package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segstm.bench.report.Conflict;
import org.segstm.bench.report.Run;
import org.segstm.bench.report.ThreadTimes;
import org.segstm.bridge.JvmFlags;
import org.segstm.duhton.cli.DuhtonMain;

/** Who is in whose way: {@code --conflicts} and {@code --event-log}. */
@Timeout(120)
class ConflictsTest {
    /** Transactions with cells of their own, and a counter of all; they sleep so that they meet. */
    private static final String COUNTER = "(setq shared (container 0) i 0)\n"
        + "(defun work (own)\n"
        + "  (set own (+ (get own) 1))\n"
        + "  (set shared (+ (get shared) 1))\n"
        + "  (sleepms 2)\n"
        + "  (set own (+ (get own) 1)))\n"
        + "(while (< i 30)\n"
        + "  (transaction work (container 0))\n"
        + "  (setq i (+ i 1)))\n"
        + "(run-transactions) (print (get shared))\n";
    private static final int ATTEMPTS = 20;
    private static final Path PROGRAMS =
        Path.of(System.getProperty("segstm.project.dir", ".."), "bench", "duhton", "conflicts");

    @TempDir
    private Path folder;

    private Path program(final String text) throws IOException {
        return Files.writeString(folder.resolve("counter.duh"), text);
    }

    /** Runs a command until transactions have met: a busy machine may hold a thread back for longer than they take. */
    private static DuhtonRun conflicting(final String input, final String... arguments) {
        DuhtonRun run = DuhtonRun.command(input, arguments);
        for (int i = 1; i < ATTEMPTS && !run.errors().contains("1. lost"); i++) {
            run = DuhtonRun.command(input, arguments);
        }
        return run;
    }

    @Test
    void shouldNameBothPlacesWhenOneCounterIsShared() throws IOException {
        final DuhtonRun run = conflicting("", "--num-threads", "2", "--conflicts", program(COUNTER).toString());
        assertEquals("30\n", run.output());
        assertEquals(0, run.status());
        final String first = run.errors().substring(run.errors().indexOf("1. lost"));
        assertTrue(first.matches("(?s)1\\. lost \\d+\\.\\d\\d\\d s in \\d+ conflicts?: container 0x[0-9a-f]+, "
            + "always the same one\n"
            + "   written at     counter.duh:4:3   \\(set shared \\(\\+ \\(get shared\\) 1\\)\\)\n"
            + "   in the way of  counter.duh:4:18  \\(set shared \\(\\+ \\(get shared\\) 1\\)\\)\n"
            + "   over time      \\|.{60}\\| \\d+\\.\\d+ s\n"), run.errors());
    }

    @Test
    void shouldNameReaderWhenItDoesNotWrite() throws IOException {
        final String text = "(setq c (container 0) d (container 0) i 0)\n"
            + "(defun change () (sleepms 1)\n"
            + "  (set c 5))\n"
            + "(defun look (own)\n"
            + "  (if (+ 1 (get c)) (sleepms 5))\n"
            + "  (set own 1))\n"
            + "(while (< i 10) (transaction look (container 0)) (transaction change) (setq i (+ i 1)))";
        final DuhtonRun run = conflicting("", "--num-threads", "4", "--conflicts", program(text).toString());
        assertTrue(run.errors().contains("written at     counter.duh:3:3   (set c 5))"), run.errors());
        assertTrue(run.errors().contains("in the way of  counter.duh:5:12  (if (+ 1 (get c)) (sleepms 5))"),
            run.errors());
    }

    @Test
    void shouldTellNoConflictWhenThereIsNone() {
        assertEquals("No conflicts: no transaction was rolled back.\n",
            DuhtonRun.program("(print 1)", "--conflicts", "--num-threads", "2").errors());
        assertEquals("No conflicts: no transaction was rolled back.\n",
            DuhtonRun.program("(print 1)", "--conflicts", "--serial").errors());
    }

    @Test
    void shouldNameLineOfSessionWhenItIsInteractive() {
        final DuhtonRun run = conflicting("(setq c (container 0) i 0)\n\n"
            + "(defun f ()\n  (set c (+ (get c) 1)) (sleepms 2))\n"
            + "(while (< i 20) (transaction f) (setq i (+ i 1)))\n", "--conflicts", "--num-threads", "2");
        assertTrue(run.errors().contains("written at     input:4:3   (set c (+ (get c) 1)) (sleepms 2))"),
            run.errors());
    }

    @Test
    void shouldNamePlaceInLoopWhenCallGoesOnInPieces() throws IOException {
        final DuhtonRun run = conflicting("", "--num-threads", "2", "--conflicts",
            program("(setq c (container 0))\n"
                + "(defun f () (setq i 0)\n"
                + "  (while (< i 8)\n"
                + "    (set c (+ (get c) 1)) (sleepms 2)\n"
                + "    (setq i (+ i 1)) (hint-commit-soon)))\n"
                + "(transaction f) (transaction f) (run-transactions) (print (get c))").toString());
        assertEquals("16\n", run.output());
        final String first = run.errors().substring(run.errors().indexOf("1. lost"));
        assertTrue(first.contains("written at     counter.duh:4:5 "), run.errors());
        assertTrue(first.contains("in the way of  counter.duh:4:15 "), run.errors());
    }

    /** The pair that the documentation shows, at smaller sizes. */
    @Test
    void shouldFindPlantedConflictAndSeeItGoneWhenCured() throws IOException {
        Run planted = logOf("planted.duh");
        for (int i = 1; i < ATTEMPTS && planted.conflicts().isEmpty(); i++) {
            planted = logOf("planted.duh");
        }
        final Conflict first = planted.conflicts().get(0);
        final List<String> lines = Files.readAllLines(PROGRAMS.resolve("planted.duh"));
        final int line = lines.indexOf("  (set begun (+ (get begun) 1))") + 1;
        assertEquals("planted.duh:" + line + ":3", first.written().name());
        assertEquals("planted.duh:" + line + ":17", first.victim().name());
        assertEquals("container", first.layout());
        final Run fixed = logOf("fixed.duh");
        assertEquals(List.of(), fixed.conflicts());
        assertEquals(0, fixed.aborted());
        assertEquals(planted.committed(), fixed.committed());
    }

    private Run logOf(final String name) throws IOException {
        final Path file = Files.writeString(folder.resolve(name),
            Files.readString(PROGRAMS.resolve(name)).replace("(setq stretches 200)", "(setq stretches 60)")
                .replace("(setq length 500000)", "(setq length 100000)"));
        final Path log = folder.resolve(name + ".log");
        final DuhtonRun run = DuhtonRun.command(
            "", "--num-threads", "2", "--conflicts", "--event-log", log.toString(), file.toString());
        assertEquals(0, run.status(), run.errors());
        assertTrue(run.output().startsWith("'begun' 60 'total' "), run.output());
        return Run.read(log);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--num-threads=4", "--serial", "--page-sharing=mmap-fixed"})
    void shouldAddUpToElapsedTimeWhenThreadsRun(final String option) throws IOException {
        final Path log = folder.resolve("log");
        final long begin = System.nanoTime();
        final DuhtonRun run = DuhtonRun.program(
            "(setq c (container 0) i 0) (defun f (n) (setq j 0 l (list))"
                + "(while (< j 300) (append l (cons j n)) (setq j (+ j 1))) (set c (+ (get c) (len l))))"
                + "(while (< i 400) (transaction f i) (setq i (+ i 1))) (run-transactions) (print (get c))",
            option, "--nursery", "64k", "--event-log", log.toString());
        final long measured = System.nanoTime() - begin;
        assertEquals("120000\n", run.output());
        assertEquals("", run.errors());
        final Run told = Run.read(log);
        assertEquals(List.of(), told.problems());
        assertTrue(told.elapsedNanos() <= measured);
        assertTrue(told.committed() >= 402, "committed=" + told.committed());
        for (final ThreadTimes thread : told.threads()) {
            assertEquals(1, (double) thread.sumNanos() / told.elapsedNanos(), 0.02, thread.name());
        }
    }

    @Test
    void shouldFailWithOneLineWhenLogCannotBeWritten() {
        final DuhtonRun none = DuhtonRun.program("(print 1)", "--event-log", "/no/such/folder/log");
        assertEquals("Error: cannot write '/no/such/folder/log'\n", none.errors());
        assertEquals("", none.output());
        assertEquals(1, none.status());
        final DuhtonRun full = DuhtonRun.program("(print 1)", "--event-log", "/dev/full");
        assertEquals("Error: cannot write '/dev/full'\n", full.errors());
        assertEquals("", full.output());
        assertEquals(1, full.status());
    }

    @Test
    void shouldShowLogUpToErrorWhenProgramFails() throws IOException {
        final Path log = folder.resolve("log");
        final DuhtonRun run = DuhtonRun.program("(print 1) (car 5)", "--event-log", log.toString());
        assertEquals(1, run.status());
        assertFalse(run.errors().isEmpty());
        assertEquals(List.of(), Run.read(log).problems());
    }

    @Test
    void shouldHaveWholeLogWhenProgramIsEndedFromOutside() throws IOException, InterruptedException {
        final Path log = folder.resolve("log");
        final List<String> command =
            new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JvmFlags.required());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DuhtonMain.class.getName(),
            "--num-threads", "2", "--event-log", log.toString(), "-"));
        final Process endless = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            try (OutputStream program = endless.getOutputStream()) {
                program.write(("(defun forever () (transaction forever)) (transaction forever) (print 1)"
                    + "(run-transactions)").getBytes(StandardCharsets.UTF_8));
            }
            assertEquals('1', endless.getInputStream().read());
            endless.destroy();
            endless.waitFor();
        } finally {
            endless.destroyForcibly();
        }
        final Run told = Run.read(log);
        assertEquals(List.of(), told.problems());
        assertTrue(told.threads().size() >= 1, told.threads().toString());
    }
}
