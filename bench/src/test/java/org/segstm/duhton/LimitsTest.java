package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deep recursion and full heaps: errors of the program, not of the VM. */
@Timeout(120)
class LimitsTest {
    @Test
    void shouldRecurseDeepWhenProgramDoes() {
        assertEquals("100000\n", DuhtonRun.outputOf(
            "(defun depth (n) (if (== n 0) 0 (+ 1 (depth (- n 1))))) (print (depth 100000))"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "(defun f (n) (+ 1 (f n)))",
        "(defun f (n) (list n (if n (progn (setq a (f (list n (f (list n (f n)))))) a))))",
        "(defun f (n) (g n)) (defun g (n) (&& 1 (not (f (+ n 1)))))"})
    void shouldFailInOrderWhenRecursionNeverEnds(final String endless) {
        final DuhtonRun run = DuhtonRun.program(endless + "\n(print 1)\n(f 1)");
        assertEquals("1\n", run.output());
        assertEquals("Error: recursion too deep (line 1)\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldFailInOrderWhenRecursionNeverEndsAndConflictsAreTold() {
        final DuhtonRun run = DuhtonRun.program("(defun f (l) (if (not (f l)) 1 (len l))) (f (list))", "--conflicts");
        assertTrue(run.errors().startsWith("Error: recursion too deep (line 1)\n"), run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldGoOnWhenSessionHasRecursedTooDeep() {
        final DuhtonRun run = DuhtonRun.command(
            "(defun f (n) (+ 1 (f n)))\n(setq l (list 1))\n(f l)\n(transaction f l)\n(append l 2)\n");
        assertEquals("))) None\n))) [ 1 ]\n))) ))) None\n))) [ 1 2 ]\n))) \n", run.output());
        assertEquals("Error: recursion too deep (line 1)\nError: recursion too deep (line 1)\n", run.errors());
        assertEquals(0, run.status());
    }

    @Test
    void shouldFailWhenListContainsItself() {
        final DuhtonRun run = DuhtonRun.program("(setq l (list 1))\n(append l l)\n(print l)");
        assertEquals("Error: recursion too deep (line 3)\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldFailWhenTextIsNestedTooDeep() {
        final int depth = 200_000;
        final DuhtonRun run = DuhtonRun.program("(+ ".repeat(depth) + ")".repeat(depth));
        assertEquals("Error: recursion too deep\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldEvaluateWhenTextIsNestedDeep() {
        final int depth = 20_000;
        assertEquals(depth + "\n", DuhtonRun.outputOf(
            "(print " + "(+ 1 ".repeat(depth) + "0" + ")".repeat(depth) + ")"));
    }

    @Test
    void shouldPrintWhenConsIsLong() {
        final String output = DuhtonRun.outputOf(
            "(setq c None i 0) (while (< i 200000) (setq c (cons i c) i (+ i 1))) (print c)");
        assertTrue(output.startsWith("( 199999 199998 ") && output.endsWith(" 1 0 )\n"));
    }

    @Test
    void shouldFailInOrderWhenTransactionFillsHeap() {
        final DuhtonRun run = DuhtonRun.command(
            "(setq l (list))\n(defun fill () (while 1 (append l (list 1))))\n(transaction fill)\n(append l 2)\n",
            "--heap", "8m", "--nursery", "256k");
        assertEquals("))) []\n))) None\n))) None\n))) [ 2 ]\n))) \n", run.output());
        assertTrue(run.errors().startsWith("Error: out of heap"), run.errors());
        assertEquals(0, run.status());
    }

    @Test
    void shouldFailInOrderWhenMainProgramFillsHeap() {
        final DuhtonRun run = DuhtonRun.program(
            "(setq l (list)) (while 1 (append l (list 1)))", "--heap", "8m", "--nursery", "256k");
        assertTrue(run.errors().startsWith("Error: "), run.errors());
        assertTrue(run.errors().contains("segstm.heap"), run.errors());
        assertEquals(1, run.status());
    }
}
