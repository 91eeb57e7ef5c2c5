package org.segstm.jit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.JvmFlags;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;
import org.segstm.jit.emit.EmissionUnchecked;
import org.segstm.jit.toy.ToyUnchecked;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What checked mode leaves to the mutator has to be tested without it: in a JVM of its own. */
@Timeout(120)
class UncheckedModeTest {
    private static final int LISTS = 50;
    private static final int CELLS_IN_LIST = 1000;

    @Test
    void shouldKeepObjectsOfGeneratedCodeWhenTheyAreCollectedAndCommitted() throws Exception {
        assertEquals("all lists survived", run(Lists.class));
    }

    @Test
    void shouldDoTheSameAsTypedAccessWhenNothingIsChecked() throws Exception {
        assertEquals("all stories are the same", run(Stories.class));
    }

    @Test
    void shouldRunTheToyWhenNothingIsChecked() throws Exception {
        assertEquals("the toy works", run(ToyUnchecked.class));
    }

    @Test
    void shouldEmitFewBytesWhenNothingIsChecked() throws Exception {
        assertEquals("all are small", run(EmissionUnchecked.class));
    }

    private static String run(final Class<?> program) throws Exception {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.required());
        command.addAll(List.of("-ea", "-D" + HeapContext.CHECKED_PROPERTY + "=false",
            "-cp", System.getProperty("java.class.path"), program.getName()));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    /** Builds lists with inline allocation and raw stores, over collections, commits and aborts. */
    static final class Lists {
        private Lists() {
        }

        public static void main(final String[] arguments) {
            for (final PageSharing sharing : PageSharing.values()) {
                try (JitHeap heap = JitHeap.withStm(sharing)) {
                    build(heap);
                }
            }
            try (JitHeap heap = JitHeap.serial()) {
                build(heap);
            }
            System.out.println("all lists survived");
        }

        private static void build(final JitHeap heap) {
            final Mutator m = heap.first;
            final int depth = m.rootDepth();
            for (int list = 0; list < LISTS; list++) {
                m.begin();
                m.push(0);
                for (int i = 0; i < CELLS_IN_LIST; i++) {
                    addCell(heap, m, i);
                    if (NurseryAccess.isSafepointDue(m.controlAddress())) {
                        m.safepoint();
                    }
                }
                m.commit();
            }
            m.begin();
            for (int list = depth; list < m.rootDepth(); list++) {
                check(heap, m, m.root(list));
            }
            m.commit();
        }

        private static void addCell(final JitHeap heap, final Mutator m, final int value) {
            final long base = m.segmentBase();
            final int top = m.rootDepth() - 1;
            final long ref = NurseryAccess.allocate(m, base, m.controlAddress(), heap.cell);
            RawAccess.putLong(m, base, ref, heap.value.offset(), value);
            RawAccess.putLong(m, base, ref, heap.next.offset(), m.root(top));
            m.setRoot(top, ref);
        }

        private static void check(final JitHeap heap, final Mutator m, final long list) {
            int expected = CELLS_IN_LIST;
            for (long ref = list; ref != 0; ref = m.getRef(ref, heap.next)) {
                expected--;
                if (m.getLong(ref, heap.value) != expected) {
                    throw new AssertionError("expected=" + expected + " found=" + m.getLong(ref, heap.value));
                }
            }
            if (expected != 0) {
                throw new AssertionError("missing=" + expected);
            }
        }
    }

    /** The stories of {@link SameAsTypedAccessTest}. */
    static final class Stories {
        private Stories() {
        }

        public static void main(final String[] arguments) {
            final SameAsTypedAccessTest stories = new SameAsTypedAccessTest();
            for (final PageSharing sharing : PageSharing.values()) {
                stories.shouldDoTheSameWhenStepsInterleave(sharing);
            }
            stories.shouldDoTheSameWhenThereIsNoStm();
            System.out.println("all stories are the same");
        }
    }
}
