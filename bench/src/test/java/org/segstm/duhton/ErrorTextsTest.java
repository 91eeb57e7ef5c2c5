package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error, word for word. */
@Timeout(60)
class ErrorTextsTest {
    static Stream<Arguments> names() {
        return Stream.of(
            arguments("x", "symbol not defined as a variable: 'x'"),
            arguments("print", "symbol not defined as a variable: 'print'"),
            arguments("(progn (defun f ()) f)", "symbol not defined as a variable: 'f'"),
            arguments("(x)", "symbol not defined as a function: 'x'"),
            arguments("(progn (setq v 1) (v))", "symbol not defined as a function: 'v'"),
            arguments("(progn (defun f (a b)) (f 1))", "call to 'f': not enough arguments"),
            arguments("(progn (defun f (a b)) (f 1 2 3))", "call to 'f': too many arguments"),
            arguments("(progn (defun f (a b)) (f y))", "symbol not defined as a variable: 'y'"),
            arguments("(progn (defun f (a)) (f 1 y))", "call to 'f': too many arguments"),
            arguments("(progn (defun f a) (f 1))", "call to 'f': too many arguments"),
            arguments("(5 1)", "DuSymbol_Id: expected 'symbol' argument, got 'int'"),
            arguments("((f) 1)", "DuSymbol_Id: expected 'symbol' argument, got 'cons'"),
            arguments("(())", "DuSymbol_Id: expected 'symbol' argument, got 'NoneType'"),
            arguments("(setq 5 1)", "DuSymbol_Id: expected 'symbol' argument, got 'int'"),
            arguments("(defun 5 ())", "DuSymbol_Id: expected 'symbol' argument, got 'int'"),
            arguments("(progn (defun f (1)) (f 2))", "DuSymbol_Id: expected 'symbol' argument, got 'int'"),
            arguments("(defined? 5)", "DuSymbol_Id: expected 'symbol' argument, got 'int'"),
            arguments("(transaction 5)", "DuSymbol_Id: expected 'symbol' argument, got 'int'"),
            arguments("(transaction x)", "symbol not defined as a function: 'x'"),
            arguments("(transaction print 1)", "symbol refers to a macro: 'print'"),
            arguments("(progn (defun f (a)) (transaction f))", "call to 'f': not enough arguments"),
            arguments("(progn (defun f (a)) (transaction f 1 2))", "call to 'f': too many arguments"));
    }

    static Stream<Arguments> types() {
        return Stream.of(
            arguments("(+ 1 None)", "DuInt_AsInt: expected 'int' argument, got 'NoneType'"),
            arguments("(+ (list))", "DuInt_AsInt: expected 'int' argument, got 'list'"),
            arguments("(- (list))", "DuInt_AsInt: expected 'int' argument, got 'list'"),
            arguments("(* 1 2 (container))", "DuInt_AsInt: expected 'int' argument, got 'container'"),
            arguments("(< 1 (quote a))", "DuInt_AsInt: expected 'int' argument, got 'symbol'"),
            arguments("(== (cons 1 2) 1)", "DuInt_AsInt: expected 'int' argument, got 'cons'"),
            arguments("(sleepms None)", "DuInt_AsInt: expected 'int' argument, got 'NoneType'"),
            arguments("(assert None)", "DuInt_AsInt: expected 'int' argument, got 'NoneType'"),
            arguments("(get (list 1) None)", "DuInt_AsInt: expected 'int' argument, got 'NoneType'"),
            arguments("(+ 1 (if 1 None))", "DuInt_AsInt: expected 'int' argument, got 'NoneType'"),
            arguments("(progn (defun f (a) (+ a 1)) (f None))",
                "DuInt_AsInt: expected 'int' argument, got 'NoneType'"),
            arguments("(car 5)", "DuCons_Car: expected 'cons' argument, got 'int'"),
            arguments("(cdr None)", "DuCons_Cdr: expected 'cons' argument, got 'NoneType'"),
            arguments("(append 5 1)", "DuList_Append: expected 'list' argument, got 'int'"),
            arguments("(pop (container))", "DuList_Size: expected 'list' argument, got 'container'"),
            arguments("(pop 5 0)", "DuList_Pop: expected 'list' argument, got 'int'"),
            arguments("(len 5)", "object of type 'int' has no length"),
            arguments("(len None)", "object of type 'NoneType' has no length"),
            arguments("(get 5)", "get: bad argument type 'int'"),
            arguments("(get None 1)", "get: bad argument type 'NoneType'"),
            arguments("(get 5 1 2)", "get: bad argument type 'int'"),
            arguments("(set 5 1)", "set: bad argument type 'int'"),
            arguments("(set 5 1 2)", "set: bad argument type 'int'"),
            arguments("(set 5 1 2 3)", "set: bad argument type 'int'"),
            arguments("(get (list 1) 1)", "list_get: index out of range"),
            arguments("(get (list 1) -1)", "list_get: index out of range"),
            arguments("(get (list) 0)", "list_get: index out of range"),
            arguments("(set (list 1) 1 0)", "list_set: index out of range"),
            arguments("(set (list 1) -1 0)", "list_set: index out of range"),
            arguments("(pop (list 1) 1)", "list_pop: index out of range"),
            arguments("(pop (list) 0)", "list_pop: index out of range"),
            arguments("(pop (list))", "pop: empty list"),
            arguments("(/ 1 0)", "/: division by zero"), arguments("(/ 8 2 0)", "/: division by zero"),
            arguments("(% 1 0)", "%: division by zero"));
    }

