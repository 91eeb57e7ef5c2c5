package org.segstm.bench.lee;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.segstm.bench.lee.grid.GridKind;
import org.segstm.bench.lee.grid.GridSession;
import org.segstm.bench.tool.BenchException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class BoardTest {
    @Test
    void shouldReadPadsAndRoutesWhenAFileIsRight(@TempDir final Path folder) throws IOException {
        final Board board = read(folder, "# text\nB 5 3\n\nP 4 2\nJ 0 0 4 0\nJ 1 1 1 2\nE\nanything");
        assertEquals("board (5 x 3, 2 routes)", board.toString());
        assertEquals(List.of(new Route(2, 1, 1, 1, 2), new Route(1, 0, 0, 4, 0)), board.routes());
        final int[] cells = board.emptyCells();
        assertEquals(2 * 7 * 5, cells.length);
        assertEquals(Board.BLOCKED, cells[board.cell(4, 2)]);
        assertEquals(Board.BLOCKED, cells[board.cell(4, 2) + board.layerCells()]);
        assertEquals(Board.BLOCKED, cells[board.cell(1, 1)]);
        assertEquals(Board.BLOCKED, cells[board.cell(-1, 1)]);
        assertEquals(Board.FREE, cells[board.cell(2, 1)]);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "P 1 1 | board, line 1: B comes first: P 1 1",
        "B 5 | board, line 1: B has 2 numbers: B 5",
        "B 5 0 | board, line 1: a board has from 1 to 10000 columns and rows: B 5 0",
        "B 5 5;P 1 x | board, line 2: not a number: P 1 x",
        "B 5 5;P 1 5 | board, line 2: outside of the board: P 1 5",
        "B 5 5;J 1 2 3 | board, line 2: J has 4 numbers: J 1 2 3",
        "B 5 5;J 1 2 3 -4 | board, line 2: not a number: J 1 2 3 -4",
        "B 5 5;Q | board, line 2: not B, P, J or E: Q",
        "# nothing | board, line 1: there is no B",
    })
    void shouldNameTheLineWhenAFileIsWrong(final String lines, final String message, @TempDir final Path folder) {
        assertEquals(message,
            assertThrows(BenchException.class, () -> read(folder, lines.replace(';', '\n'))).getMessage());
    }

    @Test
    void shouldFindAShortestWayWhenCellsAreTaken() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int run = 0; run < 200; run++) {
            final Board board = new Board("random", 12, 9, 1 + random.nextInt(3), List.of(), List.of(
                new Route(1, random.nextInt(12), random.nextInt(9), random.nextInt(12), random.nextInt(9))));
            final int[] cells = board.emptyCells();
            for (int i = 0; i < cells.length; i++) {
                if (cells[i] == Board.FREE && random.nextInt(3) == 0) {
                    cells[i] = 2;
                }
            }
            final Route route = board.routes().get(0);
            final Wave wave = new Wave(board);
            final boolean found = wave.find(route, GridKind.SEQUENTIAL.newGrid(cells).newSession("test"));
            final int shortest = Shortest.cells(board, cells, route);
            assertEquals(shortest >= 0, found, "seed " + seed + ", run " + run);
            if (found) {
                assertEquals(shortest, wave.way().length, "seed " + seed + ", run " + run);
                final LaidBoard laid = new LaidBoard(board);
                laid.laid(0, wave.way());
                final int[] expected = board.emptyCells();
                for (final int cell : wave.way()) {
                    assertEquals(Board.FREE, cells[cell]);
                    expected[cell] = 1;
                }
                assertEquals("", laid.check(expected), "seed " + seed + ", run " + run);
            }
        }
    }

    @Test
    void shouldNumberAnewWhenAWaveWasCutOff() {
        final Board board = new Board("cut", 90, 90, 2, List.of(), List.of(new Route(1, 0, 0, 89, 89)));
        final GridSession session = GridKind.SEQUENTIAL.newGrid(board.emptyCells()).newSession("test");
        final Wave wave = new Wave(board);
        assertThrows(IllegalStateException.class, () -> wave.find(board.routes().get(0), new CutSession(session)));
        assertTrue(wave.find(board.routes().get(0), session));
        assertEquals(177, wave.way().length);
    }

    @Test
    void shouldSayWhatIsWrongWhenABoardIsLaidWrongly(@TempDir final Path folder) throws IOException {
        final Board board = read(folder, "B 4 3\nJ 0 0 3 0\nJ 0 2 3 2");
        final int[] above = {board.cell(2, 0), board.cell(1, 0)};
        final int[] below = {board.cell(2, 2), board.cell(1, 2)};
        assertEquals("", check(board, above, below, above, below));
        assertEquals("route 2 is not laid", check(board, above, null, above, new int[0]));
        final int[] crossing = {board.cell(2, 2), board.cell(2, 1), board.cell(2, 0), board.cell(1, 0),
            board.cell(1, 1), board.cell(1, 2)};
        assertEquals("route 2 lies over 1 in cell " + board.cell(2, 0), check(board, above, crossing, above, crossing));
        assertEquals("route 2 does not connect its pads",
            check(board, above, new int[] {board.cell(2, 2)}, above, new int[] {board.cell(2, 2)}));
        assertEquals("route 1 does not connect its pads", check(board, new int[0], below, new int[0], below));
        assertEquals("cell " + board.cell(1, 2) + " holds 0 and should hold 2",
            check(board, above, below, above, new int[] {board.cell(2, 2)}));
        assertEquals("cell " + board.cell(1, 1) + " holds 2 and should hold 0",
            check(board, above, below, above, new int[] {board.cell(2, 2), board.cell(1, 2), board.cell(1, 1)}));
    }

    @Test
    void shouldCarryBoardsOfItsOwn() {
        for (final String name : BoardReader.OWN_BOARDS) {
            final Board board = BoardReader.read(name, 2);
            assertTrue(board.routes().size() >= 40, name);
            assertFalse(board.routes().stream().anyMatch(route -> route.distance() == 0), name);
        }
    }

    @Test
    void shouldLaySequentiallyTheSameEachTime() {
        final Board board = BoardReader.read("comb", 4);
        assertArrayEquals(lay(board), lay(board));
    }

    private static int[] lay(final Board board) {
        final GridSession session = GridKind.SEQUENTIAL.newGrid(board.emptyCells()).newSession("test");
        final Wave wave = new Wave(board);
        for (final Route route : board.routes()) {
            assertTrue(wave.find(route, session));
            for (final int cell : wave.way()) {
                session.set(cell, route.id());
            }
        }
        final int[] cells = new int[board.cells()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = session.get(i);
        }
        return cells;
    }

    private static String check(
        final Board board, final int[] way1, final int[] way2, final int[] cells1, final int[] cells2) {
        final LaidBoard laid = new LaidBoard(board);
        laid.laid(0, way1);
        laid.laid(1, way2);
        final int[] cells = board.emptyCells();
        for (final int cell : cells1) {
            cells[cell] = 1;
        }
        for (final int cell : cells2) {
            cells[cell] = 2;
        }
        return laid.check(cells);
    }

    private static Board read(final Path folder, final String text) throws IOException {
        final Path file = Files.writeString(folder.resolve("board.txt"), text);
        return BoardReader.read(file.toString(), 2);
    }

    /** Ends a long wave as an abort would. */
    private static final class CutSession extends GridSession {
        private final GridSession session;

        CutSession(final GridSession session) {
            this.session = session;
        }

        @Override
        public Runnable atomic(final Runnable body) {
            return body;
        }

        @Override
        public Runnable glance(final Runnable body) {
            return body;
        }

        @Override
        public int get(final int cell) {
            return session.get(cell);
        }

        @Override
        public void set(final int cell, final int value) {
            session.set(cell, value);
        }

        @Override
        public void poll() {
            throw new IllegalStateException("cut");
        }
    }
}
