package org.segstm.gc.mappings;

import org.segstm.bridge.NativeCallException;
import org.segstm.bridge.Platform;
import org.segstm.bridge.Reservation;
import org.segstm.gc.protocol.Stage;
import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.Mutator;
import org.segstm.heap.OutOfMappingsException;
import org.segstm.heap.PageSharing;

import java.util.Random;
import java.util.concurrent.CountDownLatch;

/**
 * A program of its own, as it may end its JVM: something that is not the heap takes mappings until the process may have
 * few or no more, while mutators write pages all over the heap.
 */
final class ScarceMappings implements AutoCloseable {
    static final String WELL = "the heap and its JVM are well";
    private static final int MANY_PAGES = 6_000;
    private static final int FEW_PAGES = 500;
    private static final int ELEMENTS_IN_PAGE = 512;
    private static final int ELEMENT = 7;
    private static final int ROUNDS = 600;
    private static final int WRITES_IN_ROUND = 10;
    private static final int THREADS = 50;
    private static final long OUTSIDE_PAGES = 1 << 18;
    private static final long SEED = 42;

    private final Stage t;
    private final Mutator[] mutators;
    private final long array;
    private final long[] expected;
    private final Random random = new Random(SEED);
    private final Reservation outside;
    private long outsidePage = 1;
    private boolean rehearsing;

    private ScarceMappings(final PageSharing sharing, final int pages) {
        expected = new long[pages];
        t = new Stage(Stage.context(sharing).heapBytes(64 << 20).privateBudgetBytes(1 << 30));
        mutators = new Mutator[] {t.a, t.b, t.c};
        array = t.committed(t.a, m -> m.allocate(t.array, (long) pages * ELEMENTS_IN_PAGE));
        t.attach(mutators);
        outside = Reservation.reserve(OUTSIDE_PAGES * Platform.pageBytes(), Platform.pageBytes());
    }

    /**
     * Plays.
     *
     * @param arguments the strategy of page sharing, and how many mappings others leave; 0 for a play in which there
     *                  are none in the end.
     */
    public static void main(final String[] arguments) throws InterruptedException {
        final PageSharing sharing = PageSharing.valueOf(arguments[0]);
        final long left = Long.parseLong(arguments[1]);
        if (left == 0) {
            rehearse(sharing);
        }
        try (ScarceMappings play = new ScarceMappings(sharing, left == 0 ? FEW_PAGES : MANY_PAGES)) {
            if (left == 0) {
                play.goOnWithNone();
            } else {
                play.goOnWithFew(left);
            }
        }
        System.out.println(WELL);
    }

    /** The same with room: what the JVM needs for the play is there afterwards. */
    private static void rehearse(final PageSharing sharing) {
        require(new OutOfMappingsException(1, 2, 3, null).allowedMappings() == 2, "loaded");
        try (ScarceMappings rehearsal = new ScarceMappings(sharing, FEW_PAGES)) {
            rehearsal.rehearsing = true;
            rehearsal.goOnWithNone();
        }
    }

    private void goOnWithFew(final long left) throws InterruptedException {
        final long taken = Platform.maxMapCount() - left - Platform.mappingCount();
        for (long i = 0; i < taken; i += 2) {
            takeTwo();
        }
        for (int round = 0; round < ROUNDS; round++) {
            final Mutator m = t.begin(mutators[random.nextInt(mutators.length)]);
            for (int i = 0; i < WRITES_IN_ROUND; i++) {
                write(m, random.nextInt(expected.length));
            }
            t.commit(m);
        }
        startThreads();
        checkAll();
        t.reshare();
        require(t.heap.privateRuns() == 0, "all is shared");
        checkAll();
        letGo();
    }

    private void goOnWithNone() {
        writeScattered(0, 200);
        takeAll();
        // The first refusal is what the heap has a reserve for.
        t.begin(t.a);
        write(t.a, 300);
        t.commit(t.a);
        takeAll();
        requireRefusal(t.c, () -> t.begin(t.c), "the view of C cannot follow without new private pages");
        requireRefusal(t.b, () -> t.begin(t.b), "nor can that of B");
        final long privateRuns = t.heap.privateRuns();
        t.reshare();
        require(rehearsing || t.heap.privateRuns() == privateRuns, "nothing can be shared either");
        checkAll();
        t.begin(t.c);
        requireRefusal(t.c, () -> write(t.c, FEW_PAGES - 1), "a new private page needs a mapping");
        expected[FEW_PAGES - 1] = 0;
        checkAll();
        letGo();
        checkAll();
        writeScattered(201, FEW_PAGES);
        checkAll();
        t.reshare();
        require(t.heap.privateRuns() == 0, "all is shared again");
        HeapVerifier.verify(t.heap);
    }

    private void writeScattered(final int from, final int end) {
        for (int page = from; page < end; page += 2) {
            final Mutator m = t.begin(mutators[page / 2 % 2]);
            write(m, page);
            t.commit(m);
        }
    }

    private void write(final Mutator m, final int page) {
        final long value = 2L * random.nextInt() + 1;
        m.putRefAt(array, (long) page * ELEMENTS_IN_PAGE + ELEMENT, value);
        expected[page] = value;
    }

    private void checkAll() {
        for (final Mutator m : mutators) {
            t.begin(m);
            for (int page = 0; page < expected.length; page++) {
                final long value = m.getRefAt(array, (long) page * ELEMENTS_IN_PAGE + ELEMENT);
                require(value == expected[page], "all see what was committed");
            }
            t.commit(m);
        }
    }

    /** What needs the JVM to map a lot: stacks, and memory for what they allocate. */
    private static void startThreads() throws InterruptedException {
        final CountDownLatch end = new CountDownLatch(1);
        final Thread[] threads = new Thread[THREADS];
        for (int i = 0; i < THREADS; i++) {
            threads[i] = new Thread(() -> {
                try {
                    end.await();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            threads[i].start();
        }
        end.countDown();
        for (final Thread thread : threads) {
            thread.join();
        }
    }

    private void takeTwo() {
        outside.mapAnonymous(outsidePage * Platform.pageBytes(), Platform.pageBytes());
        outsidePage += 2;
    }

    /** The kernel refuses to split a mapping in three before it refuses to split one in two. */
    private void takeAll() {
        final long pageBytes = Platform.pageBytes();
        final long end = (OUTSIDE_PAGES - 1) * pageBytes;
        outside.unmap(end, pageBytes);
        while (!refuses(this::takeTwo) && !rehearsing) {
            require(outsidePage < OUTSIDE_PAGES - 2, "the system refuses some day");
        }
        if (!refuses(() -> outside.mapAnonymous(end, pageBytes)) && !rehearsing) {
            require(refuses(this::takeTwo), "the system refuses all");
        }
    }

    private void letGo() {
        outside.close();
    }

    private static boolean refuses(final Runnable call) {
        try {
            call.run();
            return false;
        } catch (final NativeCallException e) {
            return true;
        }
    }

    private void requireRefusal(final Mutator m, final Runnable call, final String what) {
        try {
            call.run();
            require(rehearsing, what);
        } catch (final OutOfMappingsException e) {
            require(e.processMappings() >= e.allowedMappings(), "the message is true");
        }
        if (m.inTransaction()) {
            t.abort(m);
        }
    }

    private static void require(final boolean right, final String what) {
        if (!right) {
            throw new AssertionError("not so: " + what + ", seed=" + SEED);
        }
    }

    @Override
    public void close() {
        t.close();
        outside.close();
    }
}
