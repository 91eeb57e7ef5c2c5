package org.segstm.bench.programs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildResult;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class DuhtonRunTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldBeRightWhenTheProgramPrintsWhatItHasTo(final int threads) {
        final ChildResult result = DuhtonRun.run("(print (+ 40 2))", threads, "42", "--no-jit");
        assertEquals("true", result.text("right"));
        assertTrue(result.number("seconds") > 0);
    }

    @Test
    void shouldBeWrongWhenTheProgramPrintsSomethingElse() {
        final ChildResult result = DuhtonRun.run("(print (+ 40 2))", 1, "43");
        assertEquals("false", result.text("right"));
        assertEquals("42", result.text("result"));
    }

    @Test
    void shouldBeWrongWhenTheProgramFailsAfterItsOutput() {
        assertEquals("false", DuhtonRun.run("(print 42) (assert 0)", 1, "42").text("right"));
    }

    @Test
    void shouldFailWhenThereIsNoSuchProgram() {
        final BenchException failure = assertThrows(BenchException.class, () -> DuhtonRun.source("nothing"));
        assertEquals("this jar carries no program nothing.duh", failure.getMessage());
    }

    @Test
    void shouldSeeTheMemoryThatAProgramTakes() {
        final long bytes;
        try (PeakMemory memory = new PeakMemory()) {
            final ChildResult result = DuhtonRun.run(
                "(setq length 4000000)" + DuhtonRun.source("append"), 1, "'length' 4000000 'last' 3999999");
            assertEquals("true", result.text("right"));
            bytes = memory.endBytes();
        }
        // A word for each element.
        assertTrue(bytes > 32_000_000, "bytes=" + bytes);
    }
}
