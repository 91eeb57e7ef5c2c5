package org.segstm.jit.toy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;
import org.segstm.jit.compile.CodeUnit;
import org.segstm.jit.compile.CompileEvent;
import org.segstm.jit.placement.Barrier;
import org.segstm.jit.placement.BarrierPlacer;
import org.segstm.jit.placement.Placement;
import org.segstm.jit.placement.PlacementPrinter;
import org.segstm.jit.placement.PlacementVerifier;
import org.segstm.jit.profile.ProfileTable;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The toy language interpreted and compiled, on heaps that collect all the time. */
@Timeout(120)
class ToyVmTest {
    private static final int HOT = 20;
    private static final long STRESS_BYTES = 4 << 10;
    /** Makes a list of n cells, puts every second one into an array, adds all up. */
    private static final String LISTS = String.join("\n",
        "function cons 2 3              ; value, next; cell",
        "  new", "  store 2", "  load 2", "  load 0", "  set value", "  load 2", "  load 1", "  set next",
        "  load 2", "  return",
        "function build 1 3             ; n; list, i",
        "  push 0", "  store 2",
        "again:",
        "  load 2", "  load 0", "  less", "  unless done",
        "  load 2", "  load 1", "  call cons", "  store 1",
        "  load 2", "  push 1", "  add", "  store 2", "  jump again",
        "done:", "  load 1", "  return",
        "function sum 1 2               ; list; total",
        "  push 0", "  store 1",
        "next:",
        "  load 0", "  unless end",
        "  load 1", "  load 0", "  get value", "  add", "  store 1",
        "  load 0", "  get next", "  store 0", "  jump next",
        "end:", "  load 1", "  return",
        "function fill 2 4              ; array, n; i, cell",
        "  push 0", "  store 2",
        "more:",
        "  load 2", "  load 1", "  less", "  unless full",
        "  new", "  store 3", "  load 3", "  load 2", "  set value",
        "  load 0", "  load 2", "  load 3", "  setat",
        "  load 2", "  push 1", "  add", "  store 2", "  jump more",
        "full:", "  load 0", "  size", "  load 3", "  size", "  add", "  return",
        "function total 1 3             ; array; i, sum",
        "  push 0", "  store 1", "  push 0", "  store 2",
        "item:",
        "  load 1", "  load 0", "  size", "  less", "  unless last",
        "  load 2", "  load 0", "  load 1", "  getat", "  get value", "  add", "  store 2",
        "  load 1", "  push 1", "  add", "  store 1", "  jump item",
        "last:", "  load 2", "  return",
        "function run 1 3               ; n; list, array",
        "  load 0", "  call build", "  store 1",
        "  load 0", "  array", "  store 2",
        "  load 2", "  load 0", "  call fill",
        "  load 2", "  call total", "  add",
        "  load 1", "  call sumOf", "  add", "  return",
        "function sumOf 1 1", "  load 0", "  call sum", "  return");

    private static SegmentHeap heap(final boolean serial) {
        return SegmentHeap.open(new HeapContext().heapBytes(32 << 20).nurseryBytes(256 << 10).segments(2)
            .serial(serial).stressBytes(STRESS_BYTES));
    }

    private static long expected(final long n) {
        return n + 1 + n * (n - 1) / 2 * 2;
    }

    private static void compileAll(final ToyVm vm) throws InterruptedException {
        vm.functions.values().forEach(f -> f.unit.compileSoon());
        vm.queue.awaitIdle();
        assertEquals(List.of(), vm.events.stream().filter(e -> e.kind() != CompileEvent.Kind.INSTALLED).toList());
    }

    /** The end of a list is null, which "unless" takes for false; so sums need a number there. */
    private static ToyVm vm(final SegmentHeap heap, final int threshold) throws ReflectiveOperationException {
        final ToyVm vm = new ToyVm(heap, threshold);
        vm.define(LISTS);
        return vm;
    }

    @Test
    void shouldGiveTheSameWhenCompiled() throws Exception {
        for (final boolean serial : new boolean[] {false, true}) {
            try (SegmentHeap heap = heap(serial); ToyVm vm = vm(heap, Integer.MAX_VALUE)) {
                try (Mutator m = heap.attachMutator("main")) {
                    assertEquals(expected(100), vm.run(m, "run", 100));
                    compileAll(vm);
                    for (int i = 0; i < 5; i++) {
                        assertEquals(expected(300), vm.run(m, "run", 300));
                    }
                    assertEquals(CodeUnit.State.COMPILED, vm.functions.get("run").unit.state());
                    assertEquals(1, ProfileTable.read(vm.functions.get("run").calls));
                }
            }
        }
    }

