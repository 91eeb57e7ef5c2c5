package org.segstm.bench.soak;

import org.segstm.bridge.Platform;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** The figures of the whole process: live memory of the Java heap, and memory mappings. */
final class ProcessWatch {
    private static final long SLACK_BYTES = 4 << 20;
    private static final long SLACK_MAPPINGS = 64;
    private static final double BYTES_IN_MIB = 1 << 20;
    private final Gauge javaHeap = new Gauge("live memory of the Java heap", SLACK_BYTES);
    private final Gauge mappings = new Gauge("mappings of the process", SLACK_MAPPINGS);

    void look() {
        System.gc();
        javaHeap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        mappings.add(Platform.mappingCount());
    }

    List<Gauge> gauges() {
        return List.of(javaHeap, mappings);
    }

    String line() {
        return String.format(Locale.ROOT, "  process %6.1f live in the Java heap, %,d mappings",
            javaHeap.last() / BYTES_IN_MIB, mappings.last());
    }
}
