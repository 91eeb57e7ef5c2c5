package org.segstm.duhton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.duhton.DuhtonRun;

/** The interactive session. */
@Timeout(60)
class SessionTest {
    private static void assertSession(final String input, final String output, final String errors) {
        final DuhtonRun run = DuhtonRun.command(input);
        assertEquals(output, run.output());
        assertEquals(errors, run.errors());
        assertEquals(0, run.status());
    }

    @Test
    void shouldEndWithNewlineWhenInputEnds() {
        assertSession("", "))) \n", "");
    }

    @Test
    void shouldPrintValueWhenLineIsEvaluated() {
        assertSession("42\n(+ 1 2)\n(quote x)\n1 2 3\n", "))) 42\n))) 3\n))) 'x'\n))) 3\n))) \n", "");
    }

    @Test
    void shouldPrintNoneWhenLineIsEmpty() {
        assertSession("\n;nothing\n", "))) None\n))) None\n))) \n", "");
    }

    @Test
    void shouldReadOnWhenParenthesesAreOpen() {
        assertSession("(+ 1\n\n  2 ; (\n)\n(list\n(list 1))", "))) 3\n))) [ [ 1 ] ]\n))) \n", "");
    }

    @Test
    void shouldKeepDefinitionsWhenLinesFollow() {
        assertSession("(setq a 5)\n(defun f (x) (+ x a))\n(f 1)\n(setq a 6)\n(f 1)\n",
            "))) 5\n))) None\n))) 6\n))) 6\n))) 7\n))) \n", "");
    }

    @Test
    void shouldReturnToPromptWhenLineFails() {
        assertSession("(setq a 1)\n(progn (setq a 2) (print a) (car a))\na\n",
            "))) 1\n))) 2\n))) 2\n))) \n", "Error: DuCons_Car: expected 'cons' argument, got 'int' (line 2)\n");
    }

    @Test
    void shouldTellLineOfFunctionWhenItFailsLater() {
        assertSession("(defun f (x)\n  (car x))\n5\n(f 1)\n", "))) None\n))) 5\n))) ))) \n",
            "Error: DuCons_Car: expected 'cons' argument, got 'int' (line 2)\n");
    }

    @Test
    void shouldReturnToPromptWhenLineClosesTooMuch() {
        assertSession("1)\n2\n", "))) ))) 2\n))) \n", "Error: more ')' than '(' (line 1)\n");
    }

    @Test
    void shouldEndWhenInputEndsInsideList() {
        assertSession("1\n(+ 2\n", "))) 1\n))) ))) \n", "Error: more '(' than ')' (line 2)\n");
    }

    @Test
    void shouldRunTransactionsAfterPrintingValueWhenLineQueuesThem() {
        assertSession("(defun f (n) (print n))\n(progn (transaction f 1) (print 0) 7)\n",
            "))) None\n))) 0\n7\n1\n))) \n", "");
    }

    @Test
    void shouldReturnToPromptWhenTransactionFails() {
        assertSession("(setq c (container 1))\n(defun f () (set c 2) (print 5) (car 1))\n(transaction f)\n(get c)\n",
            "))) <container 1>\n))) None\n))) None\n))) 1\n))) \n",
            "Error: DuCons_Car: expected 'cons' argument, got 'int' (line 2)\n");
    }

    @Test
    void shouldForgetQueuedCallsWhenLineFails() {
        assertSession("(defun f () (print 1))\n(progn (transaction f) (car 1))\n5\n",
            "))) None\n))) ))) 5\n))) \n", "Error: DuCons_Car: expected 'cons' argument, got 'int' (line 2)\n");
    }

    @Test
    void shouldUseUserFunctionInOldCodeWhenLaterLineHidesBuiltin() {
        assertSession("(defun f (a) (+ a 1))\n(f 1)\n(defun + (a b) (quote mine))\n(f 1)\n(+ 1 2)\n",
            "))) None\n))) 2\n))) None\n))) 'mine'\n))) 'mine'\n))) \n", "");
    }

    @Test
    void shouldTellExpressionWhenAssertionFails() {
        assertSession("(assert 0)\n", "))) assert failed: 0\n))) \n", "Error: assert failed (line 1)\n");
    }
}
