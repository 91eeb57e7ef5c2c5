package org.segstm.duhton;

import java.util.Random;

/**
 * Makes programs at random whose result does not depend on the order of their transactions, as long as that is a serial
 * one: shared cells are only changed by adding and xoring what does not depend on other shared state, and the sum over
 * a pair of cells that one transaction changes together is asserted by others.
 */
final class RandomProgram {
    private static final int FUNCTIONS = 4;
    private static final int CELLS = 6;
    private static final int PAIRS = 3;
    private static final int COUNTS = 40;
    private static final int STATEMENTS = 6;
    private static final int DEPTH = 4;
    private static final String[] OPERATORS = {"+", "-", "*", "^", "<", "==", ">=", "&&", "||", "!="};

    private final Random random;
    private final StringBuilder text = new StringBuilder();

    private RandomProgram(final long seed) {
        random = new Random(seed);
    }

    static String of(final long seed) {
        final RandomProgram program = new RandomProgram(seed);
        program.write();
        return program.text.toString();
    }

    private void write() {
        for (int i = 0; i < CELLS; i++) {
            line("(setq cell" + i + " (container 0))");
        }
        for (int i = 0; i < PAIRS; i++) {
            line("(setq left" + i + " (container 1000) right" + i + " (container -1000))");
        }
        line("(setq all (list) counts (list) grid (list) i 0)");
        line("(while (< i " + COUNTS + ") (append counts 0) (setq i (+ i 1)))");
        line("(setq i 0) (while (< i 4) (append grid (list (container i) (container (list 0 i)))) (setq i (+ i 1)))");
        line("(defun helper (x) (- x 3))");
        line("(defun deep (n x) (if (== n 0) x (+ 1 (deep (- n 1) x))))");
        line("(defun mean (n x) (setq s (float x) k 0) (while (< k n) (setq s (/. (+. s k x) (float 3 2)) k (+ k 1)))"
            + " (int (*. s 8)))");
        line("(defun tree (n x) (if (<= n 0) (list x) (list (tree (- n 1) x) (tree (- n 2) (+ x 1)))))");
        line("(defun sum (t) (if (== (len t) 1) (get t 0) (+ (sum (get t 0)) (sum (get t 1)))))");
        line("(defun length (c) (if (pair? c) (+ 1 (length (cdr c))) 0))");
        for (int i = 0; i < FUNCTIONS; i++) {
            writeFunction(i);
        }
        line("(setq i 0)");
        line("(while (< i 20) (transaction f" + random.nextInt(FUNCTIONS) + " " + (DEPTH - 1) + " i (cons i i))"
            + " (transaction f" + random.nextInt(FUNCTIONS) + " " + DEPTH + " (* i 7) (list i)) (setq i (+ i 1)))");
        line("(run-transactions)");
        // Functions and a builtin mean something else from here on.
        writeFunction(random.nextInt(FUNCTIONS));
        line("(defun helper (x) (if (pair? x) (car x) (+ x " + random.nextInt(9) + ")))");
        line("(transaction f0 1 2 3) (transaction f1 2 9 None)");
        line("(run-transactions)");
        if (random.nextBoolean()) {
            line("(defun ^ (a b) (+ a (* 2 b)))");
        }
        line("(setq i 0) (while (< i 8) (transaction f" + random.nextInt(FUNCTIONS) + " 2 i (cons i None))"
            + " (setq i (+ i 1)))");
        line("(run-transactions)");
        for (int i = 0; i < CELLS; i++) {
            line("(print (quote cell" + i + ") (get cell" + i + "))");
        }
        for (int i = 0; i < PAIRS; i++) {
            line("(print (quote pair" + i + ") (get left" + i + ") (get right" + i + "))");
        }
        line("(print counts)");
        line("(setq i 0)");
        line("(while (< i 4) (print (get (get (get grid i) 0)) (get (get (get grid i) 1))) (setq i (+ i 1)))");
        line("(setq total 0 n (len all)) (while all (setq total (^ total (pop all))))");
        line("(print (quote all) n total)");
    }

    private void writeFunction(final int number) {
        line("(defun f" + number + " (d a keep)");
        line("  (setq b (+ a " + random.nextInt(100) + ") c 0)");
        for (int i = 0; i < STATEMENTS; i++) {
            line("  " + statement());
        }
        line("  (if (> d 0) (transaction f" + random.nextInt(FUNCTIONS) + " (- d 1) " + expression(2) + " keep))");
        if (random.nextBoolean()) {
            line("  (if (> d 1) (transaction f" + random.nextInt(FUNCTIONS) + " (- d 2) b (list keep a)))");
        }
        line("  None)");
    }

