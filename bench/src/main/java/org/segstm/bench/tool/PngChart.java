package org.segstm.bench.tool;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.IChart;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes charts as one picture, without a display. */
public final class PngChart {
    private PngChart() {
    }

    /**
     * Writes charts, one below the other.
     *
     * @param charts to draw.
     * @param file   to write, in PNG.
     * @throws BenchException when the file cannot be written, or this Java has no fonts.
     */
    public static void write(final List<? extends IChart> charts, final Path file) {
        System.setProperty("java.awt.headless", "true");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            BitmapEncoder.saveBitmap(charts, charts.size(), 1, out, BitmapEncoder.BitmapFormat.PNG);
        } catch (final IOException e) {
            throw new BenchException("cannot write " + file + ": " + e);
        } catch (final LinkageError | InternalError e) {
            throw new BenchException("cannot draw " + file + ": this Java has no fonts or no graphics: " + e);
        }
    }
}
