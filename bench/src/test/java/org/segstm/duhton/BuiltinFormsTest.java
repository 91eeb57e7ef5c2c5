package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every form gives, in its printed form. */
@Timeout(60)
class BuiltinFormsTest {
    static Stream<Arguments> arithmetic() {
        return Stream.of(
            arguments("(+)", "0"), arguments("(+ 30)", "30"), arguments("(+ 40 2)", "42"),
            arguments("(+ 30 3 7 2)", "42"), arguments("(+ (+ 1 2) (+ 3 4))", "10"),
            arguments("(+ 2147483647 1)", "-2147483648"),
            arguments("(-)", "0"), arguments("(- 121)", "121"), arguments("(- 45 3)", "42"),
            arguments("(- 30 3 7 2)", "18"), arguments("(- 100 (- 20 1))", "81"),
            arguments("(- -2147483648 1)", "2147483647"),
            arguments("(*)", "1"), arguments("(* 5)", "5"), arguments("(* 6 7)", "42"),
            arguments("(* 2 3 7)", "42"), arguments("(* 65536 65536)", "0"),
            arguments("(/)", "0"), arguments("(/ 9)", "9"), arguments("(/ 11 2)", "5"), arguments("(/ -11 2)", "-5"),
            arguments("(/ 29 2 3)", "4"), arguments("(/ -2147483648 -1)", "-2147483648"),
            arguments("(%)", "0"), arguments("(% 9)", "9"), arguments("(% 29 2)", "1"), arguments("(% -29 10)", "-9"),
            arguments("(% 29 10 3)", "0"),
            arguments("(^)", "0"), arguments("(^ 1)", "1"), arguments("(^ 1 4)", "5"),
            arguments("(^ 1 4 122)", "127"),
            arguments("(<<)", "0"), arguments("(<< 12)", "12"), arguments("(<< 1 1)", "2"),
            arguments("(<< 1 1 1)", "4"), arguments("(<< 1 31)", "-2147483648"),
            arguments("(>>)", "0"), arguments("(>> 4)", "4"), arguments("(>> 4 1 1)", "1"),
            arguments("(>> 4 3)", "0"), arguments("(>> -8 1)", "-4"));
    }

    static Stream<Arguments> logic() {
        return Stream.of(
            arguments("(< 6 6)", "0"), arguments("(<= 6 6)", "1"), arguments("(== 6 6)", "1"),
            arguments("(!= 6 6)", "0"), arguments("(> 6 6)", "0"), arguments("(>= 6 6)", "1"),
            arguments("(< 6 7)", "1"), arguments("(<= 6 7)", "1"), arguments("(== 6 7)", "0"),
            arguments("(!= 6 7)", "1"), arguments("(> 6 7)", "0"), arguments("(>= 6 7)", "0"),
            arguments("(< 7 6)", "0"), arguments("(<= 7 6)", "0"), arguments("(> 7 6)", "1"),
            arguments("(>= 7 6)", "1"), arguments("(< (+ 10 2) (+ 4 5))", "0"),
            arguments("(< -2147483648 2147483647)", "1"),
            arguments("(&&)", "1"), arguments("(&& 5 6)", "1"), arguments("(&& 1 0 1)", "0"),
            arguments("(&& 0 not-defined)", "0"), arguments("(&& None)", "0"), arguments("(&& (quote bla))", "1"),
            arguments("(||)", "0"), arguments("(|| 0 7)", "1"), arguments("(|| 0 0 0)", "0"),
            arguments("(|| 1 not-defined)", "1"), arguments("(|| None)", "0"), arguments("(|| (quote bla))", "1"),
            arguments("(+ (&& 1 1) (|| 1 0) (not 0) (pair? (cons 1 2)))", "4"),
            arguments("(not 0)", "1"), arguments("(not 1)", "0"), arguments("(not -2)", "0"),
            arguments("(not None)", "1"), arguments("(not ())", "1"), arguments("(not (list))", "1"),
            arguments("(not (list 0))", "0"), arguments("(not (quote (2)))", "0"), arguments("(not (quote xx))", "0"),
            arguments("(not (type 5))", "0"), arguments("(not (container 0))", "0"));
    }

