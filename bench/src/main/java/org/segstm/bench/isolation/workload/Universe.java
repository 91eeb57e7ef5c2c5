package org.segstm.bench.isolation.workload;

import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.heap.layout.ObjectLayout;

import java.util.List;
import java.util.SplittableRandom;

/** A heap full of variables. */
final class Universe {
    private static final int PERCENT = 100;
    private static final int REGISTERS = 300;
    private static final int RECORDS = 8;
    private static final int NUMBER_ARRAYS = 5;
    private static final int BOXES = 400;
    private static final int CHAINS = 60;
    private static final int BLOBS = 40;

    private final SegmentHeap heap;
    private final Boxes boxes;
    private final Blobs blobs;
    private final List<Cells> shapes;
    private final Cells[] shapeOfVariable;
    private final int hotVariables;
    private final int hotPercent;

    Universe(final Scenario scenario) {
        heap = SegmentHeap.open(scenario.context());
        hotVariables = scenario.hotVariables();
        hotPercent = scenario.hotPercent();
        final ObjectLayout array = heap.register(ObjectLayout.named("table").variableRefs());
        final Cells registers = new Registers(heap, 0, REGISTERS);
        final Cells records = new Records(heap, end(registers), RECORDS);
        final Cells numbers = new NumberArrays(heap, end(records), NUMBER_ARRAYS);
        boxes = new Boxes(heap, end(numbers), BOXES);
        final Cells chains = new Chains(heap, end(boxes), CHAINS);
        blobs = new Blobs(heap, end(chains), BLOBS);
        shapes = List.of(registers, records, numbers, boxes, chains, blobs);
        shapeOfVariable = new Cells[end(blobs)];
        try (Mutator mutator = heap.attachMutator("founder")) {
            for (final Cells cells : shapes) {
                cells.found(mutator, array);
                for (int i = 0; i < cells.count(); i++) {
                    shapeOfVariable[cells.firstVariable() + i] = cells;
                }
            }
        }
    }

    private static int end(final Cells cells) {
        return cells.firstVariable() + cells.count();
    }

    SegmentHeap heap() {
        return heap;
    }

    int variables() {
        return shapeOfVariable.length;
    }

    Boxes boxes() {
        return boxes;
    }

    Blobs blobs() {
        return blobs;
    }

    /** All shapes alike, often from among the hot variables. */
    int drawVariable(final SplittableRandom dice) {
        final Cells cells = shapes.get(dice.nextInt(shapes.size()));
        final int range =
            dice.nextInt(PERCENT) < hotPercent ? Math.min(hotVariables, cells.count()) : cells.count();
        return cells.firstVariable() + dice.nextInt(range);
    }

    Cells cellsOf(final int variable) {
        return shapeOfVariable[variable];
    }
}
