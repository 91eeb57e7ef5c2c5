package org.segstm.bench.compare.peer;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Each party's cells and map against Java's, one operation in a transaction. */
@Timeout(60)
class StoreTest {
    private static final int CELLS = 50;
    private static final int KEYS = 64;
    private static final int OPERATIONS = 5000;

    @ParameterizedTest
    @EnumSource
    void shouldDoWhatJavaCollectionsDoWhenOperationsAreRandom(final Party party) {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final long[] cells = new long[CELLS];
        final Map<Integer, Long> map = new HashMap<>();
        for (int i = 0; i < CELLS; i++) {
            cells[i] = i + 7L;
        }
        for (int key = 0; key < KEYS; key += 2) {
            map.put(key, StoreShape.valueOf(key));
        }
        final Store store = party.newStore(new StoreShape(CELLS, cell -> cell + 7L, KEYS), 0);
        try (Session session = store.newSession("test")) {
            final Operation operation = new Operation(session);
            final Runnable transaction = session.prepare(operation);
            for (int i = 0; i < OPERATIONS; i++) {
                operation.draw(random);
                transaction.run();
                assertEquals(operation.expected(cells, map), operation.result,
                    () -> operation.kind + " of " + operation.key + ", seed " + seed);
            }
        }
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void shouldPassOnWhatAStepThrows(final Party party) {
        final Store store = party.newStore(new StoreShape(1, cell -> 5, 0), 0);
        try (Session session = store.newSession("test")) {
            final Runnable failing = session.prepare(new Step(false, 1) {
                @Override
                public void run() {
                    throw new UnsupportedOperationException("thrown inside");
                }
            });
            assertEquals("thrown inside",
                assertThrows(UnsupportedOperationException.class, failing::run).getMessage());
            final long[] seen = new long[1];
            session.prepare(new Step(true, 1) {
                @Override
                public void run() {
                    seen[0] = session.get(0);
                }
            }).run();
            assertEquals(5, seen[0]);
        }
        store.close();
    }

    private enum Kind {
        GET, SET, FIND, PUT, REMOVE
    }

    private static final class Operation extends Step {
        private final Session session;
        private Kind kind;
        private int key;
        private long value;
        private long result;

        Operation(final Session session) {
            super(false, 1);
            this.session = session;
        }

        void draw(final Random random) {
            kind = Kind.values()[random.nextInt(Kind.values().length)];
            final boolean onMap = kind.ordinal() >= Kind.FIND.ordinal();
            key = random.nextInt(onMap ? KEYS : CELLS);
            value = random.nextInt();
            footprint()[0] = onMap ? StoreShape.bucketOf(key, KEYS) : key;
        }

        @Override
        public void run() {
            switch (kind) {
                case GET -> result = session.get(key);
                case SET -> {
                    session.set(key, value);
                    result = session.get(key);
                }
                case FIND -> result = session.find(key);
                case PUT -> result = session.put(key, value) ? 1 : 0;
                default -> result = session.remove(key) ? 1 : 0;
            }
        }

        long expected(final long[] cells, final Map<Integer, Long> map) {
            switch (kind) {
                case GET:
                    return cells[key];
                case SET:
                    cells[key] = value;
                    return value;
                case FIND:
                    return map.getOrDefault(key, Session.ABSENT);
                case PUT:
                    return map.put(key, value) == null ? 1 : 0;
                default:
                    return map.remove(key) != null ? 1 : 0;
            }
        }
    }
}
