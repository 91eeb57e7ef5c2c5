package org.segstm.jit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.heap.layout.Field;
import org.segstm.jit.compile.Assumption;
import org.segstm.jit.compile.CodeUnit;
import org.segstm.jit.compile.CompileEvent;
import org.segstm.jit.compile.CompileQueue;
import org.segstm.jit.compile.CompiledCode;
import org.segstm.jit.compile.WarmupCurve;
import org.segstm.jit.constants.CodeConstant;
import org.segstm.jit.constants.CodeConstants;
import org.segstm.jit.emit.GeneratedClass;
import org.segstm.jit.emit.HeapCode;
import org.segstm.jit.link.DispatchSite;
import org.segstm.jit.link.HeapLinker;
import org.segstm.jit.link.MemberResolver;
import org.segstm.jit.profile.ProfileTable;
import org.segstm.jit.profile.TypeFeedback;
import org.segstm.jit.toy.ToyListing;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The snippets of the guide run here, and the guide has them as they are here and in the toy language. */
@Timeout(60)
class GuideTest {
    private static final Path PROJECT = Path.of(System.getProperty("segstm.project.dir"));
    private static final Path GUIDE = PROJECT.resolve("jit-hooks/README.md");
    private static final String SOURCES = "jit-hooks/src/test/java/org/segstm/jit/";
    private static final Pattern SNIPPET =
        Pattern.compile("<!-- (\\S+)\\.java: (\\S+) -->\\n```java\\n(.*?)\\n```", Pattern.DOTALL);
    private static final int MAXIMUM_TOY_LINES = 500;
    private JitHeap heap;
    private Mutator m;
    private Field value;

    @BeforeEach
    void open() {
        heap = JitHeap.withStm(PageSharing.PRIVATE_COW);
        m = heap.first;
        value = heap.value;
    }

    @AfterEach
    void close() {
        heap.close();
    }

    @Test
    void shouldIncrementWhenEmittedByHand() throws Throwable {
        final HeapConstants constants = heap.constants;
        // guide: emit
        final MethodType type = MethodType.methodType(void.class, Mutator.class, long.class);
        final GeneratedClass generated = new GeneratedClass(MethodHandles.lookup(), "increment");
        final MethodVisitor method = generated.method("run", type);
        final int ref = 1;
        final HeapCode code = new HeapCode(generated, method, constants, 0, 3);
        code.enter();                      // view, read version and control page into local variables
        code.writeBarrier(ref);            // serves the load too
        code.beginStore(ref, value);
        code.loadField(ref, value);
        method.visitInsn(Opcodes.LCONST_1);
        method.visitInsn(Opcodes.LADD);
        code.endStore(value.type());
        method.visitInsn(Opcodes.RETURN);
        code.end();                        // slow paths
        final MethodHandle increment = GeneratedClass.find(generated.define(), "run", type);
        // guide: end
        m.begin();
        increment.invokeExact(m, heap.cells[0]);
        increment.invokeExact(m, heap.cells[0]);
        assertEquals(2, m.getLong(heap.cells[0], value));
        m.commit();
    }

    @Test
    void shouldCombineHandlesWhenNothingIsGenerated() throws Throwable {
        // guide: handles
        final HeapLinker linker = new HeapLinker(heap.heap());
        final MethodHandle zero = MethodHandles.dropArguments(
            MethodHandles.constant(long.class, 0L), 0, Mutator.class, long.class);
        final MethodHandle valueOrZero = linker.guardLayout(heap.cell(), linker.getter(value), zero);
        // guide: end
        m.begin();
        m.putLong(heap.cells[0], value, 5);
        assertEquals(5, (long) valueOrZero.invokeExact(m, heap.cells[0]));
        assertEquals(0, (long) valueOrZero.invokeExact(m, heap.arrays[0]));
        m.commit();
    }

    @Test
    void shouldLearnWhenASiteDispatches() throws Throwable {
        final HeapLinker linker = new HeapLinker(heap.heap());
        // guide: dispatch
        final MemberResolver size = (own, name, type, layout) ->
            layout != null && layout.isVariable() ? own.length() : MethodHandles.dropArguments(
                MethodHandles.constant(long.class, 1L), 0, type.parameterList());
        final DispatchSite site = new DispatchSite(
            linker, size, "size", MethodType.methodType(long.class, Mutator.class, long.class));
        final MethodHandle sizeOf = site.dynamicInvoker();
        // guide: end
        m.begin();
        assertEquals(JitHeap.ARRAY_LENGTH, (long) sizeOf.invokeExact(m, heap.arrays[0]));
        assertEquals(1, (long) sizeOf.invokeExact(m, heap.cells[0]));
        assertEquals(2, site.layoutCount());
        m.commit();
    }