    static Stream<Arguments> values() {
        return Stream.of(
            arguments("", ""), arguments("1 2", "1 2"), arguments("()", "None"), arguments("None", "None"),
            arguments("(type None)", "'NoneType'"), arguments("(type 5)", "'int'"),
            arguments("(type (quote a))", "'symbol'"), arguments("(type (quote (a)))", "'cons'"),
            arguments("(type (cons 1 2))", "'cons'"), arguments("(type (list))", "'list'"),
            arguments("(type (container))", "'container'"), arguments("(type (type 1))", "'symbol'"),
            arguments("(quote (+ 40 2))", "( '+' 40 2 )"), arguments("(quote ())", "None"),
            arguments("(quote 5)", "5"), arguments("(quote (a (b) () -3))", "( 'a' ( 'b' ) None -3 )"),
            arguments("(cons 1 2)", "( 1 . 2 )"), arguments("(cons 1 None)", "( 1 )"),
            arguments("(cons 1 (cons 2 3))", "( 1 2 . 3 )"),
            arguments("(cons (cons 1 2) (quote (3)))", "( ( 1 . 2 ) 3 )"),
            arguments("(car (quote (2 3)))", "2"), arguments("(cdr (quote (2 3)))", "( 3 )"),
            arguments("(cdr (cdr (quote (2 3))))", "None"),
            arguments("(pair? (quote (1)))", "1"), arguments("(pair? ())", "0"), arguments("(pair? (list 1))", "0"),
            arguments("(pair? 1)", "0"),
            arguments("(container)", "<container None>"), arguments("(container (list 1))", "<container [ 1 ]>"),
            arguments("(get (container 7))", "7"),
            arguments("(list)", "[]"), arguments("(list 1 (list) (quote x))", "[ 1 [] 'x' ]"),
            arguments("(get (list 20 30 40) 1)", "30"), arguments("(len (list))", "0"),
            arguments("(len (list 1 2 3))", "3"), arguments("(append (list 1) 2)", "[ 1 2 ]"),
            arguments("(append (append (list) 1) (list))", "[ 1 [] ]"),
            arguments("(progn)", "None"), arguments("(progn 1 2 3)", "3"),
            arguments("(if 5 6 7)", "6"), arguments("(if 0 6 7)", "7"), arguments("(if 0 6)", "None"),
            arguments("(if 0 6 7 8 9)", "9"), arguments("(if None 6 7)", "7"), arguments("(if (list) 6 7)", "7"),
            arguments("(if (quote (2)) 6 7)", "6"),
            arguments("(while 0 1)", "None"), arguments("(setq)", "None"), arguments("(setq a 1 b 2)", "2"),
            arguments("(defun f ())", "None"), arguments("(print)", "\nNone"), arguments("(assert 7)", "None"),
            arguments("(set (container) 1)", "None"), arguments("(set (list 1) 0 1)", "None"),
            arguments("(defined? nobody)", "0"), arguments("(defined? None)", "1"), arguments("(defined? print)", "0"),
            arguments("(sleepms 0)", "None"), arguments("(sleepms -5)", "None"), arguments("(type (time))", "'int'"),
            arguments("(run-transactions)", "None"));
    }

    @ParameterizedTest
    @MethodSource({"arithmetic", "logic", "values"})
    void shouldPrintValueWhenExpressionIsEvaluated(final String expression, final String printed) {
        assertEquals(printed, DuhtonRun.printed(expression));
    }

    /** The same expressions inside a function, where other nodes serve: names may be local. */
    @ParameterizedTest
    @MethodSource({"arithmetic", "logic", "values"})
    void shouldPrintSameWhenExpressionIsInTransaction(final String expression, final String printed) {
        if (!expression.contains("run-transactions")) {
            assertEquals(printed + "\n",
                DuhtonRun.outputOf("(defun test () (setq a 0) (print " + expression + ")) (transaction test)"));
        }
    }

    @Test
    void shouldChangeListWhenElementsAreSetAppendedAndPopped() {
        assertEquals("[ 20 50 40 ]\n[ 20 50 40 60 ]\n50 [ 20 40 60 ]\n60 20 40 []\n", DuhtonRun.outputOf(
            "(setq l (list 20 30 40)) (set l 1 50) (print l) (print (append l 60))"
                + "(setq x (pop l 1)) (print x l) (print (pop l) (pop l 0) (pop l) l)"));
    }

    @Test
    void shouldShareListWhenTwoVariablesHoldIt() {
        assertEquals("[ 1 2 ]\n", DuhtonRun.outputOf("(setq a (list 1) b a) (append a 2) (print b)"));
    }

    @Test
    void shouldChangeContainerWhenItIsSet() {
        assertEquals("<container 'x'> 'x'\n",
            DuhtonRun.outputOf("(setq c (container 1)) (set c (quote x)) (print c (get c))"));
    }

    @Test
    void shouldLoopWhileConditionIsTrue() {
        assertEquals("5\n4\n3\n2\n1\n", DuhtonRun.outputOf("(setq n 5) (while n (print n) (setq n (- n 1)))"));
    }

    @Test
    void shouldLoopUntilListIsEmpty() {
        assertEquals("3\n2\n1\n", DuhtonRun.outputOf("(setq l (list 1 2 3)) (while l (print (pop l)))"));
    }

    @Test
    void shouldEvaluateAllArgumentsBeforePrintingWhenTheyPrintToo() {
        assertEquals("1\n2\nNone None\n", DuhtonRun.outputOf("(print (print 1) (print 2))"));
    }

    @Test
    void shouldSleepAtLeastAsLongAsAskedWhenMeasuredByTime() {
        assertEquals("1", DuhtonRun.printed("(progn (setq t (time)) (sleepms 50) (<= 49 (- (time) t)))"));
    }

    @Test
    void shouldKeepBytesWhenSymbolIsNotAscii() {
        assertEquals("'\u00c3\u00a9'", DuhtonRun.printed("(quote \u00c3\u00a9)"));
    }
}
