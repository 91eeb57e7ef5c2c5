package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queued calls: when they run, what they see, what becomes of their output and errors. */
@Timeout(120)
class TransactionsTest {
    private static final String THREADS = "--num-threads";

    @Test
    void shouldRunCallsAfterMainProgramWhenTheyAreQueued() {
        assertEquals("'hello'\n42\n",
            DuhtonRun.outputOf("(defun f (n) (print n)) (transaction f (+ 40 2)) (print (quote hello))"));
    }

    @Test
    void shouldEvaluateArgumentsWhenCallIsQueued() {
        assertEquals("1\n", DuhtonRun.outputOf("(setq a 1) (defun f (n) (print n)) (transaction f a) (setq a 2)"));
    }

    @Test
    void shouldRunCallsInBetweenWhenAskedTo() {
        assertEquals("1\n2\n3\n", DuhtonRun.outputOf(
            "(defun f (n) (print n)) (print 1) (transaction f 2) (run-transactions) (print 3)"));
    }

    @Test
    void shouldKeepFrameWhenTransactionsRunInsideFunction() {
        assertEquals("[ 7 8 ] 'x'\n", DuhtonRun.outputOf(
            "(defun add (l n) (append l n))"
                + "(defun f (l s) (transaction add l 7) (run-transactions) (transaction add l 8) (run-transactions)"
                + "(print l s)) (f (list) (quote x))"));
    }

    @Test
    void shouldRunCallsOfCallsWhenTransactionsQueueThem() {
        assertEquals("None\n20\n", DuhtonRun.outputOf(
            "(defun f (x) (if (< x 20) (transaction f (+ x 1)) (print x))) (print (f 0))"));
    }

    @Test
    void shouldPassAllArgumentsWhenCallsOfSeveralShapesAreQueued() {
        final String output = DuhtonRun.outputOf(
            "(defun a () (print (quote a))) (defun b (x) (print (quote b) x)) (defun c (x y) (print (quote c) x y))"
                + "(defun all (n) (while n (transaction a) (transaction b n) (transaction c n (list n))"
                + "(transaction c (cons n n) None) (setq n (- n 1)))) (transaction all 30)", THREADS, "2");
        final List<String> lines = sortedLines(output);
        assertEquals(120, lines.size());
        assertEquals(30, Collections.frequency(lines, "'a'"));
        for (int n = 1; n <= 30; n++) {
            assertTrue(lines.contains("'b' " + n));
            assertTrue(lines.contains("'c' " + n + " [ " + n + " ]"));
            assertTrue(lines.contains("'c' ( " + n + " . " + n + " ) None"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "4", "8", "16"})
    void shouldRunEveryCallOnceWhenThereAreManyThreads(final String threads) {
        final String output = DuhtonRun.outputOf(
            "(defun g (n) (if (>= n 12) (print n) (transaction g (+ n 1)) (transaction g (+ n 2)))) (g 0)",
            THREADS, threads);
        final List<String> lines = Arrays.asList(output.split("\n"));
        assertEquals(377, lines.size());
        assertEquals(233, Collections.frequency(lines, "12"));
        assertEquals(144, Collections.frequency(lines, "13"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "4", "8"})
    void shouldLetLinesOutInSerialOrderWhenPrintersConflict(final String threads) {
        final int count = 2000;
        final String output = DuhtonRun.outputOf("(setq c (container 0) i 0)"
            + "(defun f () (set c (+ (get c) 1)) (print (get c)))"
            + "(while (< i " + count + ") (transaction f) (setq i (+ i 1)))", THREADS, threads);
        assertEquals(IntStream.rangeClosed(1, count).mapToObj(n -> n + "\n").collect(Collectors.joining()), output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "4"})
    void shouldEndWithLastOfBothWhenTwoChainsOfTransactionsShareCounter(final String threads) {
        assertEquals("'not-enough'\n'ok'\n", DuhtonRun.outputOf(
            "(setq c (container 0))"
                + "(defun step (n) (set c (+ (get c) 1)) (if (< n 100) (transaction next (+ n 1))"
                + "(print (if (< (get c) 200) (quote not-enough) (quote ok)))))"
                + "(defun next (n) (step n)) (transaction next 1) (transaction next 1)", THREADS, threads));
    }

    @Test
    void shouldConserveElementsWhenTransactionsPopOneList() {
        assertEquals("'done'\n'done'\n", DuhtonRun.outputOf(
            "(setq l (list)) (while (< (len l) 300) (append l (len l)))"
                + "(defun f () (if (== (len l) 0) (print (quote done)) (assert (== (pop l) (len l))) (transaction f)))"
                + "(transaction f) (transaction f)", THREADS, "2"));
    }

    @Test
    void shouldKeepOutputOfOthersWhenOneTransactionFails() {
        final DuhtonRun run = DuhtonRun.program(
            "(defun ok (n) (print n)) (defun bad () (print 99)\n (/ 1 0))"
                + "(print 1) (transaction ok 2) (run-transactions) (transaction bad) (run-transactions) (print 3)");
        assertEquals("1\n2\n", run.output());
        assertEquals("Error: /: division by zero (line 2)\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldStopOthersWhenOneTransactionFails() {
        final DuhtonRun run = DuhtonRun.program(
            "(defun forever () (while 1 (list 1))) (defun sleeper () (sleepms 60000))"
                + "(defun bad () (sleepms 50) (car 1))"
                + "(transaction forever) (transaction sleeper) (transaction bad) (transaction forever)",
            THREADS, "4");
        assertEquals("Error: DuCons_Car: expected 'cons' argument, got 'int' (line 1)\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldSleepTogetherWhenThereAreMoreThreadsThanProcessors() {
        final int sleepers = 40 * Runtime.getRuntime().availableProcessors();
        final long start = System.nanoTime();
        DuhtonRun.outputOf("(defun f () (sleepms 500)) (setq i 0) (while (< i " + sleepers
            + ") (transaction f) (setq i (+ i 1)))", THREADS, Integer.toString(sleepers));
        final long elapsedMs = (System.nanoTime() - start) / 1_000_000;
        // As many at a time as there are processors would take 20 s.
        assertTrue(elapsedMs >= 500 && elapsedMs < 15_000, "elapsedMs=" + elapsedMs);
    }

    @Test
    void shouldRunWithoutStmWhenSerialIsAsked() {
        assertEquals("3\n2\n1\n0\n[ 3 2 1 0 ]\n", DuhtonRun.outputOf(
            "(setq l (list)) (defun f (n) (print n) (append l n) (if n (transaction f (- n 1))))"
                + "(transaction f 3) (run-transactions) (print l)", "--serial", THREADS, "4"));
    }

    @Test
    void shouldEndWithErrorWhenSerialTransactionFails() {
        final DuhtonRun run = DuhtonRun.program("(defun f () (print 1) (car 1)) (transaction f)", "--serial");
        assertEquals("", run.output());
        assertEquals("Error: DuCons_Car: expected 'cons' argument, got 'int' (line 1)\n", run.errors());
        assertEquals(1, run.status());
    }

    private static List<String> sortedLines(final String output) {
        return Arrays.stream(output.split("\n")).sorted().collect(Collectors.toList());
    }
}
