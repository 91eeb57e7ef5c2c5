package org.segstm.gc.major;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.CheckedAccessException;
import org.segstm.heap.spi.RootSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Roots that a VM keeps by itself, such as constants in compiled code. */
@Timeout(60)
class RootSourceTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepConstantsUntilSourceIsRemoved(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            ReachabilityTest.promote(t, m -> t.pushList(m, 100));
            final long[] constants = {0, 7, t.mutator.pop()};
            final RootSource source = visitor -> {
                for (final long constant : constants) {
                    visitor.visit(constant);
                }
            };
            t.heap.addRootSource(source);
            t.heap.collectMajor();
            HeapVerifier.verify(t.heap);
            t.other.atomicallyDo(m -> assertEquals(100, t.checkedLength(m, constants[2])));
            t.heap.removeRootSource(source);
            t.heap.collectMajor();
            assertEquals(0, t.heap.statistics().liveBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRefuseWhenSourceHoldsYoungObject(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            t.mutator.begin();
            final long young = t.newPair(t.mutator, 1, 0);
            t.mutator.push(young);
            final RootSource source = visitor -> visitor.visit(young);
            t.heap.addRootSource(source);
            t.mutator.park();
            assertEquals("a root source holds a young object, which will move without being updated there: value=0x"
                + Long.toHexString(young),
                assertThrows(CheckedAccessException.class, t.heap::collectMajor).getMessage());
            t.heap.removeRootSource(source);
            t.heap.collectMajor();
            t.mutator.unpark();
            assertEquals(1, t.mutator.getLong(young, t.value));
            t.mutator.commit();
            assertEquals(1, t.mutator.rootDepth());
            HeapVerifier.verify(t.heap);
        }
    }

    /** As compiled code would do it: the constant comes in when its object is committed. */
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldTakeConstantInWhenItsTransactionCommits(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final long[] constant = new long[1];
            t.heap.addRootSource(visitor -> visitor.visit(constant[0]));
            t.mutator.atomicallyDo(m -> {
                m.push(t.newPair(m, 5, 0));
                m.collectNursery();
                m.onCommit(() -> constant[0] = m.pop());
            });
            t.heap.collectMajor();
            t.other.atomicallyDo(m -> assertEquals(5, m.getLong(constant[0], t.value)));
        }
    }
}
