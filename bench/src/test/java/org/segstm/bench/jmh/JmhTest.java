package org.segstm.bench.jmh;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** That the benchmarks run and say what they are said to. */
@Timeout(300)
class JmhTest {
    private static final List<Class<?>> ALL = List.of(ReadBenchmark.class, WriteBenchmark.class, CardBenchmark.class,
        AllocationBenchmark.class, TransactionBenchmark.class, CommitBenchmark.class, SharingBenchmark.class,
        MarkerResetBenchmark.class, MinorCollectionBenchmark.class);

    @BeforeAll
    static void runBesideOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void shouldHaveItsLimitsBesideEachOfOurs() {
        for (final Class<?> suite : ALL) {
            final List<String> methods = Arrays.stream(suite.getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class)).map(Method::getName).toList();
            assertTrue(methods.stream().anyMatch(JmhMain::mustNotAllocate), suite.getName());
            assertTrue(methods.stream().anyMatch(name -> name.startsWith("raw")), suite.getName());
            assertTrue(methods.stream().anyMatch(name -> name.startsWith("java")), suite.getName());
        }
    }

    @Test
    void shouldSeeWhenAnOperationAllocatesAndWhenItDoesNot() throws RunnerException {
        final Collection<RunResult> results = new Runner(JmhMain.withFlags(tiny()
            .include(TransactionBenchmark.class.getName() + ".empty")
            .include(AllocationBenchmark.class.getName() + ".javaBytes16")
            .forks(1).warmupIterations(2).addProfiler(GCProfiler.class)
            .warmupTime(TimeValue.milliseconds(300)).measurementTime(TimeValue.milliseconds(300)).build())).run();
        assertEquals(3, results.size());
        assertEquals(List.of(), JmhMain.allocating(results));
        final double javaBytes = results.stream()
            .filter(result -> result.getPrimaryResult().getLabel().equals("javaBytes16"))
            .mapToDouble(result -> result.getSecondaryResults().get("gc.alloc.rate.norm").getScore())
            .findFirst().orElseThrow();
        assertEquals(16, javaBytes, 1);
    }

    /** In checked mode, like this JVM's: a barrier that is left out would be an exception. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(classes = {ReadBenchmark.class, WriteBenchmark.class, CardBenchmark.class, AllocationBenchmark.class,
        TransactionBenchmark.class, CommitBenchmark.class, SharingBenchmark.class, MarkerResetBenchmark.class,
        MinorCollectionBenchmark.class})
    void shouldRunEveryBenchmark(final Class<?> suite) throws RunnerException {
        final long methods = Arrays.stream(suite.getMethods())
            .filter(method -> method.isAnnotationPresent(Benchmark.class)).count();
        final ChainedOptionsBuilder options = tiny().include("\\." + suite.getSimpleName() + "\\.")
            .forks(0).warmupIterations(0).measurementTime(TimeValue.milliseconds(1));
        if (suite == CommitBenchmark.class) {
            options.param("writes", "10").param("attached", "2");
        } else if (suite == SharingBenchmark.class) {
            options.param("strategy", "MMAP_FIXED").param("unit", "4k");
        } else if (suite == MarkerResetBenchmark.class) {
            options.param("pages", "10").param("way", "MEMSET").param("usedMib", "80");
        } else if (suite == MinorCollectionBenchmark.class) {
            options.param("survivingPercent", "10");
        }
        assertEquals(methods, new Runner(options.build()).run().size());
    }

    @ParameterizedTest
    @CsvSource({"16, 300, true", "16, 0.1, false", "0.001, 300, false", "0.6, 1.1, true"})
    void shouldTakeForAllocationWhatComesOftenAndInEachOperation(
        final double bytes, final double megabytesPerSecond, final boolean allocates) {
        assertEquals(allocates, JmhMain.allocates(bytes, megabytesPerSecond));
    }

    @Test
    void shouldNotAskLimitsAndStopsForZeroBytes() {
        assertFalse(JmhMain.mustNotAllocate("javaCommit"));
        assertFalse(JmhMain.mustNotAllocate("reshare"));
        assertTrue(JmhMain.mustNotAllocate("commit"));
    }

    private static ChainedOptionsBuilder tiny() {
        return new OptionsBuilder().measurementIterations(1).verbosity(VerboseMode.SILENT).shouldFailOnError(true);
    }
}
