package org.segstm.bench.soak;

import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.CollectionEvent;
import org.segstm.heap.HeapStatistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** The figures of one program's heap, taken right after a major collection. */
final class HeapWatch {
    private static final long SLACK_BYTES = 4 << 20;
    private static final long HANG_NS = TimeUnit.MINUTES.toNanos(1);
    private static final double BYTES_IN_MIB = 1 << 20;
    private static final String ROW = "  %-7s %6.1f live %6.1f used %6.1f file %5.1f private %5.1f log"
        + " %,11d rounds %,9d minor %,7d reshare %,7d major";
    private final SoakProgram program;
    private final List<Gauge> gauges = new ArrayList<>();
    private final Gauge live;
    private final Gauge used;
    private final Gauge file;
    private final Gauge log;
    private final AtomicLongArray collections = new AtomicLongArray(CollectionEvent.Kind.values().length);
    private volatile long liveBytes;
    private long roundsBefore;
    private long lastRoundNanos = System.nanoTime();

    HeapWatch(final SoakProgram program) {
        this.program = program;
        live = newGauge("live memory");
        used = newGauge("used memory");
        file = newGauge("memory of the file");
        log = newGauge("commit log memory");
        program.heap().addCollectionListener(this::collected);
    }

    private Gauge newGauge(final String what) {
        final Gauge gauge = new Gauge(program.name() + ": " + what, SLACK_BYTES);
        gauges.add(gauge);
        return gauge;
    }

    private void collected(final CollectionEvent event) {
        collections.incrementAndGet(event.kind().ordinal());
        if (event.kind() == CollectionEvent.Kind.MAJOR) {
            liveBytes = event.liveBytes();
        }
    }

    /**
     * Verifies, collects, verifies again, notes the figures.
     *
     * @return what is wrong with the program, or null.
     */
    String look() {
        if (program.failure() != null) {
            return program.name() + " failed: " + program.failure();
        }
        if (program.rounds() != roundsBefore) {
            roundsBefore = program.rounds();
            lastRoundNanos = System.nanoTime();
        } else if (System.nanoTime() - lastRoundNanos > HANG_NS) {
            return program.name() + " hangs: no round for a minute";
        }
        HeapVerifier.verify(program.heap());
        program.heap().collectMajor();
        HeapVerifier.verify(program.heap());
        final HeapStatistics figures = program.heap().statistics();
        live.add(liveBytes);
        used.add(figures.usedBytes());
        file.add(figures.fileBytes());
        log.add(figures.logBytes());
        return null;
    }

    List<Gauge> gauges() {
        return gauges;
    }

    /** A line for people, in MiB. */
    String line() {
        return String.format(Locale.ROOT, ROW, program.name(), live.last() / BYTES_IN_MIB, used.last() / BYTES_IN_MIB,
            file.last() / BYTES_IN_MIB, program.heap().statistics().privateBytes() / BYTES_IN_MIB,
            log.last() / BYTES_IN_MIB, program.rounds(), count(CollectionEvent.Kind.MINOR),
            count(CollectionEvent.Kind.RESHARE), count(CollectionEvent.Kind.MAJOR));
    }

    private long count(final CollectionEvent.Kind kind) {
        return collections.get(kind.ordinal());
    }
}
