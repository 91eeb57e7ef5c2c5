package org.segstm.bench.mutation;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.bench.tool.TextTable;
import org.segstm.bridge.JvmFlags;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every mutation is found within a minute; a table at the end tells by what. */
@Tag("slow")
@Timeout(120)
class MutationTest {
    private static final long SECONDS = 60;
    private static final TextTable TABLE = new TextTable("mutation", "found by", "seconds");
    @TempDir
    private Path folder;

    @AfterAll
    static void printTable() {
        System.out.print(TABLE);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeFound(final Mutation mutation) throws IOException, InterruptedException {
        mutation.write(folder);
        final long seed = System.nanoTime();
        final long start = System.nanoTime();
        final Process child = new ProcessBuilder(command(seed)).redirectErrorStream(true).directory(folder.toFile())
            .start();
        final String output;
        try {
            output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(child.waitFor(SECONDS, TimeUnit.SECONDS));
        } finally {
            child.destroyForcibly();
        }
        final double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        final String story = mutation.words() + ", seed " + seed + ", status " + child.exitValue() + ":\n" + output;
        final String finder = child.exitValue() == 0 ? output.lines().findFirst().orElse("") : "crash";
        TABLE.row(mutation.words(), finder.replace(MutantMain.FOUND, ""),
            String.format(Locale.ROOT, "%.1f", seconds));
        assertEquals(0, child.exitValue(), story);
        assertTrue(finder.startsWith(MutantMain.FOUND), story);
    }

    private List<String> command(final long seed) {
        final List<String> command = new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JvmFlags.required());
        command.addAll(List.of("-Xmx512m", "-XX:-CreateCoredumpOnCrash", "-Dsegstm.checked=true", "-cp",
            folder + File.pathSeparator + System.getProperty("java.class.path"), MutantMain.class.getName(),
            Long.toString(SECONDS), Long.toString(seed)));
        return command;
    }
}
