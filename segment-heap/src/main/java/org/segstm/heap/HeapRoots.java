package org.segstm.heap;

import org.segstm.bridge.Memory;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.heap.spi.RootSource;
import org.segstm.heap.spi.RootVisitor;

import java.util.ArrayList;
import java.util.List;

/**
 * The roots of a heap: shadow stacks, global roots, and what a VM registers. Outside of transactions a VM may
 * change them while they are read, provided that it stores a ref in its new place before it drops it from the
 * old one: stacks are read before and after the global ones.
 */
final class HeapRoots implements RootSource {
    private final List<Mutator> mutators;
    private final List<GlobalRoot> globalRoots;
    private final List<RootSource> sources;
    private final SegmentMap map;

    HeapRoots(
        final List<Mutator> mutators, final List<GlobalRoot> globalRoots, final List<RootSource> sources,
        final SegmentMap map) {
        this.map = map;
        this.mutators = mutators;
        this.globalRoots = globalRoots;
        this.sources = sources;
    }

    @Override
    public void visitRoots(final RootVisitor visitor) {
        final List<Mutator> all = new ArrayList<>();
        synchronized (mutators) {
            mutators.stream().filter(m -> !m.isClosed()).forEach(all::add);
        }
        all.forEach(mutator -> mutator.visitRoots(visitor));
        Memory.loadFence();
        synchronized (globalRoots) {
            globalRoots.forEach(root -> visitor.visit(root.get()));
        }
        sources.forEach(source -> source.visitRoots(HeapAccess.CHECKED ? checking(visitor) : visitor));
        Memory.loadFence();
        all.stream().filter(mutator -> !mutator.inTransaction()).forEach(mutator -> mutator.visitRoots(visitor));
    }

    private RootVisitor checking(final RootVisitor visitor) {
        return value -> {
            if (ObjectHeader.isObjectRef(value) && !map.isOldSpace(value)) {
                throw new CheckedAccessException("a root source holds a young object, which will move without being"
                    + " updated there: value=0x" + Long.toHexString(value));
            }
            visitor.visit(value);
        };
    }
}