    static Stream<Arguments> shapes() {
        return Stream.of(
            arguments("(setq a)", "setq: number of arguments is odd"),
            arguments("(setq a 1 b)", "setq: number of arguments is odd"),
            arguments("(type)", "type: expected one argument"), arguments("(type 1 2)", "type: expected one argument"),
            arguments("(quote)", "quote: expected one argument"),
            arguments("(quote a b)", "quote: expected one argument"),
            arguments("(not)", "not: expected one argument"), arguments("(not x y)", "not: expected one argument"),
            arguments("(car)", "car: expected one argument"), arguments("(cdr 1 2)", "cdr: expected one argument"),
            arguments("(pair?)", "pair?: expected one argument"), arguments("(len)", "len: expected one argument"),
            arguments("(sleepms)", "sleepms: expected one argument"),
            arguments("(defined?)", "defined?: expected one argument"),
            arguments("(assert)", "assert: expected one argument"),
            arguments("(container 1 2)", "container: expected one argument"),
            arguments("(cons 1)", "cons: expected two arguments"),
            arguments("(append (list))", "append: expected two arguments"),
            arguments("(< 1)", "comparison: expected two arguments"),
            arguments("(== 1 2 3)", "comparison: expected two arguments"),
            arguments("(if 1)", "if: expected at least two arguments"),
            arguments("(while)", "while: expected at least one argument"),
            arguments("(defun f)", "defun: expected at least two arguments"),
            arguments("(get)", "get: expected at least one argument"),
            arguments("(get (list 1))", "get with a list: expected two arguments"),
            arguments("(get (list 1) 1 2)", "get with a list: expected two arguments"),
            arguments("(get (container) 1)", "get with a container: expected one argument"),
            arguments("(get (container) 1 2)", "get with a container: expected one argument"),
            arguments("(set (list 1))", "set: expected at least two arguments"),
            arguments("(set (list 1) 0)", "set with a list: expected three arguments"),
            arguments("(set (list 1) 0 1 2)", "set with a list: expected three arguments"),
            arguments("(set (container) 0 1)", "set with a container: expected two arguments"),
            arguments("(set (container) 0 1 2)", "set with a container: expected two arguments"),
            arguments("(pop)", "pop: expected at least one argument"),
            arguments("(pop (list 1) 0 1)", "pop: expected at most two arguments"),
            arguments("(transaction)", "transaction: expected at least one argument"),
            arguments("(run-transactions 1)", "run-transactions: expected no argument"),
            arguments("(time 1)", "time: expected no argument"));
    }

    @ParameterizedTest
    @MethodSource({"names", "types", "shapes"})
    void shouldEndWithErrorWhenMainProgramIsWrong(final String expression, final String error) {
        final DuhtonRun run = DuhtonRun.program("(print 1)\n" + expression + "\n(print 2)");
        assertEquals("Error: " + error + " (line 2)\n", run.errors());
        assertEquals("1\n", run.output());
        assertEquals(1, run.status());
    }

    @ParameterizedTest
    @MethodSource({"names", "types", "shapes"})
    void shouldEndWithErrorWhenTransactionIsWrong(final String expression, final String error) {
        final DuhtonRun run =
            DuhtonRun.program("(print 1)\n(defun test () (print 2)\n" + expression + ") (transaction test)");
        assertEquals("Error: " + error + " (line 3)\n", run.errors());
        assertEquals("1\n", run.output());
        assertEquals(1, run.status());
    }

    @Test
    void shouldTellExpressionWhenAssertionFails() {
        final DuhtonRun run = DuhtonRun.program("(print 1)\n(assert (== 1 (+ 1 1)))\n(print 2)");
        assertEquals("1\nassert failed: ( '==' 1 ( '+' 1 1 ) )\n", run.output());
        assertEquals("Error: assert failed (line 2)\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldTellExpressionWhenAssertionFailsInTransaction() {
        final DuhtonRun run = DuhtonRun.program("(defun f ()\n (print 1)\n (assert 0))\n(transaction f)");
        assertEquals("assert failed: 0\n", run.output());
        assertEquals("Error: assert failed (line 3)\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldFailWhenTransactionRunsTransactions() {
        final DuhtonRun run = DuhtonRun.program("(defun f () (run-transactions)) (transaction f)");
        assertEquals("Error: run-transactions: not possible inside a transaction (line 1)\n", run.errors());
        assertEquals(1, run.status());
    }

    @Test
    void shouldEvaluateEarlierArgumentsWhenSetqIsOdd() {
        final DuhtonRun run = DuhtonRun.program("(setq a (print 1) b)");
        assertEquals("1\n", run.output());
        assertEquals("Error: setq: number of arguments is odd (line 1)\n", run.errors());
    }

    @Test
    void shouldRunNothingWhenProgramCannotBeRead() {
        final DuhtonRun open = DuhtonRun.program("(print 1)\n(print 2");
        assertEquals("Error: more '(' than ')' (line 2)\n", open.errors());
        assertEquals("", open.output());
        final DuhtonRun closed = DuhtonRun.program("(print 1)\n(print 2))");
        assertEquals("Error: more ')' than '(' (line 2)\n", closed.errors());
        assertEquals("", closed.output());
        assertEquals(1, closed.status());
    }
}
