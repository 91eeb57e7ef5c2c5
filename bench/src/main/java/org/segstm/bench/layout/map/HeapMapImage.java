package org.segstm.bench.layout.map;

import org.segstm.bench.tool.BenchException;
import org.segstm.bridge.Platform;
import org.segstm.heap.util.Units;

import javax.imageio.ImageIO;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/** A heap map as a picture: for each segment a band for old space, read markers and nursery. */
public final class HeapMapImage {
    private static final int MARGIN = 12;
    private static final int COLUMN_WIDTH = 10;
    private static final int OLD_HEIGHT = 22;
    private static final int MARKER_HEIGHT = 8;
    private static final int NURSERY_HEIGHT = 8;
    private static final int LINE_HEIGHT = 18;
    private static final int GAP = 3;
    private static final int FONT_SIZE = 12;
    private static final int LEAST_WIDTH = 900;
    private static final Color UNTOUCHED = new Color(0xE8E8E8);
    private static final Color SHARED = new Color(0x8FB8DE);
    private static final Color PRIVATE = new Color(0xC0392B);
    private static final Color MARKER = new Color(0xC9B458);
    private static final Color MARKED = new Color(0x1E8449);
    private static final Color NURSERY = new Color(0x7D3C98);
    private static final Color NURSERY_MEMORY = new Color(0xD2B4DE);

    private final HeapMap map;
    private final BufferedImage image;
    private final Graphics2D graphics;
    private int y = MARGIN;

    private HeapMapImage(final HeapMap map) {
        this.map = map;
        final int columns = map.rows().get(0).cells().size();
        final int segmentHeight =
            LINE_HEIGHT + OLD_HEIGHT + MARKER_HEIGHT + NURSERY_HEIGHT + GAP * (1 + 1 + 1) + MARGIN;
        image = new BufferedImage(Math.max(LEAST_WIDTH, columns * COLUMN_WIDTH + 2 * MARGIN),
            2 * MARGIN + 2 * LINE_HEIGHT + map.rows().size() * segmentHeight, BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    }

    /**
     * Draws a map into a file.
     *
     * @param map  of a heap.
     * @param file a PNG file.
     */
    public static void draw(final HeapMap map, final Path file) {
        System.setProperty("java.awt.headless", "true");
        final HeapMapImage drawing = new HeapMapImage(map);
        drawing.draw();
        drawing.graphics.dispose();
        try {
            if (!ImageIO.write(drawing.image, "png", file.toFile())) {
                throw new BenchException("this JVM cannot write PNG files");
            }
        } catch (final IOException e) {
            throw new BenchException("cannot write " + file + ": " + e);
        }
    }

    private void draw() {
        text("Old space used: " + Units.printBytes(map.usedBytes()) + ", a column is "
            + Units.printBytes(map.columnBytes()));
        legend();
        map.rows().forEach(this::draw);
    }

    private void legend() {
        int x = MARGIN;
        x = legend(x, UNTOUCHED, "untouched");
        x = legend(x, SHARED, "shared, touched");
        x = legend(x, PRIVATE, "private");
        x = legend(x, MARKER, "markers touched");
        x = legend(x, MARKED, "markers of this transaction");
        x = legend(x, NURSERY_MEMORY, "nursery, has memory");
        legend(x, NURSERY, "nursery, allocated");
        y += LINE_HEIGHT;
    }

    private int legend(final int x, final Color color, final String name) {
        graphics.setColor(color);
        graphics.fillRect(x, y + GAP, FONT_SIZE, FONT_SIZE);
        graphics.setColor(Color.BLACK);
        graphics.drawString(name, x + FONT_SIZE + GAP, y + FONT_SIZE + GAP - 1);
        return x + FONT_SIZE + 2 * GAP + graphics.getFontMetrics().stringWidth(name) + MARGIN;
    }

    private void text(final String line) {
        graphics.setColor(Color.BLACK);
        graphics.drawString(line, MARGIN, y + FONT_SIZE);
        y += LINE_HEIGHT;
    }

    private void draw(final MapRow row) {
        text(row.name() + ": " + row.state() + (row.isBase() ? ", " + row.seenPages() + " pages"
            : ", private pages " + row.privatePages() + ", touched " + row.seenPages() + ", granules read "
            + row.marks()));
        int x = MARGIN;
        for (final MapCell cell : row.cells()) {
            fill(x, OLD_HEIGHT, cell.isUntouched() ? UNTOUCHED : SHARED);
            final int height = (OLD_HEIGHT * cell.privatePages() + cell.pages() - 1) / cell.pages();
            graphics.setColor(PRIVATE);
            graphics.fillRect(x, y + OLD_HEIGHT - height, COLUMN_WIDTH - 1, height);
            x += COLUMN_WIDTH;
        }
        y += OLD_HEIGHT + GAP;
        if (!row.isBase()) {
            x = MARGIN;
            for (final MapCell cell : row.cells()) {
                fill(x, MARKER_HEIGHT, cell.marks() > 0 ? MARKED : cell.markerPages() > 0 ? MARKER : UNTOUCHED);
                x += COLUMN_WIDTH;
            }
            y += MARKER_HEIGHT + GAP;
            drawNursery(row);
        }
        y += MARGIN;
    }

    private void fill(final int x, final int height, final Color color) {
        graphics.setColor(color);
        graphics.fillRect(x, y, COLUMN_WIDTH - 1, height);
    }

    private void drawNursery(final MapRow row) {
        final int width = image.getWidth() - 2 * MARGIN;
        final long bytes = row.nurseryPages() * Platform.pageBytes();
        graphics.setColor(UNTOUCHED);
        graphics.fillRect(MARGIN, y, width, NURSERY_HEIGHT);
        graphics.setColor(NURSERY_MEMORY);
        graphics.fillRect(MARGIN, y, (int) ((long) width * row.nurseryTouched() / row.nurseryPages()), NURSERY_HEIGHT);
        graphics.setColor(NURSERY);
        graphics.fillRect(MARGIN, y, (int) ((width * row.nurseryUsedBytes() + bytes - 1) / bytes), NURSERY_HEIGHT);
        y += NURSERY_HEIGHT + GAP;
    }
}
