package org.segstm.duhton;

import java.util.Random;

/**
 * Makes interactive sessions at random, line by line: values of all types, variables that change theirs, functions and
 * builtins that are defined again, errors and recursion without end. What a session prints and reports is the same in
 * each mode, as long as one thread runs its transactions. No object contains itself, and everything ends.
 */
final class RandomSession {
    private static final int FUNCTIONS = 4;
    private static final int INTS = 4;
    private static final int LOOPS = 3;
    private static final int ROUNDS = 3;
    private static final int ONE_IN_MANY = 60;
    private static final String[] ARITHMETIC = {"+", "-", "*", "^", "+", "-", "<<", ">>", "/", "%"};
    private static final String[] COMPARISONS = {"<", "<=", "==", "!=", ">", ">="};
    private static final String[] FLOAT_FOLDS = {"+.", "-.", "*.", "/."};
    /** None of them lets a loop turn for ever, or anything recurse without end that changes what others see. */
    private static final String[] REDEFINED = {
        "+ (a b) (- a (* b -1))", "len (x) 3", "get (a b) (list a b)", "car (x) x",
        "not (x) (if x 7 8)", "< (a b) (> a b)", "list (a b) (cons a b)", "* (a b) (^ a b)", "if (a b c) (list a b c)",
        "+. (a b) (*. a b)", "while (a b) 0", "print (a) (setq i0 a)", "progn (a b) b", "set (a b) a", "^ () 5"};

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    /** Nested loops around what is written. */
    private int loops;
    /** May what is written call functions, and queue calls? */
    private boolean calls;

    private RandomSession(final long seed) {
        random = new Random(seed);
    }

    static String of(final long seed) {
        final RandomSession session = new RandomSession(seed);
        session.write();
        return session.text.toString();
    }

