package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** Random sessions print and report the same interpreted, compiled from the beginning or on the way, without STM. */
@Timeout(300)
class RandomSessionTest {
    private static final List<List<String>> MODES = List.of(
        List.of("--jit", "--jit-threshold", "0"),
        List.of("--jit", "--jit-threshold", "40", "--nursery", "64k"),
        List.of("--jit", "--jit-threshold", "0", "--serial"),
        List.of("--no-jit", "--nursery", "64k"));

    private static DuhtonRun run(final String text, final List<String> options) {
        final String[] arguments = new String[options.size() + 2];
        options.toArray(arguments);
        arguments[options.size()] = "--num-threads";
        arguments[options.size() + 1] = "1";
        return DuhtonRun.once(text, arguments);
    }

    private static void compareModes(final long seed) {
        final String text = RandomSession.of(seed);
        final DuhtonRun expected = run(text, List.of("--no-jit"));
        for (final List<String> mode : MODES) {
            final DuhtonRun run = run(text, mode);
            assertEquals(expected.output(), run.output(), "seed=" + seed + " " + mode);
            assertEquals(expected.errors(), run.errors(), "seed=" + seed + " " + mode);
            assertEquals(expected.status(), run.status(), "seed=" + seed + " " + mode);
        }
    }

    @RepeatedTest(10)
    void shouldSayTheSameInEachModeWhenSessionIsRandom() {
        compareModes(ThreadLocalRandom.current().nextLong());
    }

    @Tag("slow")
    @RepeatedTest(200)
    void shouldSayTheSameInEachModeWhenSessionsAreRandomAndMany() {
        compareModes(ThreadLocalRandom.current().nextLong());
    }
}
