package org.segstm.bench.programs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class ProgramsReportTest {
    private final ProgramsReport report = new ProgramsReport();

    @Test
    void shouldJudgeRatiosWhenTheSizeIsLarge() {
        add(ProgramSize.LARGE, Code.INTERPRETED, 1.0, 1.1, 0.6, 0.7, 0.65, 0.66);
        addPair(ProgramSize.LARGE, Code.INTERPRETED, 1.25);
        add(ProgramSize.LARGE, Code.COMPILED, 0.4, 0.51, 0.25, 0.25, 0.25, 0.3);
        final String[] lines = report.ratios().toMarkdown().split("\n");
        // c7 took 1.57 s, 62.8 s for forty times the work; our processes 0.1 s longer than the programs.
        assertEquals("| squares | large | interpreted | 52.33 met | 1.10 met | 1.83 met | 1.76 | 1.91 | 1.17 MISSED "
            + "| 1.08 met | 1.10 met |", lines[2]);
        assertEquals("| squares | large | compiled | 102.95 met | 1.28 MISSED | 2.04 met | - | 1.91 | 1.00 met "
            + "| 1.00 met | 1.20 MISSED |", lines[3]);
        assertEquals(4, lines.length);
    }

    @Test
    void shouldJudgeOnlyTheInterpreterAgainstC7WhenTheSizeIsThatOfTheTable() {
        add(ProgramSize.TABLE, Code.INTERPRETED, 1.0, 1.5, 0.6, 0.7, 0.65, 0.66);
        add(ProgramSize.TABLE, Code.COMPILED, 0.4, 0.51, 0.25, 0.25, 0.25, 0.3);
        final String[] lines = report.ratios().toMarkdown().split("\n");
        assertEquals("| squares | table | interpreted | 0.98 MISSED | 1.50 | 2.50 | - | 1.91 | 1.17 | 1.08 | 1.10 |",
            lines[2]);
        assertEquals("| squares | table | compiled | 2.57 | 1.28 | 2.04 | - | 1.91 | 1.00 | 1.00 | 1.20 |", lines[3]);
    }

    @Test
    void shouldCompareProgramsAloneWhenC7TookLessThanASecond() {
        report.add(new ProgramFigure(
            PublishedProgram.QUEENS, ProgramSize.TABLE, Code.INTERPRETED, 1, 0.31, 2.0, true));
        assertTrue(report.ratios().toMarkdown().contains("| 3.00 met |"), report.ratios().toMarkdown());
    }

    @Test
    void shouldMultiplyPublishedSecondsWhenTheSizeIsLarge() {
        add(ProgramSize.TABLE, Code.INTERPRETED, 1.0, 1.1, 0.6, 0.7, 0.65, 0.66);
        addPair(ProgramSize.TABLE, Code.INTERPRETED, 1.2);
        add(ProgramSize.LARGE, Code.INTERPRETED, 1.0, 1.1, 0.6, 0.7, 0.65, 0.66);
        final String[] lines = report.seconds().toMarkdown().split("\n");
        assertEquals("| squares | table | interpreted | 1.10 (1.00) | 1.20 (1.10) | 0.70 (0.60) | 0.80 (0.70) "
            + "| 0.75 (0.65) | 0.76 (0.66) | 1.30 (1.20) | right |", lines[2]);
        assertEquals("| squares | table | c7 | 1.47 | 1.57 | 0.82 | 0.87 | 0.92 | - | - |  |", lines[3]);
        assertEquals("| squares | table | c8 | - | 1.56 | 0.76 | 0.79 | 0.80 | - | - |  |", lines[4]);
        assertEquals("| squares | large | c7 x 40.0 | 58.80 | 62.80 | 32.80 | 34.80 | 36.80 | - | - |  |", lines[6]);
    }

    @Test
    void shouldShowMemoryBesideThePublishedPeaks() {
        report.setEmpty(0.1, 0.2, 30 << 20);
        report.addPeak(PublishedProgram.MERGESORT, 100 << 20, true);
        report.addPeak(PublishedProgram.TINY, 50 << 20, true);
        final String[] lines = report.memory().toMarkdown().split("\n");
        assertEquals("| mergesort | 100 | 153 | 63 | 61 |", lines[2]);
        assertEquals("| tiny | 50 | - | - | - |", lines[3]);
        assertEquals(
            "an empty program takes 0.20 s, 0.10 s of them after the start of the JVM, and 30 MiB", report.start());
        assertTrue(report.isRight());
    }

    @Test
    void shouldSayWhichProgramWasWrongWhenOneWas() {
        add(ProgramSize.TABLE, Code.INTERPRETED, 1.0, 1.1, 0.6, 0.7, 0.65, 0.66);
        assertTrue(report.isRight());
        report.add(new ProgramFigure(PublishedProgram.TINY, ProgramSize.TABLE, Code.COMPILED, 2, 1, 1, false));
        assertFalse(report.isRight());
        assertTrue(report.seconds().toMarkdown().contains("| WRONG |"), report.seconds().toMarkdown());
    }

    @Test
    void shouldBeWrongWhenOnlyAMemoryRunWas() {
        report.addPeak(PublishedProgram.APPEND, 1, false);
        assertFalse(report.isRight());
    }

    private void addPair(final ProgramSize size, final Code code, final double seconds) {
        report.add(new ProgramFigure(
            PublishedProgram.SQUARES, size, code, ProgramFigure.TWO_PROCESSES, seconds, seconds + 0.1, true));
    }

    private void add(final ProgramSize size, final Code code, final double... seconds) {
        for (int i = 0; i < seconds.length; i++) {
            report.add(new ProgramFigure(PublishedProgram.SQUARES, size, code,
                PublishedProgram.SQUARES.threads().get(i), seconds[i], seconds[i] + 0.1, true));
        }
    }
}
