package org.segstm.duhton.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.segstm.duhton.DuhtonError;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.HeapContext;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;

/** Lists in the heap against lists of Java, through random operations, safepoints and commits. */
@Timeout(60)
class ListsTest {
    private static final int OPERATIONS = 4000;
    /** Both lists that hold their elements themselves, and such that have too many. */
    private static final int MOST_AT_FIRST = 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12, 13, 40})
    void shouldConflictWhenElementIsReadAndReplaced(final int count) {
        play(count, (shapes, reader, writer, list, seen) -> {
            writer.begin();
            reader.begin();
            final long read = Lists.get(reader, shapes, list.get(), count - 1, 1);
            reader.putRef(seen.get(), shapes.content, read);
            Lists.set(writer, shapes, list.get(), count - 1, Values.ofInt(-1), 1);
            assertTrue(writer.tryCommit());
            assertFalse(reader.tryCommit());
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 14, 30, 63})
    void shouldConflictWhenListIsGrownAndAnyElementReplaced(final int index) {
        final int count = 64;
        play(count, (shapes, reader, writer, list, seen) -> {
            writer.begin();
            reader.begin();
            Lists.append(reader, shapes, list.get(), Values.ofInt(count));
            for (int i = 0; i <= count; i++) {
                assertEquals(Values.ofInt(i), Lists.get(reader, shapes, list.get(), i, 1));
            }
            Lists.set(writer, shapes, list.get(), index, Values.ofInt(-1), 1);
            assertTrue(writer.tryCommit());
            assertFalse(reader.tryCommit());

            reader.begin();
            Lists.append(reader, shapes, list.get(), Values.ofInt(count));
            assertTrue(reader.tryCommit());
            writer.begin();
            for (int i = 0; i <= count; i++) {
                assertEquals(Values.ofInt(i == index ? -1 : i), Lists.get(writer, shapes, list.get(), i, 1));
            }
            writer.commit();
        });
    }

    /** With a committed list of so many ints, and a container. */
    private static void play(final int count, final Play play) {
        try (SegmentHeap heap = SegmentHeap.open(new HeapContext().segments(2));
                Mutator reader = heap.attachMutator("reader");
                Mutator writer = heap.attachMutator("writer")) {
            final Shapes shapes = new Shapes(heap);
            final GlobalRoot list = heap.newGlobalRoot("list");
            final GlobalRoot seen = heap.newGlobalRoot("seen");
            reader.begin();
            for (int i = 0; i < count; i++) {
                reader.push(Values.ofInt(i));
            }
            reader.push(Lists.ofRoots(reader, shapes, 0));
            reader.push(shapes.newContainer(reader, Values.NONE));
            reader.commit();
            list.set(reader.root(count));
            seen.set(reader.root(count + 1));
            play.run(shapes, reader, writer, list, seen);
        }
    }

    /** What a reader and a writer do. */
    private interface Play {
        void run(Shapes shapes, Mutator reader, Mutator writer, GlobalRoot list, GlobalRoot seen);
    }

    @RepeatedTest(4)
    void shouldEqualJavaListWhenOperationsAreRandom() {
        final long seed = ThreadLocalRandom.current().nextLong();
        final Random random = new Random(seed);
        final List<Integer> model = new ArrayList<>();
        try (SegmentHeap heap = SegmentHeap.open(new HeapContext().segments(1).nurseryBytes(64 << 10));
                Mutator mutator = heap.attachMutator("test")) {
            final Shapes shapes = new Shapes(heap);
            mutator.begin();
            for (int i = random.nextInt(MOST_AT_FIRST); i > 0; i--) {
                model.add(i);
                mutator.push(Values.ofInt(i));
            }
            final long made = Lists.ofRoots(mutator, shapes, 0);
            mutator.truncateRoots(0);
            mutator.push(made);
            for (int i = 0; i < OPERATIONS; i++) {
                operate(mutator, shapes, model, random, "seed=" + seed + " operation=" + i);
            }
            mutator.commit();
        }
    }

    private static void operate(
            final Mutator mutator, final Shapes shapes, final List<Integer> model, final Random random,
            final String place) {
        final long listRef = mutator.root(0);
        final int size = model.size();
        final int value = random.nextInt();
        final int index = size == 0 ? 0 : random.nextInt(size);
        switch (random.nextInt(size == 0 ? 4 : 10)) {
            case 0:
                mutator.safepoint();
                break;
            case 1:
                mutator.commit();
                mutator.begin();
                break;
            case 2:
                assertThrows(DuhtonError.class, () -> Lists.get(mutator, shapes, listRef, size, 1), place);
                break;
            case 3:
            case 4:
            case 5:
                Lists.append(mutator, shapes, listRef, Values.ofInt(value));
                model.add(value);
                break;
            case 6:
                Lists.set(mutator, shapes, listRef, index, Values.ofInt(value), 1);
                model.set(index, value);
                break;
            case 7:
                assertEquals(Values.ofInt(model.get(index)), Lists.get(mutator, shapes, listRef, index, 1), place);
                break;
            case 8:
                assertPopped(mutator, shapes, model, index, place);
                break;
            default:
                assertPopped(mutator, shapes, model, random.nextBoolean() ? 0 : size - 1, place);
                break;
        }
        assertEquals(model.size(), Lists.length(mutator, shapes, mutator.root(0)), place);
    }

    private static void assertPopped(
            final Mutator mutator, final Shapes shapes, final List<Integer> model, final int index,
            final String place) {
        assertEquals(Values.ofInt(model.remove(index)), Lists.pop(mutator, shapes, mutator.root(0), index, 1), place);
    }
}
