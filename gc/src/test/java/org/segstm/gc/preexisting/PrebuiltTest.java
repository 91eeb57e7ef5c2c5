package org.segstm.gc.preexisting;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.GlobalRoot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Prebuilt objects and named global roots. */
@Timeout(60)
class PrebuiltTest {
    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeOldAndKeptWhenPrebuilt(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final GlobalRoot root = t.heap.prebuild("builtins", m -> {
                t.pushList(m, 5000);
                m.safepoint();
                final long list = m.pop();
                m.giveIdentityHash(m.allocate(t.blob, 10), 5);
                return list;
            });
            assertSame(root, t.heap.globalRoot("builtins"));
            t.heap.collectMajor();
            HeapVerifier.verify(t.heap);
            t.mutator.atomicallyDo(m -> {
                assertFalse(m.inspect().isYoung(root.get()));
                assertEquals(5000, t.checkedLength(m, root.get()));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldReturnGivenHashWhenPrebuilt(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final GlobalRoot root = t.heap.prebuild("none", m -> {
                final long none = t.newPair(m, 1, 0);
                m.giveIdentityHash(none, 0x4E6F6E65);
                return none;
            });
            t.heap.collectMajor();
            t.mutator.atomicallyDo(m -> assertEquals(0x4E6F6E65, m.identityHash(root.get())));
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRefuseWhenPrebuiltTwice(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            t.heap.prebuild("one", m -> t.newPair(m, 1, 0));
            assertEquals("objects are prebuilt once: root=one", assertThrows(IllegalStateException.class,
                () -> t.heap.prebuild("one", m -> t.newPair(m, 2, 0))).getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepNothingWhenMakerThrows(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            assertThrows(ArithmeticException.class, () -> t.heap.prebuild("broken", m -> {
                m.push(t.newPair(m, 1, 0));
                throw new ArithmeticException("as expected");
            }));
            assertEquals(0, t.heap.globalRoot("broken").get());
            t.heap.collectMajor();
            assertEquals(0, t.heap.statistics().liveBytes());
            t.heap.prebuild("broken", m -> t.newPair(m, 1, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldBeSameRootWhenNameIsSame(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            assertSame(t.heap.globalRoot("a"), t.heap.globalRoot("a"));
            assertNotSame(t.heap.globalRoot("a"), t.heap.globalRoot("b"));
            assertNotSame(t.heap.globalRoot("a"), t.heap.newGlobalRoot("a"));
        }
    }
}
