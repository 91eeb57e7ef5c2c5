package org.segstm.bench.barriers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.segstm.duhton.compile.BarrierCounters.Kind;

class BarriersReportTest {
    private static final DuhtonText PROGRAM = new DuhtonText("walk", "(print 1)", "1\n");

    @Test
    void shouldTellWhatIsGoneWhenFewerAreExecuted() {
        final BarriersReport report = new BarriersReport();
        report.addCount(PROGRAM, Way.NAIVE, Kind.READ, 200);
        report.addCount(PROGRAM, Way.PLACED, Kind.READ, 50);
        report.addCount(PROGRAM, Way.NAIVE, Kind.WRITE_CARD, 0);
        report.addCount(PROGRAM, Way.PLACED, Kind.INEVITABLE, 3);
        assertEquals(List.of(
            "program    executed  naive  placed     gone",
            "walk           read    200      50  75.00 %",
            "walk     inevitable      0       3        -"), report.countTable().toString().lines().toList());
    }

    @Test
    void shouldCompareMediansWhenThereAreSeveralRounds() {
        final BarriersReport report = new BarriersReport();
        for (final double seconds : new double[] {3, 1, 2}) {
            report.addSeconds(PROGRAM, Way.PLACED, seconds);
            report.addSeconds(PROGRAM, Way.NAIVE, seconds * 4);
            report.addSeconds(PROGRAM, Way.NO_STM, seconds / 2);
        }
        report.addOutput(PROGRAM, "1\n");
        assertEquals("walk                 -    8.000     2.000  75.00 %     1.000      2.000               -   right",
            report.timeTable().toString().lines().toList().get(1));
        assertEquals("[{program=walk, naive.seconds=8.0, placed.seconds=2.0, no_stm.seconds=1.0, right=true}]",
            report.toJson().toString());
    }

    @Test
    void shouldBeWrongWhenOutputIsNotExpectedOne() {
        final BarriersReport report = new BarriersReport();
        report.addOutput(PROGRAM, "1\n");
        assertTrue(report.isRight());
        report.addOutput(PROGRAM, "2\n");
        assertFalse(report.isRight());
    }

    @Test
    void shouldBeWrongWhenOutputsDifferAndNoneIsExpected() {
        final BarriersReport report = new BarriersReport();
        final DuhtonText unknown = new DuhtonText("new", "(print (time))", null);
        report.addOutput(unknown, "1\n");
        assertTrue(report.isRight());
        report.addOutput(unknown, "2\n");
        assertFalse(report.isRight());
    }

    @Test
    void shouldKnowEveryProgramWhenThereIsOneMore() throws IOException {
        final Path folder = Path.of(System.getProperty("segstm.project.dir", ".."), "bench", "duhton", "programs");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(DuhtonText.names(), files.map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".expected")).map(name -> name.substring(0, name.indexOf('.')))
                .sorted().toList());
        }
    }
}
