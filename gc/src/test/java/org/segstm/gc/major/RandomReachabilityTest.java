package org.segstm.gc.major;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.gc.HeapMode;
import org.segstm.gc.TestHeap;
import org.segstm.heap.CollectionEvent;
import org.segstm.heap.Mutator;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Random graphs against a model of reachability, marked by one, two and four threads. */
@Timeout(120)
class RandomReachabilityTest {
    private static final int NODES = 4000;
    private static final int ROUNDS = 6;
    private static final int LONGEST = 40;
    private static final int HUGE = 70_000;

    @ParameterizedTest
    @EnumSource(HeapMode.class)
    void shouldKeepExactlyWhatIsReachableWhenGraphsAreRandom(final HeapMode mode) {
        for (final int threads : new int[] {1, 2, 4}) {
            final long seed = System.nanoTime();
            try (TestHeap t = new TestHeap(mode.context().collectorThreads(threads).nurseryBytes(1 << 20))) {
                final Graph graph = new Graph(t, new Random(seed));
                for (int round = 0; round < ROUNDS; round++) {
                    graph.round();
                }
            } catch (final Throwable e) {
                throw new AssertionError("mode=" + mode + " threads=" + threads + " seed=" + seed, e);
            }
        }
    }

    /** Nodes are arrays; root 0 is a table of all, whose elements are cleared for those that it shall not hold. */
    private static final class Graph {
        private final TestHeap t;
        private final Random random;
        private final long[] refs = new long[NODES];
        private final int[][] edges = new int[NODES][];
        private final BitSet held = new BitSet();
        private final BitSet existing = new BitSet();
        private long table;
        private long liveObjects;

        Graph(final TestHeap t, final Random random) {
            this.t = t;
            this.random = random;
            t.heap.addCollectionListener(event -> {
                if (event.kind() == CollectionEvent.Kind.MAJOR) {
                    liveObjects = event.liveObjects();
                }
            });
            ReachabilityTest.promote(t, m -> m.push(m.allocate(t.array, NODES)));
            table = t.mutator.root(0);
        }

        void round() {
            ReachabilityTest.promote(t, this::make);
            ReachabilityTest.promote(t, this::connect);
            ReachabilityTest.promote(t, this::drop);
            t.heap.collectMajor();
            final BitSet reachable = reachable();
            assertEquals(reachable.cardinality() + 1, liveObjects);
            existing.and(reachable);
            t.other.begin();
            reachable.stream().forEach(node -> check(t.other, node));
            t.other.commit();
        }

        /** Makes all nodes that do not exist and holds them by the table. */
        private void make(final Mutator m) {
            for (int node = existing.nextClearBit(0); node < NODES; node = existing.nextClearBit(node + 1)) {
                edges[node] = new int[node == 0 ? HUGE : random.nextInt(LONGEST)];
                Arrays.fill(edges[node], -1);
                final long ref = m.allocate(t.array, edges[node].length);
                m.putLong(ref, t.number, node);
                m.putRefAt(table, node, ref);
                m.safepoint();
            }
            m.collectNursery();
            for (int node = 0; node < NODES; node++) {
                if (!existing.get(node)) {
                    refs[node] = m.getRefAt(table, node);
                    held.set(node);
                }
            }
            existing.set(0, NODES);
        }

        private void connect(final Mutator m) {
            for (int i = 0; i < NODES; i++) {
                final int from = random.nextInt(20) == 0 ? 0 : random.nextInt(NODES);
                if (edges[from].length != 0) {
                    final int index = random.nextInt(edges[from].length);
                    edges[from][index] = random.nextInt(NODES);
                    m.putRefAt(refs[from], index, refs[edges[from][index]]);
                }
                m.safepoint();
            }
        }

        private void drop(final Mutator m) {
            for (int node = 0; node < NODES; node++) {
                if (held.get(node) && random.nextInt(10) != 0) {
                    held.clear(node);
                    m.putRefAt(table, node, 0);
                }
            }
        }

        private BitSet reachable() {
            final BitSet seen = (BitSet) held.clone();
            final Deque<Integer> queue = new ArrayDeque<>();
            held.stream().forEach(queue::add);
            while (!queue.isEmpty()) {
                for (final int target : edges[queue.remove()]) {
                    if (target >= 0 && !seen.get(target)) {
                        seen.set(target);
                        queue.add(target);
                    }
                }
            }
            return seen;
        }

        private void check(final Mutator m, final int node) {
            assertEquals(node, m.getLong(refs[node], t.number));
            assertEquals(edges[node].length, m.length(refs[node]));
            for (int i = 0; i < edges[node].length; i++) {
                final int target = edges[node][i];
                assertEquals(target < 0 ? 0 : refs[target], m.getRefAt(refs[node], i));
            }
        }
    }
}