    @Test
    void shouldGetCompiledWhileItRunsWhenItIsHot() throws Exception {
        try (SegmentHeap heap = heap(false); ToyVm vm = vm(heap, HOT)) {
            try (Mutator m = heap.attachMutator("main")) {
                do {
                    assertEquals(expected(50), vm.run(m, "run", 50));
                } while (vm.functions.get("run").unit.state() != CodeUnit.State.COMPILED);
                assertEquals(expected(50), vm.run(m, "run", 50));
            }
            assertEquals(0, vm.queue.count(CompileEvent.Kind.FAILED));
        }
    }

    @Test
    void shouldCallTheNewFunctionWhenOneIsDefinedAgain() throws Exception {
        try (SegmentHeap heap = heap(false); ToyVm vm = vm(heap, Integer.MAX_VALUE)) {
            try (Mutator m = heap.attachMutator("main")) {
                compileAll(vm);
                assertEquals(expected(10), vm.run(m, "run", 10));
                vm.define("function sumOf 1 1\n push 1000\n return");
                assertEquals(CodeUnit.State.INTERPRETED, vm.functions.get("run").unit.state());
                assertEquals(expected(10) - 45 + 1000, vm.run(m, "run", 10));
                vm.functions.get("run").unit.compileSoon();
                vm.queue.awaitIdle();
                assertEquals(CodeUnit.State.COMPILED, vm.functions.get("run").unit.state());
                assertEquals(expected(10) - 45 + 1000, vm.run(m, "run", 10));
            }
        }
    }

    @Test
    void shouldLoseNoUpdateWhenThreadsIncrementAConstant() throws Exception {
        final int rounds = 500;
        try (SegmentHeap heap = heap(false); ToyVm vm = new ToyVm(heap, HOT)) {
            vm.define("function bump 0 0\n const cell\n const cell\n get value\n push 1\n add\n set value\n"
                + " const cell\n get value\n return");
            try (Mutator m = heap.attachMutator("main")) {
                vm.global(m, "cell", t -> {
                    final long ref = t.allocate(vm.cell);
                    t.putRef(ref, vm.fields.get("value"), ToyVm.number(0));
                    return ref;
                });
                final List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    final Mutator own = heap.attachMutator("worker" + i);
                    threads.add(new Thread(() -> {
                        for (int round = 0; round < rounds; round++) {
                            vm.run(own, "bump");
                        }
                        own.close();
                    }));
                }
                threads.forEach(Thread::start);
                for (final Thread thread : threads) {
                    thread.join();
                }
                assertEquals(2 * rounds + 1, vm.run(m, "bump"));
            }
        }
    }

    @Test
    void shouldPrintOnceWhenItIsCompiled() throws Exception {
        try (SegmentHeap heap = heap(false); ToyVm vm = new ToyVm(heap, Integer.MAX_VALUE)) {
            vm.define("function show 1 1\n load 0\n print\n load 0\n push 1\n add\n print\n push 0\n return");
            try (Mutator m = heap.attachMutator("main")) {
                vm.run(m, "show", 1);
                compileAll(vm);
                vm.run(m, "show", 7);
            }
            assertEquals(List.of(1L, 2L, 7L, 8L), vm.printed);
            final ToyCompiler code = new ToyCompiler(vm, vm.functions.get("show"));
            assertEquals(1, BarrierPlacer.place(code).count(Barrier.Kind.INEVITABLE));
        }
    }

    @Test
    void shouldFailAlikeWhenAnObjectIsOfAnotherLayout() throws Exception {
        try (SegmentHeap heap = heap(false); ToyVm vm = new ToyVm(heap, Integer.MAX_VALUE)) {
            vm.define("function wrong 1 1\n load 0\n get value\n return");
            try (Mutator m = heap.attachMutator("main")) {
                final IllegalArgumentException interpreted =
                    assertThrows(IllegalArgumentException.class, () -> vm.run(m, "wrong", 5));
                compileAll(vm);
                final IllegalArgumentException compiled =
                    assertThrows(IllegalArgumentException.class, () -> vm.run(m, "wrong", 5));
                assertEquals(interpreted.getMessage(), compiled.getMessage());
            }
        }
    }

    @Test
    void shouldBeSoundAndSmallWhenPlaced() throws Exception {
        try (SegmentHeap heap = heap(false); ToyVm vm = vm(heap, Integer.MAX_VALUE)) {
            for (final ToyVm.Function function : vm.functions.values()) {
                final ToyCompiler code = new ToyCompiler(vm, function);
                final Placement placement = BarrierPlacer.place(code);
                PlacementVerifier.verify(code, placement);
                assertTrue(PlacementPrinter.print(code, placement).startsWith("b0:"));
            }
            // A cell that was just made, and a list whose cells are read twice.
            assertEquals(0, count(vm, "cons", Barrier.Kind.WRITE));
            assertEquals(1, count(vm, "sum", Barrier.Kind.READ));
            assertEquals(1, count(vm, "fill", Barrier.Kind.WRITE));
        }
    }

    private static int count(final ToyVm vm, final String name, final Barrier.Kind kind) {
        return BarrierPlacer.place(new ToyCompiler(vm, vm.functions.get(name))).count(kind);
    }
}
