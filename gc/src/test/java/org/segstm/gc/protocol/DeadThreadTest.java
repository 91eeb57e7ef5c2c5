package org.segstm.gc.protocol;

import org.segstm.heap.AbortCause;
import org.segstm.heap.Mutator;
import org.segstm.heap.PageSharing;

import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A thread that ends inside a transaction takes nothing with it: its writes vanish, nobody waits for it. */
class DeadThreadTest {
    private static Mutator dieIn(final Stage t, final Consumer<Mutator> deeds) {
        final Mutator mutator = t.heap.attachMutator("dead");
        final Thread thread = new Thread(() -> {
            mutator.begin();
            deeds.accept(mutator);
        });
        thread.start();
        try {
            thread.join();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
        return mutator;
    }

    @EachSharing
    void shouldGoOnWhenThreadDiedRunning(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            t.attach(t.a, t.b);
            final long used = t.heap.statistics().usedBytes();
            final Mutator dead = dieIn(t, m -> {
                m.putLong(x, t.value, 2);
                m.push(t.newCell(m, 5, 0));
                m.collectNursery();
            });
            t.reshare();
            assertEquals(1, t.committedValue(t.a, x));
            t.write(t.b, x, 3);
            assertEquals(3, t.committedValue(t.a, x));
            assertFalse(dead.inTransaction());
            assertEquals(1, dead.statistics().aborted(AbortCause.THREAD_DIED));
            assertEquals(used, t.heap.statistics().usedBytes(), "its objects are freed");
            assertEquals("the mutator is closed: dead",
                assertThrows(IllegalStateException.class, dead::begin).getMessage());
        }
    }

    @EachSharing
    void shouldGoOnWhenThreadDiedParked(final PageSharing sharing) {
        try (Stage t = new Stage(Stage.context(sharing).segments(2))) {
            final long x = t.committedCell(1);
            dieIn(t, m -> {
                m.putLong(x, t.value, 2);
                m.park();
            });
            assertEquals(1, t.committedValue(t.a, x));
            assertEquals(1, t.committedValue(t.b, x));
            t.begin(t.a);
            t.begin(t.b);
            t.put(t.b, x, 4);
            t.commit(t.b);
            assertEquals(1, t.get(t.a, x));
            t.commit(t.a);
        }
    }

    @EachSharing
    void shouldTakeOverSegmentWhenAllOwnersDied(final PageSharing sharing) {
        try (Stage t = new Stage(Stage.context(sharing).segments(2))) {
            final long x = t.committedCell(1);
            for (int i = 0; i < 6; i++) {
                final long number = 100 + i;
                dieIn(t, m -> m.putLong(x, t.value, number));
            }
            assertEquals(1, t.committedValue(t.a, x));
            assertEquals(1, t.committedValue(t.b, x));
        }
    }

    @EachSharing
    void shouldOpenLogWhenInevitableThreadDied(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            final long y = t.committedCell(1);
            t.attach(t.a, t.b);
            dieIn(t, m -> {
                m.becomeInevitable("dies");
                m.putLong(x, t.value, 2);
            });
            t.write(t.a, y, 5);
            assertEquals(1, t.committedValue(t.b, x));
            assertEquals(5, t.committedValue(t.b, y));
            t.on(t.b).beginInevitable("next");
            t.put(t.b, x, 6);
            t.commit(t.b);
            assertEquals(6, t.committedValue(t.a, x));
        }
    }

    @EachSharing
    void shouldCloseHeapWhenThreadDiedInside(final PageSharing sharing) {
        try (Stage t = new Stage(sharing)) {
            final long x = t.committedCell(1);
            dieIn(t, m -> m.putLong(x, t.value, 2));
        }
    }
}
