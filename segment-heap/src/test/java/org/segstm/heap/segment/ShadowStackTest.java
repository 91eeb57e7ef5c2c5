package org.segstm.heap.segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.heap.HeapException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Roots, the watermark below which a minor collection need not look, and what an abort restores. */
@Timeout(60)
class ShadowStackTest {
    private final ShadowStack stack = new ShadowStack(1 << 20);

    private void push(final long... refs) {
        for (final long ref : refs) {
            stack.push(ref);
        }
    }

    private void assertRoots(final long... refs) {
        assertEquals(refs.length, stack.depth());
        for (int i = 0; i < refs.length; i++) {
            assertEquals(refs[i], stack.get(i));
        }
    }

    @Test
    void shouldPopInReverseOrder() {
        push(1, 2, 3);
        assertEquals(3, stack.pop());
        assertEquals(2, stack.pop());
        assertRoots(1);
    }

    @Test
    void shouldRestoreWhenRolledBack() {
        push(10, 20, 30);
        stack.begin();
        stack.pop();
        stack.pop();
        stack.set(0, 99);
        push(5, 6, 7, 8);
        stack.rollback();
        assertRoots(10, 20, 30);
        assertEquals(3, stack.beginDepth());
    }

    @Test
    void shouldRestoreNothingMoreWhenRolledBackTwice() {
        push(10, 20);
        stack.begin();
        stack.truncate(0);
        stack.rollback();
        stack.begin();
        stack.set(1, 21);
        stack.rollback();
        assertRoots(10, 20);
    }

    @Test
    void shouldKeepChangesMadeOutsideTransactions() {
        push(10, 20, 30);
        stack.begin();
        stack.set(0, 11);
        stack.markScanned();
        stack.pop();
        stack.push(31);
        stack.set(1, 21);
        stack.begin();
        stack.truncate(0);
        stack.rollback();
        assertRoots(11, 21, 31);
    }

    @Test
    void shouldLowerWatermarkWhenRootsBelowChange() {
        push(10, 20, 30, 40);
        assertEquals(0, stack.watermark());
        stack.markScanned();
        assertEquals(4, stack.watermark());
        push(50);
        assertEquals(4, stack.watermark());
        stack.set(2, 31);
        assertEquals(2, stack.watermark());
        stack.markScanned();
        stack.pop();
        stack.pop();
        assertEquals(3, stack.watermark());
        stack.truncate(1);
        assertEquals(1, stack.watermark());
    }

    @Test
    void shouldLeaveWatermarkWhenCollectorUpdates() {
        push(10, 20);
        stack.update(1, 21);
        stack.markScanned();
        assertEquals(2, stack.watermark());
        assertRoots(10, 21);
    }

    @Test
    void shouldNeedNoScanWhenRolledBack() {
        push(10, 20);
        stack.markScanned();
        stack.begin();
        stack.pop();
        push(30, 40);
        stack.rollback();
        assertEquals(2, stack.watermark(), "what the begin saw is not young");
    }

    @Test
    void shouldOverflowWhenMaximumIsReached() {
        final ShadowStack small = new ShadowStack(64);
        for (int i = 0; i < 64; i++) {
            small.push(i);
        }
        assertEquals("shadow stack overflow (raise segstm.roots or recurse less): depth=64",
            assertThrows(HeapException.class, () -> small.push(64)).getMessage());
        assertEquals(63, small.pop());
        small.push(63);
        assertEquals(64, small.depth());
    }

    @Test
    void shouldRefusePositionsBeyondTheStack() {
        push(1);
        assertThrows(IndexOutOfBoundsException.class, () -> stack.set(1, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> stack.truncate(2));
        assertThrows(IndexOutOfBoundsException.class, () -> stack.truncate(-1));
        stack.pop();
        assertThrows(IndexOutOfBoundsException.class, stack::pop);
        assertEquals(0, stack.depth());
    }

    @Test
    void shouldBehaveAsAListWhenActionsAreRandom() {
        for (int seed = 0; seed < 200; seed++) {
            playRandomly(new Random(seed), "seed=" + seed);
        }
    }

    private static void playRandomly(final Random random, final String seed) {
        final ShadowStack stack = new ShadowStack(1 << 20);
        final List<Long> model = new ArrayList<>();
        List<Long> atBegin = new ArrayList<>();
        int unchanged = 0;
        for (int step = 0; step < 2000; step++) {
            final long ref = random.nextLong();
            switch (random.nextInt(9)) {
                case 0: case 1: case 2:
                    stack.push(ref);
                    model.add(ref);
                    break;
                case 3:
                    if (!model.isEmpty()) {
                        assertEquals(model.remove(model.size() - 1), stack.pop(), seed);
                    }
                    break;
                case 4:
                    if (!model.isEmpty()) {
                        final int index = random.nextInt(model.size());
                        stack.set(index, ref);
                        model.set(index, ref);
                        unchanged = Math.min(unchanged, index);
                    }
                    break;
                case 5:
                    final int depth = random.nextInt(model.size() + 1);
                    stack.truncate(depth);
                    model.subList(depth, model.size()).clear();
                    break;
                case 6:
                    stack.markScanned();
                    unchanged = model.size();
                    break;
                case 7:
                    stack.begin();
                    atBegin = new ArrayList<>(model);
                    break;
                default:
                    if (random.nextInt(4) == 0) {
                        stack.rollback();
                        model.clear();
                        model.addAll(atBegin);
                        stack.begin();
                        unchanged = model.size();
                    }
                    break;
            }
            unchanged = Math.min(unchanged, model.size());
            assertEquals(model.size(), stack.depth(), seed);
            assertTrue(stack.watermark() <= unchanged, seed + " watermark above a change");
        }
        for (int i = 0; i < model.size(); i++) {
            assertEquals(model.get(i), stack.get(i), seed);
        }
    }
}
