package org.segstm.gc.protocol;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.segstm.bridge.Platform;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Units of all sizes, and strategies that need mappings with few of them. */
class PrivatizationUnitTest {
    private static final long MAPPINGS = 64;
    private static final int PAGES = 6_000;
    private static final int ELEMENTS_IN_PAGE = 512;

    static Stream<Arguments> sharingsAndUnits() {
        return Arrays.stream(PageSharing.values()).flatMap(sharing ->
            Stream.of(4L << 10, 16L << 10, 64L << 10, 2L << 20).map(unit -> Arguments.of(sharing, unit)));
    }

    @ParameterizedTest
    @MethodSource("sharingsAndUnits")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldKeepViewsApartWhenUnitIs(final PageSharing sharing, final long unitBytes) {
        try (Stage t = new Stage(Stage.context(sharing).unitBytes(unitBytes))) {
            final long head = t.committedCell(0);
            final long array = t.committed(t.a, m -> m.allocate(t.array, 100_000));
            t.attach(t.a, t.b, t.c);
            t.begin(t.a);
            for (int i = 0; i < 100_000; i += 1000) {
                t.a.putRefAt(array, i, t.newCell(t.a, i, 0));
            }
            t.a.collectNursery();
            t.begin(t.b);
            for (int i = 500; i < 100_000; i += 1000) {
                t.b.putRefAt(array, i, t.newCell(t.b, i, 0));
            }
            t.put(t.b, head, 5);
            t.on(t.a);
            for (int i = 100; i < 100_000; i += 1000) {
                t.a.putRefAt(array, i, t.newCell(t.a, i, 0));
                assertEquals(0, t.a.getRefAt(array, i + 300));
            }
            assertTrue(t.tryCommit(t.a));
            t.reshare();
            t.commit(t.b);
            for (final Mutator m : new Mutator[] {t.c, t.a, t.b}) {
                t.begin(m);
                for (int i = 0; i < 100_000; i += 1000) {
                    assertEquals(i, t.get(m, m.getRefAt(array, i)));
                    assertEquals(i + 100, t.get(m, m.getRefAt(array, i + 100)));
                    assertEquals(i + 500, t.get(m, m.getRefAt(array, i + 500)));
                    assertEquals(0, m.getRefAt(array, i + 999));
                }
                assertEquals(5, t.get(m, head));
                t.commit(m);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = PageSharing.class, names = {"MMAP_FIXED", "REMAP_FILE_PAGES"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldStayWithinBudgetWhenThousandsOfScatteredPagesAreWritten(final PageSharing sharing) {
        final HeapContext context = Stage.context(sharing).heapBytes(64 << 20).maximumMappings(MAPPINGS);
        try (Stage t = new Stage(context)) {
            final long array = t.committed(t.a, m -> m.allocate(t.array, (long) PAGES * ELEMENTS_IN_PAGE));
            t.attach(t.a, t.b, t.c);
            final long before = Platform.mappingCount();
            final long[] expected = new long[PAGES];
            final Random random = new Random(42);
            final Mutator[] writers = {t.a, t.b, t.c};
            for (int round = 0; round < 600; round++) {
                final Mutator m = t.begin(writers[random.nextInt(writers.length)]);
                for (int i = 0; i < 10; i++) {
                    final int page = random.nextInt(PAGES / 2) * 2;
                    expected[page] = 2 * random.nextInt() + 1L;
                    m.putRefAt(array, (long) page * ELEMENTS_IN_PAGE + 7, expected[page]);
                }
                t.commit(m);
            }
            final long added = Platform.mappingCount() - before;
            assertTrue(added <= 2 * MAPPINGS, () -> "mappings added: " + added);
            for (final Mutator m : writers) {
                t.begin(m);
                for (int page = 0; page < PAGES; page++) {
                    assertEquals(expected[page], m.getRefAt(array, (long) page * ELEMENTS_IN_PAGE + 7));
                }
                t.commit(m);
            }
            t.reshare();
            assertEquals(0, t.heap.privateRuns());
            assertEquals(0, t.heap.statistics().privateBytes());
            final long left = Platform.mappingCount() - before;
            assertTrue(left <= 8, () -> "mappings left after the reshare: " + left);
            t.begin(t.c);
            for (int page = 0; page < PAGES; page++) {
                assertEquals(expected[page], t.c.getRefAt(array, (long) page * ELEMENTS_IN_PAGE + 7));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PageSharing.class)
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldCountPrivateRunsWhenUnitsBecomePrivateAndShared(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long array = t.committed(t.a, m -> m.allocate(t.array, 20L * ELEMENTS_IN_PAGE));
            t.attach(t.a, t.b);
            t.reshare();
            final long runs = t.heap.privateRuns();
            final int[] pages = {4, 8, 6, 5, 7};
            final int[] runsAfter = {1, 2, 3, 2, 1};
            for (int i = 0; i < pages.length; i++) {
                t.begin(t.a).putRefAt(array, (long) pages[i] * ELEMENTS_IN_PAGE, 2L * i + 1);
                t.commit(t.a);
                assertEquals(runs + runsAfter[i], t.heap.privateRuns());
            }
            assertEquals(5 * Platform.pageBytes(), t.heap.statistics().privateBytes());
            t.begin(t.a).putRefAt(array, 6L * ELEMENTS_IN_PAGE, 99);
            t.reshare();
            assertEquals(1, t.heap.privateRuns());
            t.commit(t.a);
            t.reshare();
            assertEquals(0, t.heap.privateRuns());
        }
    }
}
