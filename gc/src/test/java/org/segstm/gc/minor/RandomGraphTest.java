package org.segstm.gc.minor;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.Mutator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Random object graphs, built and changed by transactions of two mutators that commit and abort, against a model. */
@Timeout(120)
class RandomGraphTest {
    private static final int SLOTS = 64;
    private static final int ROUNDS = 150;
    private static final int STEPS = 40;

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldAgreeWithModelWhenGraphChangesAtRandom(final HeapMode mode) {
        for (int i = 0; i < 4; i++) {
            run(mode, 0, i);
        }
    }

    @ParameterizedTest
    @EnumSource(value = HeapMode.class, names = "SERIAL", mode = EnumSource.Mode.EXCLUDE)
    void shouldAgreeWithModelWhenUnitsAreLargerThanPages(final HeapMode mode) {
        for (int i = 0; i < 2; i++) {
            run(mode, 64 << 10, i);
        }
    }

    private static void run(final HeapMode mode, final long unitBytes, final int attempt) {
        final long seed = System.nanoTime() + attempt;
        try (TestHeap t = new TestHeap(
            mode.context().nurseryBytes(64 << 10).heapBytes(256 << 20).unitBytes(unitBytes))) {
            final Run run = new Run(t, new Random(seed), mode.isSerial());
            for (int round = 0; round < ROUNDS; round++) {
                run.transaction();
            }
        } catch (final Throwable e) {
            throw new AssertionError("mode=" + mode + " seed=" + seed, e);
        }
    }

    /** A node of the model: an array object with an owner, a number and elements. */
    private static final class Node {
        private final Node[] refs;
        private Node owner;
        private long number;

        Node(final int length) {
            refs = new Node[length];
        }
    }

    private static final class Run {
        private final TestHeap t;
        private final Random random;
        private final boolean serial;
        private final Node slots = new Node(SLOTS);
        private final List<Runnable> undo = new ArrayList<>();
        private final long slotsRef;
        private long reachedRef;

        Run(final TestHeap t, final Random random, final boolean serial) {
            this.t = t;
            this.random = random;
            this.serial = serial;
            t.mutator.begin();
            t.mutator.push(t.mutator.allocate(t.array, SLOTS));
            t.mutator.collectNursery();
            t.mutator.commit();
            slotsRef = t.mutator.root(0);
            t.other.atomicallyDo(x -> x.push(slotsRef));
        }

        void transaction() {
            final Mutator m = random.nextBoolean() ? t.mutator : t.other;
            final Mutator reader = m == t.mutator ? t.other : t.mutator;
            undo.clear();
            m.begin();
            for (int i = random.nextInt(STEPS); i >= 0; i--) {
                step(m, reader);
            }
            if (!serial && random.nextInt(4) == 0) {
                m.abort();
                for (int i = undo.size() - 1; i >= 0; i--) {
                    undo.get(i).run();
                }
            } else {
                m.commit();
            }
            if (!serial && random.nextInt(10) == 0) {
                t.heap.reshare();
            }
            compare(reader);
        }

        private void step(final Mutator m, final Mutator otherMutator) {
            switch (random.nextInt(10)) {
                case 0:
                    m.safepoint();
                    break;
                case 1:
                    m.collectNursery();
                    break;
                case 2:
                    if (!serial && random.nextInt(5) == 0) {
                        m.park();
                        otherMutator.atomicallyDo(x -> x.push(t.newPair(x, 1, 0)));
                        t.heap.reshare();
                        m.unpark();
                    }
                    break;
                case 3:
                    setNumber(m);
                    break;
                case 4:
                    store(m, reach(m), null, 0);
                    break;
                case 5:
                    final Node target = reach(m);
                    final long targetRef = reachedRef;
                    store(m, reach(m), target, targetRef);
                    break;
                default:
                    storeNew(m);
            }
        }

        /** Follows random refs from the slots; leaves the ref of the node in {@link #reachedRef}. */
        private Node reach(final Mutator m) {
            Node node = slots;
            reachedRef = slotsRef;
            for (int i = random.nextInt(12); i > 0; i--) {
                final int k = random.nextInt(node.refs.length + 1) - 1;
                final Node next = k < 0 ? node.owner : node.refs[k];
                if (next != null) {
                    reachedRef = k < 0 ? m.getRef(reachedRef, t.owner) : m.getRefAt(reachedRef, k);
                    node = next;
                }
            }
            return node;
        }

        private void setNumber(final Mutator m) {
            final Node node = reach(m);
            final long before = node.number;
            undo.add(() -> node.number = before);
            node.number = random.nextLong();
            m.putLong(reachedRef, t.number, node.number);
        }

        private void storeNew(final Mutator m) {
            final int kind = random.nextInt(100);
            final int length = random.nextInt(kind == 0 ? 20_000 : kind < 10 ? 500 : 12);
            final Node node = new Node(length);
            final long ref = m.allocate(t.array, length);
            node.number = random.nextLong();
            m.putLong(ref, t.number, node.number);
            for (int i = 0; i < length; i += 1 + random.nextInt(20)) {
                node.refs[i] = reach(m);
                m.putRefAt(ref, i, reachedRef);
            }
            node.owner = reach(m);
            m.putRef(ref, t.owner, reachedRef);
            store(m, reach(m), node, ref);
        }

        /** Stores into a random place of the node that was reached last. */
        private void store(final Mutator m, final Node node, final Node value, final long valueRef) {
            final int k = random.nextInt(node.refs.length + 1) - 1;
            final Node before = k < 0 ? node.owner : node.refs[k];
            if (k < 0) {
                undo.add(() -> node.owner = before);
                node.owner = value;
                m.putRef(reachedRef, t.owner, valueRef);
            } else {
                undo.add(() -> node.refs[k] = before);
                node.refs[k] = value;
                m.putRefAt(reachedRef, k, valueRef);
            }
        }

        private void compare(final Mutator reader) {
            final Map<Node, Long> seen = new IdentityHashMap<>();
            final Deque<Node> queue = new ArrayDeque<>();
            reader.begin();
            meet(slots, slotsRef, seen, queue);
            while (!queue.isEmpty()) {
                final Node node = queue.pop();
                final long ref = seen.get(node);
                assertEquals(node.refs.length, reader.length(ref));
                assertEquals(node.number, reader.getLong(ref, t.number));
                meet(node.owner, reader.getRef(ref, t.owner), seen, queue);
                for (int i = 0; i < node.refs.length; i++) {
                    meet(node.refs[i], reader.getRefAt(ref, i), seen, queue);
                }
            }
            reader.commit();
        }

        private static void meet(
            final Node node, final long ref, final Map<Node, Long> seen, final Deque<Node> queue) {
            assertEquals(node == null, ref == 0);
            if (node != null) {
                final Long before = seen.putIfAbsent(node, ref);
                assertEquals(before == null ? ref : before, ref);
                if (before == null) {
                    queue.push(node);
                }
            }
        }
    }
}
