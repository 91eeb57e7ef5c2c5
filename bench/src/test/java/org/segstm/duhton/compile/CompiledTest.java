package org.segstm.duhton.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segstm.duhton.DuhtonRun;
import org.segstm.duhton.transaction.Program;
import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;

/** What compiled code has to do as the interpreter does it; {@link DuhtonRun} runs everything in both. */
@Timeout(120)
class CompiledTest {
    private static final Path PROGRAMS =
        Path.of(System.getProperty("segstm.project.dir", ".."), "bench", "duhton", "programs");
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
        assertEquals("", DuhtonRun.once(
            "(defun f () 1) (f)", "--no-jit", "--jit-log", "--jit-threshold", "0", "-").errors());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', value = {
        "(defun f (n) (+ n 1)) (print (f 1)) (defun f (n) (+ n 2)) (print (f 1))@2,3",
        "(defun g () (f)) (defun f () 1) (print (g)) (defun f () 2) (print (g) (g))@1,2 2",
        "(defun g (n) (+ n 1)) (defun f (n) (g n)) (print (f 1)) (defun g (n) (list n)) (print (f 1))@2,[ 1 ]",
        "(defun f (l) (+ (pop l) (len l))) (setq l (list 1 2 3)) (print (f l) (f l) (f l) l)@5 3 1 []",
        "(defun f (x) (get x)) (print (f (container 1)) (f (container None)))@1 None",
        "(defun f (l i) (setq a (get l i)) (set l i (+ a 1)) (- (get l i) a)) (print (f (list 1 2) 1))@1",
        "(defun f (c) (if (pair? c) (+ (car c) (f (cdr c))) 0)) (print (f (cons 1 (cons 2 None))))@3",
        "(defun f (x) (*. (+. x 1) x)) (print (f 2) (f (float 1 2)))@6.0 0.75",
        "(defun f (x) (+ x (progn (setq x 5) x) (setq x 7) x)) (print (f 1))@20",
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
        "(defun f (x n) (setq s 0) (while (> n 0) (setq s (+ s (if x n (- 0 n))) n (- n 1)) (if (|| (not x) s) 0"
            + " (setq s 100))) s) (print (f 0 3) (f 7 3))@-6 6",
        "(defun f (x n) (setq s 0) (while (> n 0) (if (&& x (== n 2)) (setq x 0)) (if x (setq s (+ s n)))"
            + " (setq n (- n 1))) s) (print (f 0 4) (f 1 4))@0 7",
        "(defun f (x n) (setq s 0) (while (> n 0) (while (> n 3) (if x (setq s (+ s n))) (setq n (- n 1)))"
            + " (if x (setq s (- s n))) (setq n (- n 1))) s) (print (f 0 5) (f 1 5))@0 3",
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
        "(defun g (x) x) (defun f (a)%(g a)) (f 1) (defun g () 1) (f 1)@call to 'g': too many arguments (line 2)",
        "(defun f (a)%(pop a)) (f (list))@pop: empty list (line 2)",
        "(defun f (a)%(cdr a)) (f (cons 1 2)) (f None)@DuCons_Cdr: expected 'cons' argument, got 'NoneType' (line 2)",
        "(defun f (a)%(+. a 1)) (f (list))@DuFloat_AsFloat: expected 'float' argument, got 'list' (line 2)",
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

    /** The loop that asks for commits leaves one wanted; the turns of the next loop call nothing. */
    @Test
    void shouldCommitInLoopWithoutCallsWhenOneBeforeItHasAskedForIt() {
        final DuhtonRun run = DuhtonRun.program("(setq d (container 0))"
            + "(defun see () (while (== (get d) 0) (hint-commit-soon) (sleepms 1)) (car 1))"
            + "(defun work (i) (while (< i 3) (hint-commit-soon) (setq i (+ i 1))) (while 1 (set d 1)))"
            + "(transaction work 0) (transaction see)", "--num-threads", "2");
        assertEquals("Error: DuCons_Car: expected 'cons' argument, got 'int' (line 1)\n", run.errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "4"})
    void shouldStopLoopsWithoutCallsWhenAnotherTransactionFails(final String segments) {
        final DuhtonRun run = DuhtonRun.program(
            "(defun forever (n) (while 1 (setq n (+ n 1)))) (defun bad () (sleepms 50) (car 1))"
                + "(transaction forever 1) (transaction bad) (transaction forever 2)",
            "--num-threads", "3", "--segments", segments);
        assertEquals("Error: DuCons_Car: expected 'cons' argument, got 'int' (line 1)\n", run.errors());
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

    @Test
    void shouldCompileWithoutInliningWhenFunctionIsLarge() {
        final DuhtonRun run = DuhtonRun.program("(defun f (l) " + "(append l (get l (% (len l) 3)))".repeat(60)
            + " (len l))\n(print (f (list 1 2 3)))", "--jit", "--jit-threshold", "0", "--jit-log");
        assertEquals("63\n", run.output());
        assertTrue(run.errors().contains("installed function@1 "), run.errors());
    }

    @Test
    void shouldSayWhyBarriersAreThereWhenAskedTo() {
        final String listing = DuhtonRun.program(
            "(defun f (l) (+ (get l 0) (len l))) (f (list 1)) (f (list 2))",
            "--jit", "--jit-threshold", "0", "--jit-barriers").errors();
        assertTrue(listing.contains("barriers of function@1\n"), listing);
        assertTrue(listing.contains("read barrier v0"), listing);
        assertTrue(listing.contains("no barrier: covered on all ways"), listing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trees_walk", "trees_build", "mergesort", "queens"})
    void shouldNeedAtMostHalfOfReadBarriersWhenPlaced(final String program) throws IOException {
        final String text = "(setq walks 20 trees 20 length 500 n 6)"
            + Files.readString(PROGRAMS.resolve(program + ".duh"));
        final BarrierCounters naive = run(text, CompileOptions.Barriers.NAIVE);
        final BarrierCounters placed = run(text, CompileOptions.Barriers.PLACED);
        assertTrue(2 * reads(placed) <= reads(naive), placed + " of " + naive);
        assertEquals(naive.count(BarrierCounters.Kind.SAFEPOINT), placed.count(BarrierCounters.Kind.SAFEPOINT));
    }

    private static BarrierCounters run(final String text, final CompileOptions.Barriers barriers) {
        final BarrierCounters counters = new BarrierCounters();
        final Jit jit = new Jit(0, System.err, false, new CompileOptions(barriers, counters));
        try (SegmentHeap heap = SegmentHeap.open(new HeapContext().segments(1));
                Program program = new Program(heap, 1, 1, OutputStream.nullOutputStream(), null, jit)) {
            program.run(text, 1, false);
        }
        return counters;
    }

    private static long reads(final BarrierCounters counters) {
        return counters.count(BarrierCounters.Kind.READ) + counters.count(BarrierCounters.Kind.READ_CARD);
    }
}
