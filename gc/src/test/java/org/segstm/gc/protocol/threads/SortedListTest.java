package org.segstm.gc.protocol.threads;

import org.segstm.heap.Mutator;

import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A sorted linked list, the first cell of the table being its head: sorted at any time, in any transaction. */
class SortedListTest {
    private static final int KEYS = 80;

    /** The last cell with a smaller key, the head counting as smaller than all. */
    private static long predecessor(final Crew crew, final Mutator m, final long key) {
        long previous = crew.cell(m, 0);
        long last = 0;
        int steps = 0;
        while (true) {
            final long ref = m.getRef(previous, crew.next);
            if (ref == 0) {
                return previous;
            }
            final long found = m.getLong(ref, crew.value);
            assertTrue(found > last, "sorted, without duplicates");
            assertTrue(++steps <= KEYS, "a circle can only be seen by a zombie");
            if (found >= key) {
                return previous;
            }
            last = found;
            previous = ref;
        }
    }

    private static boolean insert(final Crew crew, final Mutator m, final long key) {
        final long previous = predecessor(crew, m, key);
        final long after = m.getRef(previous, crew.next);
        if (after != 0 && m.getLong(after, crew.value) == key) {
            return false;
        }
        final long fresh = m.allocate(crew.cell);
        m.putLong(fresh, crew.value, key);
        m.putRef(fresh, crew.next, after);
        m.putRef(previous, crew.next, fresh);
        return true;
    }

    private static boolean remove(final Crew crew, final Mutator m, final long key) {
        final long previous = predecessor(crew, m, key);
        final long ref = m.getRef(previous, crew.next);
        if (ref == 0 || m.getLong(ref, crew.value) != key) {
            return false;
        }
        m.putRef(previous, crew.next, m.getRef(ref, crew.next));
        return true;
    }

    @EachSetup
    void shouldStaySortedWhenKeysComeAndGo(final Setup setup) {
        final AtomicLong length = new AtomicLong();
        try (Crew crew = new Crew(setup, 1)) {
            crew.work(Setup.MILLIS, (mutator, random, index) -> {
                final long key = 1 + random.nextInt(KEYS);
                final boolean insert = random.nextBoolean();
                final boolean changed = mutator.atomically(m -> {
                    final boolean done = insert ? insert(crew, m, key) : remove(crew, m, key);
                    if (random.nextInt(30) == 0) {
                        m.collectNursery();
                        predecessor(crew, m, KEYS + 1);
                    }
                    return done;
                });
                length.addAndGet(!changed ? 0 : insert ? 1 : -1);
            });
            crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> {
                long count = 0;
                for (long ref = m.getRef(crew.cell(m, 0), crew.next); ref != 0; ref = m.getRef(ref, crew.next)) {
                    count++;
                }
                assertEquals(length.get(), count);
                predecessor(crew, m, KEYS + 1);
            }));
        }
    }
}
