package org.segstm.gc.space;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayDeque;

/** Each thread gives back what it took itself; the allocator answers as if they came one after the other. */
@Param(name = "thread", gen = ThreadIdGen.class)
@Param(name = "pages", gen = IntGen.class, conf = "1:3")
@Tag("lincheck")
@Timeout(120)
public class PageRunAllocatorLincheckTest {
    private static final int THREADS = 3;
    private static final int PAGES = 8;
    private final PageRunAllocator runs = new PageRunAllocator(PAGES);
    private final ArrayDeque<long[]>[] taken = stacks();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static ArrayDeque<long[]>[] stacks() {
        // Lincheck counts its own two threads, before and after, as well.
        final ArrayDeque<long[]>[] stacks = new ArrayDeque[THREADS + 2];
        for (int i = 0; i < stacks.length; i++) {
            stacks[i] = new ArrayDeque<>();
        }
        return stacks;
    }

    /** Takes a run. */
    @Operation
    public long take(@Param(name = "pages") final int pages, @Param(name = "thread") final int thread) {
        final long run = runs.allocate(pages);
        if (run != PageRun.NONE) {
            taken[thread].push(new long[] {PageRun.startPage(run), pages});
        }
        return run;
    }

    /** Gives back what the thread took last. */
    @Operation
    public boolean giveBack(@Param(name = "thread") final int thread) {
        final long[] run = taken[thread].poll();
        if (run == null) {
            return false;
        }
        runs.free(run[0], run[1]);
        return true;
    }

    /** Pages in use. */
    @Operation
    public long usedPages() {
        return runs.usedPages();
    }

    /** Longest free run. */
    @Operation
    public long largestFreeRun() {
        return runs.largestFreeRun();
    }

    @Test
    void shouldAnswerAsInSomeOrderWhenThreadsAreScheduledInAllWays() {
        new ModelCheckingOptions().threads(2).actorsPerThread(3).iterations(6).invocationsPerIteration(100)
            .check(getClass());
    }

    @Test
    void shouldAnswerAsInSomeOrderWhenThreadsRace() {
        new StressOptions().threads(THREADS).actorsPerThread(3).iterations(10).invocationsPerIteration(300)
            .check(getClass());
    }
}
