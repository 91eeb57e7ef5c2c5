package org.segstm.gc.harness;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segstm.heap.PageSharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What is wrong in a script is told with its line. */
@Timeout(30)
class ScriptErrorTest {
    private static final String HEAD = "layout node value:int64 next:ref\nlayout list refs\nmutator a; global g\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jump|unknown statement 'jump'",
        "a x = new nodes|unknown layout nodes",
        "a x.nxt = null|no layout has a field nxt",
        "a jump|unknown action 'jump'",
        "a begin now|unexpected 'now'",
        "a x[1 = null|']' expected, found '='",
        "a|what should mutator a do?",
        "a x = new list ?|unknown character '?'",
        "a x =|name of a variable expected, found ''",
        "end|nothing to end here",
        "repeat 3|the loop has no end",
        "repeat often|number expected, found 'often'",
        "mutator a|declared twice: a",
        "layout point x:int65|unknown type int65",
        "heap nursery 1m|the heap is configured before anything else",
        "expect nothing|unknown expectation 'nothing'",
        "expect conflict b commit|unknown mutator 'b'",
        "expect objects nodes 3|unknown layout nodes",
    })
    void shouldNameLineWhenStatementCannotBeRead(final String statement, final String problem) {
        final ScriptException e =
            assertThrows(ScriptException.class, () -> Script.parse("test.seg", HEAD + statement + "\n"));
        assertEquals("test.seg:4: " + problem + ": " + statement, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "a x = y|mutator a has no variable y",
        "a x = null; a y = x.next|x leads to null, not to an object",
        "a x = #1; a y = x.next|x leads to an immediate, not to an object",
        "a x = new list 3; a x.value = 5|layout list has no field value",
        "a x = new node; expect a x.value 6|expected otherwise, found 0",
        "a x = new node; expect a x is null|expected otherwise, found 0xff0000, not 0x0",
        "a x = new node; expect a chain x.next 2|expected otherwise, found 1",
        "a x = new node; expect a x 5|not a number: 0xff0000",
        "a x = new node; expect a old x|expected otherwise, not old",
        "expect a aborts 1|expected otherwise, found 0",
        "expect conflict a commit|expected otherwise, no conflict",
        "expect outofheap a x = new node|expected otherwise, there was room",
        "expect objects node 1|expected otherwise, found 0",
        "expect used above 1m|expected otherwise, found 0 used bytes",
        "expect a detached|expected otherwise, attached",
        "a begin|transactions do not nest: a",
        "a x = new list $i|no loop counts i",
    })
    void shouldNameLineWhenScriptFails(final String statements, final String problem) {
        final Script script = Script.parse("test.seg", HEAD + "a begin\n" + statements + "\n");
        final ScriptException e = assertThrows(ScriptException.class, () -> script.run(PageSharing.PRIVATE_COW));
        final String last = statements.substring(statements.lastIndexOf(';') + 1).trim();
        assertEquals("test.seg:5: " + problem + ": " + last, e.getMessage());
    }
}
