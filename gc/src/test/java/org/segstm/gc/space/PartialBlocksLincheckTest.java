package org.segstm.gc.space;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.Memory;
import org.segstm.heap.segment.SegmentMap;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

/** Blocks come off the list in the order of a stack, and no block twice. */
@Param(name = "class", gen = IntGen.class, conf = "0:1")
@Param(name = "block", gen = IntGen.class, conf = "1:3")
@Tag("lincheck")
@Timeout(120)
public class PartialBlocksLincheckTest {
    private static final SegmentMap MAP = new SegmentMap(64 << 10, 1 << 20);
    private static final PageDescriptors DESCRIPTORS = new PageDescriptors(MAP);
    private final PartialBlocks blocks = new PartialBlocks(DESCRIPTORS);

    /** Lists a block of one page. */
    @Operation
    public void add(@Param(name = "class") final int sizeClass, @Param(name = "block") final int page) {
        DESCRIPTORS.put(page, PageDescriptor.block(sizeClass, 1, 0, 1));
        blocks.add(sizeClass, DESCRIPTORS.refOf(page));
    }

    /** Takes a block. */
    @Operation
    public long take(@Param(name = "class") final int sizeClass) {
        final long ref = blocks.take(sizeClass, 2);
        return ref == 0 ? 0 : DESCRIPTORS.pageOf(ref);
    }

    /** Forgets all. */
    @Operation
    public void clear() {
        blocks.clear();
    }

    @Test
    void shouldAnswerAsInSomeOrderWhenThreadsAreScheduledInAllWays() {
        new ModelCheckingOptions().threads(2).actorsPerThread(3).iterations(6).invocationsPerIteration(100)
            .addGuarantee(forClasses(Memory.class.getName()).allMethods().treatAsAtomic())
            .check(getClass());
    }

    @Test
    void shouldAnswerAsInSomeOrderWhenThreadsRace() {
        new StressOptions().threads(3).actorsPerThread(3).iterations(10).invocationsPerIteration(300)
            .check(getClass());
    }
}
