package org.segstm.bench.throughput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildJvm;
import org.segstm.heap.HeapContext;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class ThroughputMainTest {
    private static final double SECONDS = 0.3;

    @ParameterizedTest
    @CsvSource({"EMPTY", "RO10", "W1", "RW", "RW100", "SHARED", "MERGED", "ALLOC16", "ALLOC64"})
    void shouldAllocateNothingOnTheJavaHeapWhenWarm(final ThroughputTest test) {
        final ThroughputResult result = measure(ThroughputRequest.ofSeconds(test, 1, SECONDS, SECONDS), false);
        assertEquals(0, result.javaBytes(), result.toString());
        assertTrue(result.check(), result.failedCheck());
    }

    @Test
    void shouldMeasureHandOffWhenTwoThreadsRun() {
        final ThroughputResult result =
            measure(ThroughputRequest.ofSeconds(ThroughputTest.EMPTY, 2, 0, SECONDS), true);
        assertEquals(Runtime.getRuntime().availableProcessors() > 1, result.handOffNs() > 0, result.toString());
        assertEquals(0, result.abortRate());
        assertTrue(result.check(), result.failedCheck());
    }

    @Test
    void shouldTellTheMessageWhenTheHeapRefusesASetting() {
        final ChildJvm child = ThroughputRequest.ofSeconds(ThroughputTest.EMPTY, 1, 0, SECONDS).child()
            .property(HeapContext.NURSERY_PROPERTY, 1);
        final IllegalArgumentException refused =
            assertThrows(IllegalArgumentException.class, () -> ThroughputResult.parse(child.run()));
        assertEquals("nursery size must be from 64k to 4g: nurseryBytes=1", refused.getMessage());
    }

    @Test
    void shouldReportTheStatusWhenTheMeasuringJvmFails() {
        final ChildJvm child = new ChildJvm(Failing.class).argument("now");
        final BenchException failed = assertThrows(BenchException.class, child::run);
        assertEquals("the measuring JVM ended with status 1: Failing now", failed.getMessage());
    }

    private static ThroughputResult measure(final ThroughputRequest request, final boolean checked) {
        return ThroughputResult.parse(request.child()
            .property(HeapContext.CHECKED_PROPERTY, checked).property(HeapContext.HEAP_PROPERTY, "64m").run());
    }

    /** Ends with an exception, quietly. */
    static final class Failing {
        private Failing() {
        }

        public static void main(final String[] arguments) {
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
                // Nobody needs the stack trace.
            });
            throw new IllegalStateException(arguments[0]);
        }
    }
}
