package org.segstm.gc.jcstress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.JvmFlags;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Runs jcstress on the tests of this package, in JVMs of its own; reports go to {@code target/jcstress}. The system
 * property {@code segstm.jcstress} has its options; by default a quick run of some tests.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
class StressOutcomesTest {
    private static final Path RESULTS = Path.of("target", "jcstress");
    private static final String QUICK = "-t (CommitPublication|CommitRace|FreshObject|SafepointHandShake|SoloMode)"
        + " -f 1 -fsm 1 -iters 1 -time 200 -sc false -af NONE -jvmArgs -XX:+UseSerialGC";
    private static final Pattern LAST_COUNT = Pattern.compile("planned; (\\d+) passed, (\\d+) failed, "
        + "(\\d+) soft errs, (\\d+) hard errs\\)");
    private static final int PASSED = 1;

    @Test
    void shouldSeeNoForbiddenOutcomeWhenThreadsRace() throws Exception {
        Files.createDirectories(RESULTS);
        final Path console = RESULTS.resolve("console.txt").toAbsolutePath();
        final int status = new ProcessBuilder(command()).directory(RESULTS.toFile()).redirectErrorStream(true)
            .redirectOutput(console.toFile()).start().waitFor();
        final String said = Files.readString(console);
        assertEquals(0, status, said);
        final Matcher counts = LAST_COUNT.matcher(said);
        int passed = 0;
        while (counts.find()) {
            passed = Integer.parseInt(counts.group(PASSED));
            for (int i = PASSED + 1; i <= counts.groupCount(); i++) {
                assertEquals("0", counts.group(i), said);
            }
        }
        assertTrue(passed > 0, said);
    }

    private static List<String> command() throws IOException {
        final List<String> flags = new ArrayList<>(JvmFlags.required());
        flags.add("-Dsegstm.page.sharing=" + System.getProperty("segstm.page.sharing", "PRIVATE_COW"));
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(absolute(System.getProperty("java.class.path")));
        command.add("org.openjdk.jcstress.Main");
        command.addAll(List.of(System.getProperty("segstm.jcstress", QUICK).split(" ")));
        command.addAll(List.of("-jvmArgsPrepend", String.join(" ", flags)));
        // States are few at a time, so that their cells are not made over before they are judged.
        command.addAll(List.of("-strideSize", "16", "-strideCount", "16", "-r", "."));
        return command;
    }

    private static String absolute(final String classPath) {
        final List<String> entries = new ArrayList<>();
        for (final String entry : classPath.split(File.pathSeparator)) {
            entries.add(Path.of(entry).toAbsolutePath().toString());
        }
        return String.join(File.pathSeparator, entries);
    }
}
