package org.segstm.bench.pauses;

import org.HdrHistogram.Histogram;
import org.segstm.bench.tool.BenchException;
import org.segstm.heap.CollectionEvent;
import org.segstm.heap.Mutator;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One thread changes the population while another asks for reshares and major collections. All pauses are recorded,
 * also those of collections that came by themselves; not those of the time in which the population was made.
 */
final class PauseMeasurement {
    private static final long BETWEEN_RESHARES_MS = 5;
    private static final long BETWEEN_MAJORS_MS = 20;
    private static final int PRECISION_DIGITS = 3;
    private static final long PATIENCE_MS = TimeUnit.MINUTES.toMillis(2);

    private final Population population;
    private final PauseRequest request;
    private final Map<CollectionEvent.Kind, Histogram> pauses = new EnumMap<>(CollectionEvent.Kind.class);
    private final Map<CollectionEvent.Phase, Histogram> majorPhases = new EnumMap<>(CollectionEvent.Phase.class);
    private volatile boolean recording;
    private volatile boolean ended;
    private volatile Throwable failure;
    private long liveBytes;

    PauseMeasurement(final Population population, final PauseRequest request) {
        this.population = population;
        this.request = request;
        for (final CollectionEvent.Kind kind : CollectionEvent.Kind.values()) {
            pauses.put(kind, new Histogram(PRECISION_DIGITS));
        }
        for (final CollectionEvent.Phase phase : CollectionEvent.Phase.values()) {
            majorPhases.put(phase, new Histogram(PRECISION_DIGITS));
        }
    }

    PauseResult run() {
        population.heap().addCollectionListener(this::record);
        final Thread changing = new Thread(this::change, "changing");
        try (Mutator mutator = population.heap().attachMutator("filling")) {
            population.fill(mutator);
            population.heap().collectMajor();
        }
        recording = true;
        changing.start();
        try {
            for (int i = 0; i < request.reshares() && failure == null; i++) {
                Thread.sleep(BETWEEN_RESHARES_MS);
                population.heap().reshare();
            }
            for (int i = 0; i < request.majors() && failure == null; i++) {
                Thread.sleep(BETWEEN_MAJORS_MS);
                population.heap().collectMajor();
            }
            ended = true;
            changing.join(PATIENCE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        } finally {
            ended = true;
        }
        if (failure != null) {
            throw new BenchException("the changing thread failed: " + failure);
        }
        synchronized (this) {
            return new PauseResult(pauses, majorPhases, liveBytes, population.heap().context().toString());
        }
    }

    private void change() {
        try (Mutator mutator = population.heap().attachMutator("changing")) {
            while (!ended) {
                population.replaceSome(mutator);
            }
            recording = false;
            population.check(mutator);
        } catch (final RuntimeException | Error e) {
            failure = e;
        }
    }

    private void record(final CollectionEvent event) {
        if (recording) {
            synchronized (this) {
                pauses.get(event.kind()).recordValue(event.pauseNanos());
                if (event.kind() == CollectionEvent.Kind.MAJOR) {
                    liveBytes = event.liveBytes();
                    majorPhases.forEach((phase, histogram) -> histogram.recordValue(event.phaseNanos(phase)));
                }
            }
        }
    }
}