    private void write() {
        line("(setq i0 1 i1 -2147483648 i2 77 i3 0 x0 (float 1 2) x1 (float 7) v0 None v1 (list 1 2))");
        line("(setq l0 (list 1 2 3) l1 (list) m0 (list (list 1) (list 2 3)) c0 (container 5) c1 (container))");
        line("(defun g0 (a) (^ a 5))");
        line("(defun deep (n v) (if (== n 0) v (cons n (deep (- n 1) v))))");
        line("(defun endless (n v) (if (< n 0) n (+ 1 (endless (+ n 1) (list n)))))");
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < FUNCTIONS; i++) {
                if (round == 0 || random.nextBoolean()) {
                    writeFunction(i);
                }
            }
            for (int i = 0; i < 6; i++) {
                calls = true;
                line(main());
            }
            if (round > 0 || random.nextInt(3) == 0) {
                line("(defun " + REDEFINED[random.nextInt(REDEFINED.length)] + ")");
            }
        }
        line("(print i0 i1 i2 i3 x0 x1 l0 l1 m0 c0 (get c0) (get c1))");
        line("(list v0 v1)");
    }

    private String main() {
        switch (random.nextInt(8)) {
            case 0:
                return statement(2);
            case 1:
                return "(transaction " + call(3);
            case 2:
                return "(print " + any(2) + " " + any(2) + " " + any(1) + ")";
            case 3:
                return random.nextInt(8) == 0 ? "(endless 0 " + any(1) + ")" : "(len " + list(1) + ")";
            case 4:
                return "(deep " + random.nextInt(400) + " " + any(1) + ")";
            default:
                return "(" + call(3);
        }
    }

    private void writeFunction(final int number) {
        line("(defun f" + number + " (d i0 v0)");
        calls = true;
        final int statements = 3 + random.nextInt(5);
        for (int i = 0; i < statements; i++) {
            line("  " + statement(3));
        }
        line("  " + (random.nextInt(4) == 0 ? any(2) : integer(2)) + ")");
    }

    /** The rest of a call, behind its opening parenthesis or the word transaction. */
    private String call(final int depth) {
        final String arguments = depth + " " + integer(1) + (oneIn(ONE_IN_MANY) ? "" : " " + any(1));
        return "f" + random.nextInt(FUNCTIONS) + " " + arguments + ")";
    }

    /** A call from a function, whose depth ends with its parameter; at most one per statement, none in loops. */
    private String innerCall() {
        if (!calls || loops > 0) {
            return "(f" + FUNCTIONS + ")";
        }
        calls = false;
        final String end = "f" + random.nextInt(FUNCTIONS) + " (- d 1) " + integer(1) + " " + any(1) + ")";
        final String variable = "i" + random.nextInt(INTS);
        final String call =
            random.nextInt(4) == 0 ? "(transaction " + end : "(setq " + variable + " (" + end + ")";
        return "(progn (&& (defined? d) (> d 0) " + call + ") " + variable + ")";
    }

    private String statement(final int depth) {
        calls = loops == 0;
        if (depth == 0) {
            return "(setq i" + random.nextInt(INTS) + " " + integer(2) + ")";
        }
        switch (random.nextInt(20)) {
            case 0:
            case 1:
                return "(setq i" + random.nextInt(INTS) + " " + integer(3) + " i" + random.nextInt(INTS) + " "
                    + integer(2) + ")";
            case 2:
                return "(setq x" + random.nextInt(2) + " " + number(3) + ")";
            case 3:
                return "(setq v" + random.nextInt(2) + " " + any(3) + ")";
            case 4:
                return "(setq l" + random.nextInt(2) + " " + list(2) + ")";
            case 5:
                return "(set " + cell() + " " + flat(2) + ")";
            case 6:
                return "(append " + list(1) + " " + flat(2) + ")";
            case 7:
                return random.nextInt(8) == 0 ? "(set " + list(1) + " " + integer(1) + " " + flat(2) + ")"
                    : "(if l0 (set l0 (% 5 (len l0)) " + flat(2) + "))";
            case 8:
                return "(if (" + "> (len l1) 1) (pop l1" + (random.nextBoolean() ? " 0" : "") + ") "
                    + statement(depth - 1) + ")";
            case 9:
                return "(append m0 (list " + flat(1) + " " + integer(1) + ")) (if (> (len m0) 3) (pop m0))";
            case 10:
            case 11:
            case 12:
                return loop(depth);
            case 13:
                return "(print " + any(2) + " " + integer(2) + ")";
            case 14:
                return "(atomic " + statement(depth - 1) + " " + statement(depth - 1) + ")";
            case 15:
                return "(if " + any(2) + " (defun g0 (a) (+ a " + integer(1) + ")))";
            case 16:
                return "(if " + integer(2) + " (setq w" + (LOOPS + random.nextInt(2)) + " " + any(1) + "))";
            case 17:
                return "(setq i" + random.nextInt(INTS) + " (g0 " + integer(1) + "))";
            default:
                return "(if " + condition() + " " + statement(depth - 1) + " " + statement(depth - 1) + " "
                    + statement(depth - 1) + ")";
        }
    }

    private String loop(final int depth) {
        if (loops == LOOPS) {
            return statement(0);
        }
        final String turn = "w" + loops++;
        final String hint = random.nextInt(5) == 0 ? " (hint-commit-soon)" : "";
        final String also = random.nextInt(3) == 0 ? "(&& (< " + turn + " 12) " + integer(1) + ")"
            : "(< " + turn + " " + (1 + random.nextInt(12)) + ")";
        final String loop = "(setq " + turn + " 0) (while " + also + " " + statement(depth - 1) + " "
            + statement(depth - 1) + hint + " (setq " + turn + " (+ " + turn + " 1)))";
        loops--;
        return "(progn " + loop + ")";
    }

    private String integer(final int depth) {
        if (oneIn(ONE_IN_MANY)) {
            return any(1);
        }
        if (depth <= 0) {
            return random.nextInt(3) == 0 ? literal() : "i" + random.nextInt(INTS);
        }
        switch (random.nextInt(17)) {
            case 0:
            case 1:
            case 2:
            case 3:
                return arithmetic(depth);
            case 4:
            case 5:
                return condition();
            case 6:
                return "(&& " + any(depth - 1) + " " + any(depth - 1) + ")";
            case 7:
                return "(|| " + any(depth - 1) + " (setq i" + random.nextInt(INTS) + " " + integer(depth - 1) + "))";
            case 8:
                return "(not " + any(depth - 1) + ")";
            case 9:
                return "(len " + list(depth - 1) + ")";
            case 10:
                return "(int " + number(depth - 1) + ")";
            case 11:
                return "(if " + any(depth - 1) + " " + integer(depth - 1) + " " + integer(depth - 1) + ")";
            case 12:
                return "(defined? " + new String[] {"i0", "w3", "w4", "v1", "nothing"}[random.nextInt(5)] + ")";
            case 13:
                return "(pair? " + any(depth - 1) + ")";
            case 14:
                return "(setq i" + random.nextInt(INTS) + " " + integer(depth - 1) + ")";
            case 15:
                return calls && loops == 0 && random.nextBoolean() ? innerCall() : literal();
            default:
                return "(progn " + any(depth - 1) + " " + integer(depth - 1) + ")";
        }
    }

    private String arithmetic(final int depth) {
        final String operator = ARITHMETIC[random.nextInt(ARITHMETIC.length)];
        final boolean divides = operator.equals("/") || operator.equals("%");
        return "(" + operator + " " + integer(depth - 1) + " "
            + (divides && random.nextInt(6) > 0 ? literal() : integer(depth - 1))
            + (random.nextInt(5) == 0 ? " " + integer(0) : "") + ")";
    }

    private String condition() {
        final boolean floats = random.nextInt(4) == 0;
        return "(" + COMPARISONS[random.nextInt(COMPARISONS.length)] + (floats ? "." : "") + " "
            + (floats ? number(1) : integer(1)) + " " + (floats ? number(1) : integer(1)) + ")";
    }

    private String literal() {
        switch (random.nextInt(6)) {
            case 0:
                return "2147483647";
            case 1:
                return "-2147483648";
            default:
                return Integer.toString(random.nextInt(40) - 12);
        }
    }

    /** An int or a float. */
    private String number(final int depth) {
        if (depth <= 0) {
            return random.nextInt(4) == 0 ? integer(0) : "x" + random.nextInt(2);
        }
        switch (random.nextInt(7)) {
            case 0:
                return "(float " + integer(depth - 1) + " " + literal() + ")";
            case 1:
                return "(sqrt " + number(depth - 1) + ")";
            case 2:
                return "(if " + condition() + " " + number(depth - 1) + " " + number(depth - 1) + ")";
            case 3:
                return "(setq x" + random.nextInt(2) + " " + number(depth - 1) + ")";
            case 4:
                return "(float " + integer(depth - 1) + ")";
            default:
                return "(" + FLOAT_FOLDS[random.nextInt(FLOAT_FOLDS.length)] + " " + number(depth - 1) + " "
                    + number(depth - 1) + (random.nextInt(4) == 0 ? " " + number(0) : "") + ")";
        }
    }

    private String list(final int depth) {
        if (oneIn(ONE_IN_MANY)) {
            return "v" + random.nextInt(2);
        }
        if (depth <= 0 || random.nextInt(3) == 0) {
            return "l" + random.nextInt(2);
        }
        switch (random.nextInt(4)) {
            case 0:
                return "(list " + flat(depth - 1) + " " + flat(depth - 1) + " " + flat(0) + ")";
            case 1:
                return "(get m0 " + random.nextInt(2) + ")";
            case 2:
                return "(append " + list(depth - 1) + " " + flat(depth - 1) + ")";
            default:
                return "(if " + any(depth - 1) + " " + list(depth - 1) + " (list))";
        }
    }

    private String cell() {
        return oneIn(ONE_IN_MANY) ? any(1) : "c" + random.nextInt(2);
    }

    /** Something that contains no list or cell that anybody else has. */
    private String flat(final int depth) {
        switch (depth <= 0 ? random.nextInt(3) : random.nextInt(6)) {
            case 0:
            case 1:
                return integer(depth - 1).replaceAll("\\bv[01]\\b", "i0");
            case 2:
                return number(depth - 1);
            case 3:
                return "(cons " + random.nextInt(9) + " x0)";
            case 4:
                return "(list i0 i1 (container i2))";
            default:
                return "(quote (a 1 (b . 2)))";
        }
    }

    private String any(final int depth) {
        if (depth <= 0) {
            switch (random.nextInt(6)) {
                case 0:
                    return "v" + random.nextInt(2);
                case 1:
                    return list(0);
                case 2:
                    return cell();
                case 3:
                    return "None";
                default:
                    return integer(0);
            }
        }
        switch (random.nextInt(12)) {
            case 0:
            case 1:
                return integer(depth - 1);
            case 2:
                return number(depth - 1);
            case 3:
                return list(depth - 1);
            case 4:
                return "(cons " + any(depth - 1) + " " + any(depth - 1) + ")";
            case 5:
                return "(get c" + random.nextInt(2) + ")";
            case 6:
                return "(if (len l0) (get l0 0))";
            case 7:
                return "(if (pair? v0) (car v0) v1)";
            case 8:
                return "(if (pair? v1) (cdr v1) " + any(depth - 1) + ")";
            case 9:
                return "(type " + any(depth - 1) + ")";
            case 10:
                return "(list " + any(depth - 1) + " " + any(depth - 1) + ")";
            default:
                return "(if " + any(depth - 1) + " " + any(depth - 1) + " " + any(depth - 1) + ")";
        }
    }

    private boolean oneIn(final int many) {
        return random.nextInt(many) == 0;
    }

    private void line(final String line) {
        text.append(line).append('\n');
    }
}
