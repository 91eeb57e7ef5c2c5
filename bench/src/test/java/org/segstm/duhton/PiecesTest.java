package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code hint-commit-soon} and {@code atomic}: calls that go on in further transactions, and blocks that don't. */
@Timeout(120)
class PiecesTest {
    private static final String FAIL_IN_THIRD_TURN =
        "(setq i 0) (while (< i 4) (print i) (setq i (+ i 1)) (if (== i 3) (assert 0)) (hint-commit-soon))";

    @ParameterizedTest
    @CsvSource({"(atomic),None", "(atomic 1 2),2", "(+ (atomic 1) (atomic 2)),3", "(hint-commit-soon),None"})
    void shouldGiveValueWhenEvaluated(final String expression, final String value) {
        assertEquals(value, DuhtonRun.printed(expression));
    }

    @Test
    void shouldRefuseWhenHintHasArgument() {
        assertEquals("Error: hint-commit-soon: expected no argument (line 1)\n",
            DuhtonRun.program("(hint-commit-soon 1)").errors());
    }

    @Test
    void shouldKeepTurnsThatAskedForCommitWhenLaterOneFails() {
        final DuhtonRun run = DuhtonRun.program("(defun f () " + FAIL_IN_THIRD_TURN + ") (transaction f)");
        assertEquals("0\n1\nassert failed: 0\n", run.output());
        assertEquals("Error: assert failed (line 1)\n", run.errors());
    }

    @ParameterizedTest
    @CsvSource({"(atomic", "(defun g () ", "(defun g () (atomic"})
    void shouldKeepNothingWhenTurnsAreAtomic(final String around) {
        final boolean called = around.startsWith("(defun");
        final String body = around + FAIL_IN_THIRD_TURN + ")" + (around.endsWith("(atomic") && called ? ")" : "")
            + (called ? "(atomic (g))" : "");
        assertEquals("assert failed: 0\n",
            DuhtonRun.program("(defun f () " + body + ") (transaction f)").output());
    }

    @Test
    void shouldSeeWhatOthersCommitWhenLoopAsksForCommits() {
        assertEquals("'done' 5\n", DuhtonRun.outputOf("(setq c (container 0)) (defun give (n) (set c n))"
            + "(defun wait () (transaction give 5)"
            + "  (while (== (get c) 0) (hint-commit-soon) (sleepms 1)) (print (quote done) (get c)))"
            + "(transaction wait)", "--num-threads", "2"));
    }

    @Test
    void shouldQueueCallsOnceWhenLoopOfMainProgramAsksForCommits() {
        assertEquals("0\n1\n2\n'calls' 3\n", DuhtonRun.outputOf("(setq c (container 0) i 0)"
            + "(defun f () (set c (+ (get c) 1)))"
            + "(while (< i 3) (print i) (transaction f) (setq i (+ i 1)) (hint-commit-soon))"
            + "(run-transactions) (print (quote calls) (get c))"));
    }

    static Stream<Arguments> runs() {
        final List<Arguments> runs = new ArrayList<>();
        for (final int threads : new int[] {1, 2, 4, 8}) {
            runs.add(Arguments.of(List.of("--num-threads", Integer.toString(threads))));
        }
        runs.add(Arguments.of(List.of("--num-threads", "4", "--nursery", "64k", "--segments", "2")));
        return runs.stream();
    }

    /** Loops in loops and in functions, arguments on the shadow stack meanwhile, work behind the loops. */
    @ParameterizedTest
    @MethodSource("runs")
    void shouldCountAllWhenTurnsConflictAllTheTime(final List<String> options) {
        final String program = "(setq c (container 0) left (container 0))"
            + "(defun add (cell n) (setq i 0)"
            + "  (while (< i n) (set cell (+ (get cell) 1)) (hint-commit-soon) (setq i (+ i 1))) (cons n i))"
            + "(defun pair-sum (p q) (+ (car p) (cdr p) (car q) (cdr q)))"
            + "(defun f (n) (setq j 0 l (list) sum 0)"
            + "  (while (< j 5) (append l (cons j n))"
            + "    (setq sum (+ sum (pair-sum (add c n) (car (cons (add c 2) j)))))"
            + "    (if (== (% j 2) 0) (hint-commit-soon)) (setq j (+ j 1)))"
            + "  (assert (== sum (* 5 (+ n n 4)))) (assert (== (len l) 5)) (assert (== (car (get l 4)) 4))"
            + "  (set left (+ (get left) 1)))"
            + "(setq k 0) (while (< k 120) (transaction f (% k 7)) (setq k (+ k 1))) (run-transactions)"
            + "(print (get c) (get left))";
        assertEquals(DuhtonRun.outputOf(program, "--serial"),
            DuhtonRun.outputOf(program, options.toArray(new String[0])));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void shouldSeeWholeBlocksWhenTheyAreAtomic(final List<String> options) {
        final String program = "(setq a (container 0) b (container 0))"
            + "(defun bump (cell) (setq i 0) (while (< i 3) (set cell (+ (get cell) 1)) (hint-commit-soon)"
            + "  (setq i (+ i 1))))"
            + "(defun writer () (setq j 0)"
            + "  (while (< j 20) (atomic (bump a) (bump b)) (hint-commit-soon) (setq j (+ j 1))))"
            + "(defun reader () (setq j 0)"
            + "  (while (< j 20) (assert (== (get a) (get b))) (hint-commit-soon) (setq j (+ j 1))))"
            + "(setq k 0) (while (< k 6) (transaction writer) (transaction reader) (setq k (+ k 1)))"
            + "(run-transactions) (print (get a) (get b))";
        assertEquals("360 360\n", DuhtonRun.outputOf(program, options.toArray(new String[0])));
    }
}
