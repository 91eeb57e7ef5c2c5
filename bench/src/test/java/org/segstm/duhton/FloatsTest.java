package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Floats: what their forms give, in the printed form. */
@Timeout(60)
class FloatsTest {
    static Stream<Arguments> forms() {
        return Stream.of(
            arguments("(float 3)", "3.0"), arguments("(float 1 10)", "0.1"), arguments("(float (float 1 2))", "0.5"),
            arguments("(float -1 0)", "-Infinity"), arguments("(float 0 0)", "NaN"),
            arguments("(*. 100000 100000)", "1.0E10"), arguments("(type (float 1))", "'float'"),
            arguments("(quote float)", "'float'"),
            arguments("(+.)", "0.0"), arguments("(+. 2)", "2.0"), arguments("(+. (float 1 2) 1 (float 1 4))", "1.75"),
            arguments("(*.)", "1.0"), arguments("(*. (float 3 2) 2 (float 1 2))", "1.5"),
            arguments("(-.)", "0.0"), arguments("(-. 5)", "5.0"), arguments("(-. 5 (float 1 2) 1)", "3.5"),
            arguments("(/.)", "0.0"), arguments("(/. 7 2 2)", "1.75"), arguments("(/. 1 0)", "Infinity"),
            arguments("(sqrt 2)", "1.4142135623730951"), arguments("(sqrt -1)", "NaN"),
            arguments("(int (float 7 2))", "3"), arguments("(int (float -7 2))", "-3"), arguments("(int 5)", "5"),
            arguments("(int (*. 65536 65536))", "2147483647"), arguments("(int (float 0 0))", "0"),
            arguments("(<. 1 (float 3 2))", "1"), arguments("(<. 1 1)", "0"), arguments("(<=. 1 1)", "1"),
            arguments("(==. 1 (float 2 2))", "1"), arguments("(!=. 1 (float 2 2))", "0"),
            arguments("(>. (float 3 2) 1)", "1"), arguments("(>. 1 1)", "0"), arguments("(>=. 1 1)", "1"),
            arguments("(>=. (float 0 0) 1)", "0"), arguments("(!=. (float 0 0) (float 0 0))", "1"),
            arguments("(not (float 0))", "1"), arguments("(not (float 1 1000))", "0"),
            arguments("(if (-. 1 1) 5 6)", "6"), arguments("(list (float 1 2))", "[ 0.5 ]"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldPrintValueWhenFormIsEvaluated(final String expression, final String expected) {
        assertEquals(expected, DuhtonRun.printed(expression));
        assertEquals(expected, DuhtonRun.printed(expression, "--serial"));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
            arguments("(+. 1 (list))", "DuFloat_AsFloat: expected 'float' argument, got 'list'"),
            arguments("(sqrt None)", "DuFloat_AsFloat: expected 'float' argument, got 'NoneType'"),
            arguments("(+ 1 (float 1))", "DuInt_AsInt: expected 'int' argument, got 'float'"),
            arguments("(float)", "float: expected one or two arguments"),
            arguments("(int 1 2)", "int: expected one argument"),
            arguments("(<. 1)", "comparison: expected two arguments"),
            arguments("(len (float 1))", "object of type 'float' has no length"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void shouldReportErrorWhenUseIsWrong(final String expression, final String expected) {
        final DuhtonRun run = DuhtonRun.program("(print " + expression + ")");
        assertEquals(1, run.status());
        assertTrue(run.errors().startsWith("Error: " + expected), run.errors());
    }

    @Test
    void shouldKeepFloatsWhenTransactionsAndCollectionsPass() {
        final String program = "(setq cells (list) i 0)\n"
            + "(defun harmonic (cell n) (setq sum (float 0) k 1)\n"
            + "  (while (<= k n) (setq sum (+. sum (/. 1 k)) k (+ k 1))) (set cell sum))\n"
            + "(while (< i 50) (append cells (container)) (transaction harmonic (get cells i) (* 200 i))\n"
            + "  (setq i (+ i 1)))\n"
            + "(run-transactions)\n"
            + "(setq i 0 all (float 0)) (while (< i 50) (setq all (+. all (get (get cells i))) i (+ i 1))) (print all)";
        double all = 0;
        for (int i = 0; i < 50; i++) {
            double sum = 0;
            for (int k = 1; k <= 200 * i; k++) {
                sum += 1.0 / k;
            }
            all += sum;
        }
        final String expected = all + "\n";
        assertEquals(expected, DuhtonRun.outputOf(program, "--num-threads", "4", "--nursery", "64k"));
        assertEquals(expected, DuhtonRun.outputOf(program, "--serial", "--nursery", "64k"));
    }

    @Test
    void shouldLeaveNamesToProgramWhenItDefinesThemItself() {
        assertEquals("7 8\n", DuhtonRun.outputOf("(defun int (x) 7) (setq float 8) (print (int 1) float)"));
    }
}
