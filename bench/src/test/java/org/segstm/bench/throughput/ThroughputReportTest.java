package org.segstm.bench.throughput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.PrintWriter;
import java.io.StringWriter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class ThroughputReportTest {
    private final ThroughputReport report = new ThroughputReport();

    @Test
    void shouldSetFiguresBesideThoseWithoutStmWhenPrinted() {
        report.add(ThroughputTest.RW, true, 1, result(40e6, Double.NaN, 1, ""));
        report.add(ThroughputTest.RW, false, 1, result(20e6, Double.NaN, 1, ""));
        report.add(ThroughputTest.RW, false, 2, result(50e3, 27.4, 1, ""));
        assertEquals(String.join(System.lineSeparator(),
            "test    mode  threads   ops/s  of serial  aborts    cpu  hand-off ns  check",
            "rw    serial        1  40.0 M          -  0.12 %  100 %            -     ok",
            "rw       stm        1  20.0 M       0.50  0.12 %  100 %            -     ok",
            "rw       stm        2  50.0 k       0.00  0.12 %  100 %         27.4     ok",
            ""), printed());
        assertTrue(report.allChecksPassed());
    }

    @Test
    void shouldTellWhatIsWrongWhenACheckFailed() {
        report.add(ThroughputTest.W1, false, 2, result(1, 30, 1, "the sum is wrong"));
        assertFalse(report.allChecksPassed());
        assertTrue(printed().contains("FAILED"), printed());
        assertTrue(printed().contains("check failed: w1, stm, threads: 2: the sum is wrong"), printed());
        assertEquals(false, report.toJson().get(0).get("check"));
    }

    @Test
    void shouldWarnWhenTheMachineWasBusy() {
        report.add(ThroughputTest.W1, false, 1, result(1, Double.NaN, 0.5, ""));
        assertTrue(printed().contains("The machine was busy"), printed());
        assertEquals(null, report.toJson().get(0).get("handOffNs"));
    }

    @Test
    void shouldReadWhatItPrintsWhenAResultCrossesAProcess() {
        final ThroughputResult result = new ThroughputResult(1.5, 0.25, Double.NaN, 0.5, 0, "a=b\\c: d", "Heap{x=1}");
        assertEquals(result, ThroughputResult.parse(result.print()));
    }

    private String printed() {
        final StringWriter text = new StringWriter();
        report.printOn(new PrintWriter(text));
        return text.toString();
    }

    private static ThroughputResult result(
        final double opsPerSecond, final double handOffNs, final double cpuShare, final String failedCheck) {
        return new ThroughputResult(opsPerSecond, 0.00123, handOffNs, cpuShare, 0, failedCheck, "heap");
    }
}
