package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names: frames and globals, variables and functions, builtins that are hidden. */
@Timeout(60)
class ScopeTest {
    @Test
    void shouldBindInFrameWhenSetqIsInFunction() {
        assertEquals("2\n1\n", DuhtonRun.outputOf("(setq a 1) (defun f () (setq a 2) (print a)) (f) (print a)"));
    }

    @Test
    void shouldReadGlobalWhenFrameHasNotBoundNameYet() {
        assertEquals("1\n2\n", DuhtonRun.outputOf("(setq a 1) (defun f () (print a) (setq a 2) (print a)) (f)"));
    }

    @Test
    void shouldNotSeeFrameOfCallerWhenCalled() {
        final DuhtonRun run = DuhtonRun.program("(defun g () a) (defun f (a) (g)) (f 1)");
        assertEquals("Error: symbol not defined as a variable: 'a' (line 1)\n", run.errors());
    }

    @Test
    void shouldNotSeeFrameAroundItWhenFunctionIsNested() {
        final DuhtonRun run = DuhtonRun.program("(defun f (a) (defun g () a) (g)) (f 1)");
        assertEquals("Error: symbol not defined as a variable: 'a' (line 1)\n", run.errors());
    }

    @Test
    void shouldDefineInFrameWhenDefunIsInFunction() {
        final DuhtonRun run = DuhtonRun.program("(defun f () (defun g () 7) (g)) (print (f)) (g)");
        assertEquals("7\n", run.output());
        assertEquals("Error: symbol not defined as a function: 'g' (line 1)\n", run.errors());
    }

    @Test
    void shouldPreferFunctionOfFrameWhenGlobalOneHasItsName() {
        assertEquals("1\n2\n1\n", DuhtonRun.outputOf(
            "(defun g () 1) (defun f () (print (g)) (defun g () 2) (print (g))) (f) (print (g))"));
    }

    @Test
    void shouldCallFunctionDefinedLastWhenLoopDefinesIt() {
        assertEquals("12 12\n", DuhtonRun.outputOf("(defun progn (a b) b)"
            + "(defun f () (defun g (a) (+ a 1)) (progn (setq i 0) (while (< i 5) (if (progn 1 1) (setq x 1))"
            + " (defun g (a) (+ a 2)) (setq i (+ i 1)))) (g 10)) (print (f) (f))"));
    }

    @Test
    void shouldQueueFunctionOfFrameWhenTransactionNamesIt() {
        assertEquals("5\n", DuhtonRun.outputOf("(defun f () (defun g (x) (print x)) (transaction g 5)) (f)"));
    }

    @Test
    void shouldKeepVariablesAndFunctionsApartWhenTheyShareName() {
        assertEquals("1 2\n", DuhtonRun.outputOf("(defun f () 2) (setq f 1) (print f (f))"));
        assertEquals("3 2\n", DuhtonRun.outputOf("(defun f () 2) (defun g (f) (print f (f))) (g 3)"));
    }

    @Test
    void shouldUseNewCodeWhenFunctionIsDefinedAgain() {
        assertEquals("1\n2\n", DuhtonRun.outputOf(
            "(defun f () 1) (defun g () (print (f))) (g) (defun f () 2) (g)"));
    }

    @Test
    void shouldUseLastParameterWhenTwoHaveOneName() {
        assertEquals("2\n", DuhtonRun.outputOf("(defun f (a a) (print a)) (f 1 2)"));
    }

    @Test
    void shouldAssignParameterWhenSetqNamesIt() {
        assertEquals("6 5\n", DuhtonRun.outputOf(
            "(setq n 5) (defun f (n) (setq n (+ n 1)) n) (print (f n) n)"));
    }

    @Test
    void shouldTellWhatIsDefinedWhenAsked() {
        assertEquals("0 1 1 0 1\n", DuhtonRun.outputOf(
            "(setq g 1) (defun f (p) (setq before (defined? v)) (setq v 1)"
                + "(print before (defined? v) (defined? p) (defined? f) (defined? g))) (f 1)"));
    }

    @Test
    void shouldSetGlobalWhenSetqIsInLoopOfMainProgram() {
        assertEquals("10\n", DuhtonRun.outputOf("(setq i 0) (while (< i 10) (setq i (+ i 1))) (print i)"));
    }

    @Test
    void shouldCallUserFunctionWhenItHidesBuiltin() {
        assertEquals("3\n-1\n3\n", DuhtonRun.outputOf(
            "(defun f (a b) (print (+ a b))) (f 1 2) (defun + (a b) (- a b)) (f 1 2) (print (- 5 2))"));
    }

    @Test
    void shouldHideBuiltinInFrameOnlyWhenFunctionIsDefinedThere() {
        assertEquals("'mine'\n3\n", DuhtonRun.outputOf(
            "(defun f () (defun + (a b) (quote mine)) (print (+ 1 2))) (f) (print (+ 1 2))"));
    }

    @Test
    void shouldEvaluateArgumentsWhenSpecialFormIsHidden() {
        assertEquals("1\n2\n[ 1 2 3 ]\n", DuhtonRun.outputOf(
            "(defun show (x) (print x) x) (defun if (a b c) (list a b c))"
                + "(print (if (show 1) (show 2) 3))"));
    }

    @Test
    void shouldCallUserFunctionWhenDefunItselfIsHidden() {
        assertEquals("7\n", DuhtonRun.outputOf("(setq x 3 y 4) (defun defun (a b) (print (+ a b))) (defun x y)"));
    }

    @Test
    void shouldQueueUserFunctionWhenItHidesBuiltin() {
        assertEquals("'mine' 4\n", DuhtonRun.outputOf(
            "(defun len (x) (print (quote mine) x)) (transaction len 4)"));
    }

    @Test
    void shouldAnalyzeDeepNestingWhenBuiltinMayBeHidden() {
        final int depth = 200;
        assertEquals(depth + "\n", DuhtonRun.outputOf("(defun f () (defun + (a b) 0)) (print "
            + "(+ 1 ".repeat(depth) + "0" + ")".repeat(depth) + ")"));
    }

    @Test
    void shouldSeeGlobalsInTransactionsWhenMainProgramHasSetThem() {
        assertEquals("5\n6\n", DuhtonRun.outputOf(
            "(setq a 5) (defun f () (print a)) (transaction f) (run-transactions) (setq a 6) (transaction f)"));
    }
}