    @Test
    void shouldSeeTheSameObjectWhenItIsAConstant() {
        // guide: constants
        final CodeConstants constants = new CodeConstants(heap.heap());
        final CodeConstant global = m.atomically(t -> constants.constant(t, "global", t.allocate(heap.cell())));
        assertTrue(global.isPublished());  // committed: the ref is a number for all threads
        // guide: end
        m.begin();
        assertEquals(0, m.getLong(global.ref(), value));
        m.commit();
        constants.close();
    }

    @Test
    void shouldKnowWhatWasMetWhenItIsProfiled() {
        m.begin();
        final long ref = heap.cells[0];
        // guide: profile
        final ProfileTable profile = new ProfileTable();
        final long types = profile.newTypes();          // an address, good as a constant in code
        ProfileTable.saw(types, m.layoutIdOf(ref));
        final TypeFeedback feedback = ProfileTable.types(types);
        assertTrue(feedback.isMonomorphic());
        // guide: end
        assertEquals(heap.cell.id(), feedback.seen().get(0).layoutId());
        m.commit();
        profile.close();
    }

    @Test
    void shouldReturnToTheInterpreterWhenTheWorldChanges() throws Throwable {
        final MethodHandle interpret = MethodHandles.constant(String.class, "interpreted");
        final MethodHandle fast = MethodHandles.constant(String.class, "compiled");
        final List<CompileEvent> events = new ArrayList<>();
        // guide: queue
        final CompileQueue queue = new CompileQueue(1, CompileQueue.DEFAULT_THRESHOLD, events::add);
        final Assumption stays = new Assumption("g stays");
        final CodeUnit unit = new CodeUnit("f", queue, interpret, () -> new CompiledCode(fast, List.of(stays), 42));
        unit.count(CompileQueue.DEFAULT_THRESHOLD);     // the interpreter counts calls and turns of loops
        queue.awaitIdle();
        assertEquals("compiled", (String) unit.invoker().invokeExact());
        stays.invalidate("g was defined again");        // at once, on all threads
        assertEquals("interpreted", (String) unit.invoker().invokeExact());
        // guide: end
        queue.close();
        assertEquals(2, events.size());
    }

    @Test
    void shouldFindHalfOfPeakSpeedWhenWarmupIsMeasured() {
        // guide: warmup
        final WarmupCurve curve = new WarmupCurve(50_000_000, 100);
        final long start = System.nanoTime();
        for (int work = 0; work < 1000; work++) {
            curve.record(System.nanoTime() - start, 1);
        }
        final long halfOfPeakNanos = curve.nanosToHalfOfPeak();
        // guide: end
        assertTrue(halfOfPeakNanos >= 50_000_000);
    }

    @Test
    void shouldHaveItsSnippetsFromTestsWhenItIsRead() throws IOException {
        final Matcher snippet = SNIPPET.matcher(Files.readString(GUIDE));
        int found = 0;
        while (snippet.find()) {
            final Path source = PROJECT.resolve(SOURCES + snippet.group(1) + ".java");
            assertEquals(region(source, snippet.group(2)), snippet.group(3), snippet.group(1) + " " + snippet.group(2));
            found++;
        }
        final String withoutSource = SNIPPET.matcher(Files.readString(GUIDE)).replaceAll("");
        assertTrue(found >= 10 && !withoutSource.contains("```java"), "found=" + found);
    }

    @Test
    void shouldShowWhatIsPrintedWhenItShowsAPlacement() throws Exception {
        final String guide = Files.readString(GUIDE);
        assertTrue(guide.contains("```\n" + ToyListing.print() + "```"),
            ToyListing.print());
    }

    @Test
    void shouldBeSmallWhenItIsAToy() throws IOException {
        int lines = 0;
        for (final String name : List.of("ToyVm", "ToyCompiler")) {
            for (final String line : Files.readAllLines(PROJECT.resolve(SOURCES + "toy/" + name + ".java"))) {
                final String text = line.trim();
                final boolean code = !text.isEmpty() && !text.startsWith("import ") && !text.startsWith("*")
                    && !text.startsWith("/*") && !text.startsWith("//");
                lines += code ? 1 : 0;
            }
        }
        assertTrue(lines < MAXIMUM_TOY_LINES, "lines=" + lines);
    }

    private static String region(final Path source, final String name) throws IOException {
        final List<String> region = new ArrayList<>();
        boolean inside = false;
        for (final String line : Files.readAllLines(source)) {
            if (line.trim().equals("// guide: " + name)) {
                inside = true;
            } else if (line.trim().equals("// guide: end")) {
                inside = false;
            } else if (inside) {
                region.add(line);
            }
        }
        final int indent = region.stream().filter(l -> !l.isBlank())
            .mapToInt(l -> l.length() - l.stripLeading().length()).min().orElse(0);
        return String.join("\n", region.stream().map(l -> l.isBlank() ? "" : l.substring(indent)).toList());
    }
}