    private String statement() {
        final int cell = random.nextInt(CELLS);
        final int pair = random.nextInt(PAIRS);
        final int kind = random.nextInt(20);
        if (kind >= 10) {
            return newerStatement(kind - 10);
        }
        switch (kind) {
            case 0:
            case 1:
                // Adding and xoring do not commute with each other: each cell knows only one of them.
                return "(set cell" + cell + " (" + (cell % 2 == 0 ? "+" : "^") + " (get cell" + cell + ") "
                    + expression(3) + "))";
            case 2:
                return "(setq c " + expression(1) + ") (set left" + pair + " (+ (get left" + pair + ") c))"
                    + " (set right" + pair + " (- (get right" + pair + ") c))";
            case 3:
                return "(assert (== 0 (+ (get left" + pair + ") (get right" + pair + "))))";
            case 4:
                return "(append all " + expression(2) + ")";
            case 5:
                return "(setq b (^ b (sum (tree " + random.nextInt(7) + " a))))";
            case 6:
                return "(setq i 0) (while (< i " + random.nextInt(30) + ") (setq c (+ c i b) i (+ i 1)))"
                    + " (while (> i 9) (if (&& (not a) (< i b)) (set cell0 (+ (get cell0) i))"
                    + " (setq c (^ c (|| (> c i) a)))) (setq i (- i 1)))";
            case 7:
                return "(setq l (list a b c)) (append l (pop l 0)) (set l 1 " + expression(2) + ")"
                    + " (setq b (+ (get l 2) (len l) (get l 1)))";
            case 8:
                return "(if " + expression(2) + " (setq a " + expression(2) + ") (setq b " + expression(2) + "))";
            default:
                return "(setq p None i 0) (while (< i " + random.nextInt(40)
                    + ") (setq p (cons (list i keep) p) i (+ i 1))) (setq c (+ c (length p)))";
        }
    }

    private String newerStatement(final int kind) {
        final int count = random.nextInt(COUNTS);
        switch (kind) {
            case 0:
                return "(set counts " + count + " (+ (get counts " + count + ") " + expression(2) + "))";
            case 1:
                return "(setq r (get grid " + random.nextInt(4) + ")) (set (get r 0) (- (get (get r 0)) "
                    + expression(2) + ")) (set (get (get r 1)) 0 (+ (get (get (get r 1)) 0) " + expression(1) + "))";
            case 2:
                return "(setq x (float " + expression(1) + " " + (1 + random.nextInt(9)) + ")"
                    + " y (-. x (sqrt (*. x x)))) (setq c (+ c (int (*. y 4)) (<. x y)"
                    + " (mean " + random.nextInt(20) + " a)))";
            case 3:
                return "(if (< " + expression(1) + " 0) (setq z b)) (setq b (+ b (if (defined? z) (* z 3) 5)))";
            case 4:
                return "(setq i 0) (while (< i " + random.nextInt(7) + ") (setq j 0)"
                    + " (while (&& (< j " + random.nextInt(7) + ") (!= j c)) (setq m 0)"
                    + " (while (< m 3) (setq c (- c j) m (+ m 1))) (setq b (^ b c) j (+ j 1)))"
                    + " (setq i (+ i 1)))";
            case 5:
                return "(if (> " + expression(1) + " 5) (defun helper (x) (* x 2))) (setq b (helper b))";
            case 6:
                return "(setq i 0) (while (< i " + random.nextInt(9) + ")"
                    + " (set counts (+ i 3) (+ (get counts (+ i 3)) a))"
                    + " (if (> b " + expression(1) + ") (hint-commit-soon)) (setq i (+ i 1)))";
            case 7:
                return "(setq v " + expression(1) + ") (if (> v 3) (setq v (list v (cons a keep)))"
                    + " (if (< v -3) (setq v (cons v None)) (if v (setq v None))))"
                    + " (setq c (+ c (if (pair? v) (car v) (if (== (pair? v) 0) (if v 4 2)))))";
            case 8:
                return "(atomic (set cell0 (+ (get cell0) b)) (setq b (deep " + random.nextInt(2000) + " b)))";
            default:
                return "(setq l (list (list a) (list b c) (list)) q (container (get l 1)))"
                    + " (append (get l 2) (get l 0)) (append (get q) (len l)) (set q (get (get l 2) 0))"
                    + " (setq c (+ (len (get l 1)) (get (get q) 0)))";
        }
    }

    private String expression(final int depth) {
        if (depth == 0 || random.nextInt(5) == 0) {
            final String[] leaves = {"a", "b", "c", Integer.toString(random.nextInt(200) - 100)};
            return leaves[random.nextInt(leaves.length)];
        }
        return "(" + OPERATORS[random.nextInt(OPERATORS.length)] + " " + expression(depth - 1) + " "
            + expression(depth - 1) + ")";
    }

    private void line(final String line) {
        text.append(line).append('\n');
    }
}
