package org.segstm.bench.survive;

import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;

/** Measures in a JVM of its own, whose flags and system properties configure the heap, and prints the result. */
public final class SurviveMain {
    private SurviveMain() {
    }

    /**
     * Measures once.
     *
     * @param arguments of a {@link SurviveRequest}.
     */
    public static void main(final String[] arguments) {
        System.out.print(measure(SurviveRequest.parse(arguments), new HeapContext()).print());
    }

    static SurviveResult measure(final SurviveRequest request, final HeapContext context) {
        if (request.kind() == Survivors.Kind.JAVA) {
            return new SurviveMeasurement(request, name -> new JavaSurvivors()).run(Runtime.getRuntime().maxMemory());
        }
        try (SegmentHeap heap = SegmentHeap.open(context)) {
            final SurvivorLayouts layouts = SurvivorLayouts.of(heap);
            return new SurviveMeasurement(request, name -> new SegmentSurvivors(layouts, heap, name))
                .run(heap.context().heapBytes());
        }
    }
}
