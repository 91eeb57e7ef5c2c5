package org.segstm.bench.compare;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.segstm.bench.compare.peer.Party;
import org.segstm.bench.compare.run.RoundFigures;
import org.segstm.bench.compare.workload.Workload;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class CompareReportTest {
    @Test
    void shouldCompareWithTheBestStmAndTheBestPeerWhenThereAreSeveral() {
        final CompareReport report = new CompareReport(List.of(Party.values()));
        report.add(Workload.RW, 1, figures(Party.SEGSTM, 15e6, Party.SCALASTM, 5e6, Party.CLOJURE, 1e6,
            Party.ONE_LOCK, 30e6, Party.PLAIN, 60e6));
        report.add(Workload.READ100, 1, figures(Party.SEGSTM, 3e6, Party.PLAIN, 4e6));
        report.add(Workload.READ100, 2, figures(Party.SEGSTM, 5e6, Party.SCALASTM, 1e6));
        final String[] lines = report.toMarkdown().split("\n");
        assertTrue(lines[2].contains("| 15.0 M | 5.00 M | - | 1.00 M | 30.0 M | - | 60.0 M | 3.00 | 0.50 | "
            + "2.0 x STM: met |"), lines[2]);
        assertTrue(lines[3].contains("| - | - | 70 % of plain: met |"), lines[3]);
        assertTrue(lines[4].contains("| 5.00 | 5.00 | 70 % of plain: missed |"), lines[4]);
        assertTrue(report.allChecksPassed());
    }

    @Test
    void shouldNameWhatFailedWhenACheckFailed() {
        final CompareReport report = new CompareReport(List.of(Party.CLOJURE));
        report.add(Workload.BANK, 2, Map.of(Party.CLOJURE,
            new PartyFigures(List.of(round(1, 0, 0)), "all accounts together hold 1", "")));
        final StringWriter text = new StringWriter();
        report.printOn(new PrintWriter(text));
        assertFalse(report.allChecksPassed());
        assertTrue(text.toString().contains("FAILED"), text.toString());
        assertTrue(text.toString().contains(
            "check failed: bank, clojure, threads: 2: all accounts together hold 1"), text.toString());
    }

    @Test
    void shouldMissTheTargetWhenAScanWasRetried() {
        final CompareReport report = new CompareReport(List.of(Party.SEGSTM));
        report.add(Workload.SCAN, 2,
            Map.of(Party.SEGSTM, new PartyFigures(List.of(round(6000, 2e6, 0)), "", "")));
        report.add(Workload.SCAN, 2,
            Map.of(Party.SEGSTM, new PartyFigures(List.of(round(6000, 2e6, 1)), "", "")));
        final String markdown = report.toMarkdown();
        assertTrue(markdown.contains("no retry: met"), markdown);
        assertTrue(markdown.contains("no retry: missed"), markdown);
        assertTrue(markdown.contains("|   writers | 1 | 2.00 M |"), markdown);
    }

    @Test
    void shouldDrawAPanelForEachNumberOfThreads(@TempDir final Path folder) throws IOException {
        final CompareReport report = new CompareReport(List.of(Party.values()));
        report.add(Workload.SCAN, 1, figures(Party.SEGSTM, 1e4, Party.MULTIVERSE, 0.0));
        report.add(Workload.SCAN, 2, figures(Party.SEGSTM, 1e4, Party.MULTIVERSE, 0.0));
        final Path file = folder.resolve("chart.png");
        CompareChart.write(report, file);
        final BufferedImage image = ImageIO.read(file.toFile());
        assertEquals(1400, image.getWidth());
        assertEquals(840, image.getHeight());
    }

    private static Map<Party, PartyFigures> figures(final Object... partiesAndRates) {
        final Map<Party, PartyFigures> figures = new EnumMap<>(Party.class);
        for (int i = 0; i < partiesAndRates.length; i += 2) {
            figures.put((Party) partiesAndRates[i],
                new PartyFigures(List.of(round((Double) partiesAndRates[i + 1], 0, 0)), "", ""));
        }
        return figures;
    }

    private static RoundFigures round(final double rate, final double besideRate, final long leadRetries) {
        return new RoundFigures(rate, besideRate, 1000, 1000, leadRetries, 0, 1, 30);
    }
}
