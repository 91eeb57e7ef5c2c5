package org.segstm.gc.major;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.CollectionEvent;
import org.segstm.heap.CollectionEvent.Cause;
import org.segstm.heap.CollectionEvent.Kind;
import org.segstm.heap.CollectionEvent.Phase;
import org.segstm.heap.CollectionListener;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What listeners are told of collections. */
@Timeout(60)
class CollectionEventTest {
    private static final int COUNT = 20_000;

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldTellFiguresWhenMajorIsRequested(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final List<CollectionEvent> events = new ArrayList<>();
            ReachabilityTest.promote(t, m -> t.pushList(m, COUNT));
            ReachabilityTest.promote(t, m -> t.pushList(m, COUNT));
            t.mutator.pop();
            final long used = t.usedBytes();
            final long before = System.nanoTime();
            t.heap.addCollectionListener(events::add);
            t.heap.collectMajor();
            assertEquals(1, events.size());
            final CollectionEvent event = events.get(0);
            assertEquals(Kind.MAJOR, event.kind());
            assertEquals(Cause.REQUEST, event.cause());
            assertEquals("", event.mutator());
            assertEquals(used, event.usedBytesBefore());
            assertEquals(t.usedBytes(), event.usedBytesAfter());
            assertEquals(COUNT, event.liveObjects());
            assertEquals(COUNT * 32L, event.liveBytes());
            assertEquals(t.heap.statistics().liveBytes(), event.liveBytes());
            assertTrue(event.returnedBytes() > 0);
            assertEquals(0, event.privateBytesAfter());
            assertTrue(event.startNanos() >= before);
            assertTrue(event.phaseNanos(Phase.MARK) > 0 && event.phaseNanos(Phase.SWEEP) > 0);
            assertTrue(event.pauseNanos() >= event.phaseNanos(Phase.MARK) + event.phaseNanos(Phase.SWEEP));
            assertEquals(1, t.heap.statistics().majorCollections());
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldTellOfEachKindInOrderWhenAllTakePlace(final HeapMode mode) {
        try (TestHeap t = new TestHeap(mode)) {
            final List<CollectionEvent> events = new ArrayList<>();
            final CollectionListener listener = events::add;
            t.heap.addCollectionListener(listener);
            ReachabilityTest.promote(t, m -> t.pushList(m, 10));
            t.mutator.atomicallyDo(m -> t.pushList(m, 10));
            t.mutator.atomicallyDo(m -> m.putLong(m.root(0), t.value, 1));
            t.heap.reshare();
            t.heap.collectMajor();
            t.heap.removeCollectionListener(listener);
            t.heap.collectMajor();
            assertEquals(List.of(Cause.ATTACH, Cause.NURSERY_FULL, Cause.COMMIT, Cause.REQUEST, Cause.REQUEST),
                events.stream().map(CollectionEvent::cause).toList());
            assertEquals(List.of(Kind.RESHARE, Kind.MINOR, Kind.MINOR, Kind.RESHARE, Kind.MAJOR),
                events.stream().map(CollectionEvent::kind).toList());
            for (int i = 0; i < events.size(); i++) {
                assertEquals(i, events.get(i).number());
            }
            assertTrue(events.get(3).privateBytesBefore() > 0);
            assertEquals(0, events.get(3).privateBytesAfter());
            assertEquals("first", events.get(2).mutator());
        }
    }

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldRefuseCollectionsWhenHeapIsClosed(final HeapMode mode) {
        final TestHeap t = new TestHeap(mode);
        t.close();
        assertThrows(IllegalStateException.class, t.heap::collectMajor);
        assertThrows(IllegalStateException.class, t.heap::reshare);
    }
}
