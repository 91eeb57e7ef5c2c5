package org.segstm.jit.toy;

import org.segstm.heap.HeapContext;
import org.segstm.heap.SegmentHeap;
import org.segstm.jit.placement.BarrierPlacer;
import org.segstm.jit.placement.PlacementPrinter;

/** A function with its barriers, as the guide shows it. */
public final class ToyListing {
    private static final String SUM = String.join("\n", "function sum 2 3   ; cell, n; i",
        "load 0", "get value", "store 2",
        "again:",
        "load 0", "load 0", "get value", "load 2", "add", "set value",
        "load 2", "push 1", "add", "store 2",
        "load 2", "load 1", "less", "unless done", "jump again",
        "done:", "load 0", "get value", "return");

    private ToyListing() {
    }

    public static String print() throws ReflectiveOperationException {
        try (SegmentHeap heap = SegmentHeap.open(new HeapContext().heapBytes(4 << 20).nurseryBytes(64 << 10));
            ToyVm vm = new ToyVm(heap, Integer.MAX_VALUE)) {
            vm.define(SUM);
            final ToyCompiler code = new ToyCompiler(vm, vm.functions.get("sum"));
            return PlacementPrinter.print(code, BarrierPlacer.explain(code));
        }
    }
}
