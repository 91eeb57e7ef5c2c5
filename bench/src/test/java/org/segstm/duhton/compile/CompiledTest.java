package org.segstm.duhton.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segstm.duhton.DuhtonRun;

/** What compiled code has to do as the interpreter does it; {@link DuhtonRun} runs everything in both. */
@Timeout(120)
class CompiledTest {
    private static final String LOOP = "(setq k 0) (while (< k 300) ";

    @Test
    void shouldCompileWhenFunctionsAndLoopsAreHot() {
        final DuhtonRun run = DuhtonRun.program(
            "(defun add (a b) (+ a b))\n(setq k 0 s 0)\n(while (< k 5)\n(setq s (add s k) k (+ k 1)))\n(print s)",
            "--jit", "--jit-threshold", "0", "--jit-log");
        assertEquals("10\n", run.output());
        assertTrue(run.errors().contains("installed function@1 "), run.errors());
        assertTrue(run.errors().contains("installed loop@3 "), run.errors());
    }

    @Test
    void shouldCompileNothingWhenNotAskedTo() {
        assertEquals("", DuhtonRun.once("(defun f () 1) (f)", "--jit-log", "--jit-threshold", "0", "-").errors());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', value = {
        "(defun f (n) (+ n 1)) (print (f 1)) (defun f (n) (+ n 2)) (print (f 1))@2,3",
        "(defun g () (f)) (defun f () 1) (print (g)) (defun f () 2) (print (g) (g))@1,2 2",
        "(defun f (a) (* a 3)) (print (f 4)) (defun * (a b) (- a b)) (print (f 4))@12,1",
        "(defun f (x) (if x (defun h () 7)) (h)) (defun h () 5) (print (f 0) (f 1) (f 0))@5 7 5",
        "(defun f (x) (setq y x) y) (print (f 1) (f None) (f (list 2)) (f 3))@1 None [ 2 ] 3",
        "(defun f (x) (if x (setq y 1)) (defined? y)) (print (f 0) (f 1) (f 0))@0 1 0",
        "(setq y 9) (defun f (x) (if x (setq y 1)) y) (print (f 0) (f 1) (f 0) y)@9 1 9 9",
        "(defun f (x) (setq x (+ x 2147483647)) (<< x 33)) (print (f 1) (f 2147483647))@0 -4",
        "(defun f (c) (set c (+ (get c) 1)) (get c)) (setq c (container 2147483647)) (print (f c))@-2147483648",
        "(defun f (x y) (&& x (|| y (not x)))) (print (f 1 0) (f 1 2) (f 0 5) (f (list) 1) (f 2 None))@0 1 0 0 0",
        "(defun f (n) (setq a (list n) b (cons n (f2 a))) (append a b) a) (defun f2 (l) (len l))"
            + " (print (f 3))@[ 3 ( 3 . 1 ) ]",
        "(defun f (n) (if (< n 2) n (+ (f (- n 1)) (f (- n 2))))) (print (f 20))@6765",
        "(defun f (n) (setq s 0) (while (> n 0) (setq s (+ s n) n (- n 1))) (print s n) s) (print (f 10))@55 0,55"})
    void shouldGiveSameWhenCompiled(final String program, final String printed) {
        assertEquals(printed.replace(',', '\n') + "\n", DuhtonRun.outputOf(program));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', value = {
        "(defun f (a)%(+ 1 a)) (f (list))@DuInt_AsInt: expected 'int' argument, got 'list' (line 2)",
        "(defun f (a)%(/ 1 a)) (f 0)@/: division by zero (line 2)",
        "(defun f (a)%(get a)) (f 5)@get: bad argument type 'int' (line 2)",
        "(defun f (a)%(get a 7)) (f (list 1))@list_get: index out of range (line 2)",
        "(defun f (a)%(g a)) (f 1)@symbol not defined as a function: 'g' (line 2)",
        "(defun f (a)%b) (f 1)@symbol not defined as a variable: 'b' (line 2)",
        "(defun g (x) x) (defun f (a)%(g a a)) (f 1)@call to 'g': too many arguments (line 2)",
        "(defun f (a)%(assert a)) (f 1) (f 0)@assert failed (line 2)"})
    void shouldTellSameErrorWhenCompiled(final String program, final String error) {
        final DuhtonRun run = DuhtonRun.program(program.replace('%', '\n'));
        assertEquals("Error: " + error + "\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldGoOnInPiecesWhenCompiledLoopAsksForCommits() {
        assertEquals("45 10\n45 10\n", DuhtonRun.outputOf(
            "(defun f (c) (setq s 0 i 0) (while (< i 10) (setq s (+ s i) i (+ i 1)) (set c s) (hint-commit-soon))"
            + " (print s i)) (setq c (container)) (transaction f c) (run-transactions) (f c)"));
    }

    @Test
    void shouldKeepRefsAliveWhenObjectsMoveUnderCompiledCode() {
        assertEquals("300 44850\n", DuhtonRun.outputOf(
            "(defun waste (n) (while (> n 0) (list n n n n) (setq n (- n 1))) n)"
            + "(defun keep (n) (if (== n 0) (list) (append (keep (- n 1)) (cons n (list (waste 200) n)))))"
            + "(setq l (keep 300) s 0) " + LOOP + "(setq s (+ s (get (cdr (get l k)) 1)) k (+ k 1)))"
            + "(print (len l) (- s 300))", "--nursery", "64k"));
    }

    @Test
    void shouldCountRightWhenCompiledTransactionsConflict() {
        assertEquals("20000\n", DuhtonRun.outputOf(
            "(setq c (container 0)) (defun f (n) (while (> n 0) (set c (+ 1 (get c))) (setq n (- n 1))))"
            + LOOP + "(if (< k 200) (transaction f 100)) (setq k (+ k 1))) (run-transactions) (print (get c))",
            "--num-threads", "4"));
    }
}
