package org.segstm.bench;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segstm.bench.layout.LayoutDimension;
import org.segstm.bench.layout.LayoutFigure;
import org.segstm.bench.layout.LayoutWorkload;

import javax.imageio.ImageIO;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Tiny runs; the heaps are in checked mode, like this JVM's. */
@Timeout(300)
class LayoutCommandTest {
    private static final String SECONDS = "0.05";

    @Test
    void shouldMeasureAllCombinationsWhenTheProductIsAskedFor(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run = layout("--product", "strategy=private-cow,mmap-fixed", "segments=1,3", "heap=64m",
            "cells=1k", "--workloads", "dense", "--json", file.toString(), "--charts", folder.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        final List<Map<String, String>> figures = JsonFigures.read(file);
        assertEquals(List.of("private-cow 1", "private-cow 3", "mmap-fixed 1", "mmap-fixed 3"),
            figures.stream().map(f -> f.get("strategy") + " " + f.get("segments")).toList());
        for (final Map<String, String> figure : figures) {
            assertEquals("dense 64m 2 true", String.join(" ", figure.get("workload"), figure.get("heap"),
                figure.get("threads"), figure.get("check")));
            assertTrue(Double.parseDouble(figure.get(LayoutFigure.OPS.id())) > 0, figure.toString());
            assertTrue(Double.parseDouble(figure.get(LayoutFigure.RESHARE_MS.id())) > 0, figure.toString());
        }
        assertTrue(run.out().contains("strategy-segments, dense"), run.out());
        assertTrue(run.out().contains("machine "), run.out());
        assertTrue(run.out().contains("commit "), run.out());
        assertSeveralColours(folder.resolve("layout-strategy-segments.png"));
    }

    @Test
    void shouldCountWhatEachUpdateMakesPrivateWhenTheUnitGrows(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("figures.json");
        final Commands run = layout("unit=4k,64k", "heap=64m", "cells=20k", "threads=1",
            "--workloads", "w1", "--json", file.toString());
        assertEquals(0, run.status(), run.out() + run.err());
        final List<Map<String, String>> figures = JsonFigures.read(file);
        final List<Double> units =
            figures.stream().map(f -> Double.parseDouble(f.get(LayoutFigure.PRIVATE_UNITS.id()))).toList();
        assertTrue(units.get(0) > 16, units.toString());
        assertTrue(units.get(1) < units.get(0) / 2, units.toString());
        assertFalse(run.out().contains("segments,"), run.out());
    }

    @Test
    void shouldDrawTheSegmentsOfARunningProgram(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("map.png");
        final Commands run = layout("--map", "--maps", "2", "--columns", "40", "--image", file.toString(),
            "segments=3", "threads=2", "heap=64m", "cells=20k", "--workloads", "dense");
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        assertEquals(2, run.out().lines().filter(line -> line.startsWith("segment 3:")).count(), run.out());
        assertTrue(run.out().contains("busy thread 1"), run.out());
        assertTrue(run.out().lines().anyMatch(line -> line.matches("  old space  [.s1-9#]{1,40}  .*private pages.*")),
            run.out());
        assertSeveralColours(file);
    }

    @Test
    void shouldDrawTheSegmentsOfADuhtonProgram(@TempDir final Path folder) throws IOException {
        final Path program = folder.resolve("list.duh");
        Files.writeString(program, "(setq cell (container 0))\n(while (< (get cell) 100000000)"
            + " (set cell (+ (get cell) 1)))\n");
        final Commands run = layout("--map", "--program", program.toString(), "segments=2", "heap=64m");
        assertEquals("", run.err());
        assertEquals(0, run.status(), run.out());
        assertTrue(run.out().contains("segment 1: main"), run.out());
    }

    @Tag("slow")
    @Test
    void shouldKeepAllWorkloadsRightUnderEachStrategy() {
        final Commands run = layout("--product", "strategy", "marker=16,128", "heap=256m", "idle=3",
            "segments=4", "cells=2k", "--workloads", String.join(",", LayoutWorkload.ids()));
        assertEquals(0, run.status(), run.out() + run.err());
        assertFalse(run.out().contains("FAILED"), run.out());
    }

    @Test
    void shouldListDimensionsWhenAskedForHelp() {
        final String help = Commands.run("layout", "--help").out();
        for (final LayoutDimension dimension : LayoutDimension.values()) {
            assertTrue(help.contains("\n  " + dimension.id() + " "), help);
            assertTrue(help.contains(dimension.sweep().get(0)), help);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "nonsense=1 | no such dimension (one of strategy, unit, ",
        "unit=4k, | a value is missing: unit=4k,",
        "unit=4k unit=8k | given twice: unit",
        "unit=3k --quick | privatization unit must be a power of two from the page size (4096) to 2m: unitBytes=3072",
        "marker=256 --quick | a read marker must stand for 16, 32, 64 or 128 bytes: segstm.marker.bytes=256",
        "threads=0 --quick | threads must be from 1 to 1024: segstm.layout.threads=0",
        "strategy=cow --quick | unknown PageSharing",
        "--workloads nope | no such workload (one of w1, dense, ",
        "--seconds 0 | --seconds must be above 0 and at most 3600: 0.0",
        "--repeat 0 | --repeat must be from 1 to 100: 0",
        "--map --product | --map goes without --product, --charts, --json and --repeat",
        "--map unit=4k,8k | a map is drawn at one point: unit=VALUE",
        "--map --maps 0 | --maps must be from 1 to 1000: 0",
        "--map segments=65 --quick | segments must be from 1 to 64: segments=65",
        "--columns 3 | Missing required argument",
    })
    void shouldFailWithUsageWhenArgumentsAreWrong(final String options, final String message) {
        final Commands wrong = Commands.run(("layout " + options).split(" "));
        assertEquals(2, wrong.status());
        assertTrue(wrong.err().contains(message), wrong.err());
        assertEquals("", wrong.out());
    }

    private static void assertSeveralColours(final Path file) throws IOException {
        final BufferedImage image = ImageIO.read(file.toFile());
        final Set<Integer> colours = new HashSet<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertTrue(colours.size() > 5, file + " has colours: " + colours.size());
    }

    private static Commands layout(final String... options) {
        final List<String> arguments = new ArrayList<>(List.of("layout"));
        arguments.addAll(List.of(options));
        if (!arguments.contains("--map")) {
            arguments.addAll(List.of("--seconds", SECONDS, "--warm-up", SECONDS));
        } else {
            arguments.addAll(List.of("--seconds", "0.5"));
        }
        return Commands.run(arguments.toArray(String[]::new));
    }
}
