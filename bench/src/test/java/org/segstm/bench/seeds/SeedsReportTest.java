package org.segstm.bench.seeds;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class SeedsReportTest {
    private final SeedsReport report = new SeedsReport();

    @Test
    void shouldShowOursBesideThePublishedFiguresAndTheirRatios() {
        report.add(Seed.SQUARE, Seed.Shape.PLAIN, 0, 1.0, 1.2, true);
        report.add(Seed.SQUARE, Seed.Shape.PLAIN, 1, 1.1, 1.3, true);
        report.add(Seed.SQUARE, Seed.Shape.PLAIN, 2, 0.55, 0.75, true);
        final String[] lines = report.table().toMarkdown().split("\n");
        assertEquals("| square, Duhton 2013 | plain | 2 | 0.55 | 0.75 | 0.55 | 2.00 | 1.80 | 0.95 | 1.94 | right |",
            lines[4]);
        assertTrue(report.isRight());
    }

    @Test
    void shouldBeWrongWhenOneResultWas() {
        report.add(Seed.SUM7, Seed.Shape.PLAIN, 0, 1, 1, true);
        report.add(Seed.SUM7, Seed.Shape.INEVITABLE, 0, 1, 1, false);
        assertFalse(report.isRight());
        final String[] lines = report.table().toMarkdown().split("\n");
        assertTrue(lines[2].endsWith("| right |"), lines[2]);
        assertTrue(lines[3].endsWith("| WRONG |"), lines[3]);
    }
}
