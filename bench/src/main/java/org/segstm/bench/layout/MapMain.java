package org.segstm.bench.layout;

import org.segstm.bench.layout.map.HeapMap;
import org.segstm.bench.layout.map.HeapMapImage;
import org.segstm.bench.layout.map.HeapMapText;
import org.segstm.bench.tool.BenchException;
import org.segstm.bench.tool.ChildResult;
import org.segstm.duhton.interp.DuhtonThread;
import org.segstm.duhton.transaction.Program;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a program in a JVM of its own, whose system properties configure the heap, and draws its segments. */
public final class MapMain {
    private static final String DUHTON = ".duh";
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private final MapRequest request;

    private MapMain(final MapRequest request) {
        this.request = request;
    }

    /**
     * Runs and draws.
     *
     * @param arguments of a {@link MapRequest}.
     */
    public static void main(final String[] arguments) {
        final MapMain main = new MapMain(MapRequest.parse(arguments));
        try {
            main.draw(Settings.threads());
        } catch (final IllegalArgumentException e) {
            System.out.print(ChildResult.printWrongSetting(e.getMessage()));
        } catch (final ExceptionInInitializerError e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw e;
            }
            System.out.print(ChildResult.printWrongSetting(e.getCause().getMessage()));
        }
    }

    private void draw(final int threads) {
        if (request.program().endsWith(DUHTON)) {
            drawDuhton(threads);
        } else {
            drawWorkload(LayoutWorkload.of(request.program()), threads);
        }
    }

    private void drawWorkload(final LayoutWorkload workload, final int threads) {
        final long[] cells = LayoutHeap.newCells(Settings.cells(workload));
        LayoutHeap.HEAP.reshare();
        try (LayoutThreads busy = new LayoutThreads(workload, cells, threads)) {
            final Thread observer = new Thread(this::drawMaps, "observer");
            observer.start();
            busy.runRound(request.nanos());
            join(observer);
        }
    }

    private void drawDuhton(final int threads) {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final String text = source();
        final Thread program = new Thread(null, () -> runDuhton(text, threads, failure), "duhton",
            DuhtonThread.STACK_BYTES);
        program.setDaemon(true);
        program.start();
        awaitMutator(program);
        drawMaps();
        if (failure.get() != null) {
            throw new BenchException(request.program() + " failed: " + failure.get().getMessage());
        }
    }

    /** A JVM that starts on a busy machine may take longer than the time until the first map. */
    private static void awaitMutator(final Thread program) {
        while (program.isAlive() && LayoutHeap.HEAP.statistics().mutators().isEmpty()) {
            sleep(LOOK_AGAIN_NS);
        }
    }

    private static void sleep(final long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
        } catch (final InterruptedException e) {
            throw new BenchException("interrupted");
        }
    }

    private static void runDuhton(final String text, final int threads, final AtomicReference<Throwable> failure) {
        try (Program program =
                 new Program(LayoutHeap.HEAP, threads, threads, OutputStream.nullOutputStream())) {
            program.run(text, 1, false);
        } catch (final RuntimeException e) {
            failure.set(e);
        }
    }

    private String source() {
        try {
            return Files.readString(Path.of(request.program()), StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            throw new BenchException("cannot read " + request.program() + ": " + e);
        }
    }

    private void drawMaps() {
        for (int i = 1; i <= request.maps(); i++) {
            sleep(request.nanos() / (request.maps() + 1));
            final HeapMap map = HeapMap.of(LayoutHeap.HEAP, request.columns());
            System.out.print(MapRequest.NEXT_MAP + "\n" + HeapMapText.draw(map));
            System.out.flush();
            if (i == request.maps() && !request.image().isEmpty()) {
                HeapMapImage.draw(map, Path.of(request.image()));
            }
        }
    }

    private static void join(final Thread thread) {
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new BenchException("interrupted");
        }
    }
}
