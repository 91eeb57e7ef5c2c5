package org.segstm.gc.protocol.threads;

import org.segstm.heap.Mutator;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * A graph whose nodes are the cells of the table: each knows how many edges lead to it, and has an array of edges,
 * which are cells that refer to their targets and are replaced by new ones all the time.
 */
class GraphTest {
    private static final int NODES = 30;
    private static final int EDGES = 40;

    private static void found(final Crew crew) {
        crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> {
            for (int i = 0; i < NODES; i++) {
                m.putRef(crew.cell(m, i), crew.next, m.allocate(crew.array, EDGES));
            }
        }));
    }

    private static void count(final Crew crew, final Mutator m, final long node, final int by) {
        m.putLong(node, crew.value, m.getLong(node, crew.value) + by);
    }

    private static void changeEdge(final Crew crew, final Mutator m, final Random random) {
        final long edges = m.getRef(crew.cell(m, random.nextInt(NODES)), crew.next);
        final int index = random.nextInt(EDGES);
        final long old = m.getRefAt(edges, index);
        if (old != 0) {
            count(crew, m, m.getRef(old, crew.next), -1);
        }
        if (random.nextInt(5) == 0) {
            m.putRefAt(edges, index, 0);
        } else {
            final long target = crew.cell(m, random.nextInt(NODES));
            final long edge = m.allocate(crew.cell);
            m.putRef(edge, crew.next, target);
            m.putRefAt(edges, index, edge);
            count(crew, m, target, 1);
        }
    }

    /** Gives a node a new array with the same edges. */
    private static void replaceArray(final Crew crew, final Mutator m, final Random random) {
        final long node = crew.cell(m, random.nextInt(NODES));
        m.push(m.allocate(crew.array, EDGES));
        m.safepoint();
        final long copy = m.pop();
        final long edges = m.getRef(node, crew.next);
        for (int i = 0; i < EDGES; i++) {
            m.putRefAt(copy, i, m.getRefAt(edges, i));
        }
        m.putRef(node, crew.next, copy);
    }

    private static void verify(final Crew crew, final Mutator m) {
        final Map<Long, Long> incoming = new HashMap<>();
        for (int i = 0; i < NODES; i++) {
            final long edges = m.getRef(crew.cell(m, i), crew.next);
            assertEquals(EDGES, m.length(edges));
            for (int k = 0; k < EDGES; k++) {
                final long edge = m.getRefAt(edges, k);
                if (edge != 0) {
                    incoming.merge(m.getRef(edge, crew.next), 1L, Long::sum);
                }
            }
        }
        for (int i = 0; i < NODES; i++) {
            final long node = crew.cell(m, i);
            assertEquals(incoming.getOrDefault(node, 0L), m.getLong(node, crew.value));
        }
    }

    @EachSetup
    void shouldCountEdgesWhenTheyAreReplaced(final Setup setup) {
        try (Crew crew = new Crew(setup, NODES)) {
            found(crew);
            crew.work(Setup.MILLIS, (mutator, random, index) -> mutator.atomicallyDo(m -> {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    changeEdge(crew, m, random);
                }
                final int dice = random.nextInt(60);
                if (dice == 0) {
                    m.collectNursery();
                    changeEdge(crew, m, random);
                } else if (dice < 3) {
                    replaceArray(crew, m, random);
                } else if (dice < 5) {
                    verify(crew, m);
                }
            }));
            crew.inspect((mutator, random, index) -> mutator.atomicallyDo(m -> verify(crew, m)));
        }
    }
}
