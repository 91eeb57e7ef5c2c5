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
        List.of("--no-jit", "--nursery", "64k"),
        List.of("--jit", "--jit-threshold", "0"),
        List.of("--jit", "--jit-threshold", "40", "--nursery", "64k"));
    /** Nothing is rolled back in no-STM mode, so an error leaves more behind. */
    private static final List<List<String>> SERIAL_MODES = List.of(
        List.of("--serial", "--jit", "--jit-threshold", "0"),
        List.of("--serial", "--jit", "--jit-threshold", "3", "--nursery", "64k"));

    private static DuhtonRun run(final String text, final List<String> options) {
        final String[] arguments = new String[options.size() + 2];
        options.toArray(arguments);
        arguments[options.size()] = "--num-threads";
        arguments[options.size() + 1] = "1";
        return DuhtonRun.once(text, arguments);
    }

    private static void compareModes(final long seed) {
        final String text = RandomSession.of(seed);
        compare(seed, run(text, List.of("--no-jit")), MODES);
        compare(seed, run(text, List.of("--no-jit", "--serial")), SERIAL_MODES);
    }

    private static void compare(final long seed, final DuhtonRun expected, final List<List<String>> modes) {
        for (final List<String> mode : modes) {
            final DuhtonRun run = run(RandomSession.of(seed), mode);
            assertEquals(withoutDepth(expected.errors()), withoutDepth(run.errors()), "seed=" + seed + " " + mode);
            assertEquals(expected.output(), run.output(), "seed=" + seed + " " + mode);
            assertEquals(expected.status(), run.status(), "seed=" + seed + " " + mode);
        }
    }

    /** How deep the stack is that a function needs, and so where it is too deep, depends on how it is run. */
    private static String withoutDepth(final String errors) {
        return errors.replaceAll("recursion too deep .*", "recursion too deep");
    }

    @RepeatedTest(3)
    void shouldSayTheSameInEachModeWhenSessionIsRandom() {
        compareModes(ThreadLocalRandom.current().nextLong());
    }

    @Tag("slow")
    @RepeatedTest(100)
    void shouldSayTheSameInEachModeWhenSessionsAreRandomAndMany() {
        compareModes(ThreadLocalRandom.current().nextLong());
    }
}
