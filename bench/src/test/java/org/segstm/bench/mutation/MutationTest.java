package org.segstm.bench.mutation;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.segstm.bench.tool.TextTable;
import org.segstm.bridge.JvmFlags;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every mutation is found, in seconds on a machine with nothing else to do; a table at the end tells by what. */
@Tag("slow")
@Timeout(360)
class MutationTest {
    private static final long SECONDS = 180;
    private static final long PATIENCE_SECONDS = 300;
    private static final long CONTROL_SECONDS = 8;
    private static final TextTable TABLE = new TextTable("mutation", "found by", "crashes before", "seconds");
    private static final StringBuilder SAID = new StringBuilder();
    @TempDir
    private Path folder;

    @AfterAll
    static void printTable() {
        System.out.print(TABLE);
        System.out.print(SAID);
    }

    /** A mutant may crash its JVM or run into an exception of Java's; that tells little, so it does not count. */
    @ParameterizedTest
    @EnumSource
    void shouldBeFound(final Mutation mutation) throws IOException, InterruptedException {
        mutation.write(folder);
        final long start = System.nanoTime();
        final StringBuilder story = new StringBuilder(mutation.words());
        String finder = "";
        int crashes = 0;
        while (finder.isEmpty()) {
            final long seed = System.nanoTime();
            final long left = SECONDS - TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
            assertTrue(left > 0, story::toString);
            final Path output = folder.resolve("output" + crashes);
            final int status = run(command(left, seed, mutation.name()), output);
            final List<String> lines = Files.readAllLines(output);
            story.append(", seed ").append(seed).append(", status ").append(status).append(":\n")
                .append(String.join("\n", lines));
            if (status == 0) {
                finder = lines.isEmpty() ? "nothing said" : lines.get(0);
            } else {
                crashes++;
            }
        }
        final double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        TABLE.row(mutation.words(), finder.replace(MutantMain.FOUND, ""), Integer.toString(crashes),
            String.format(Locale.ROOT, "%.1f", seconds));
        SAID.append(mutation.words()).append(": ").append(lastMessage(story)).append(System.lineSeparator());
        assertTrue(finder.startsWith(MutantMain.FOUND), story::toString);
    }

    /** What finds mutations finds nothing where there is none. */
    @Test
    void shouldFindNothingWhenNothingIsMutated() throws IOException, InterruptedException {
        final Path output = folder.resolve("output");
        final int status = run(command(CONTROL_SECONDS, System.nanoTime(), ""), output);
        assertEquals(MutantMain.NOTHING, Files.readString(output).strip());
        assertEquals(0, status);
    }

    private int run(final List<String> command, final Path output) throws IOException, InterruptedException {
        final Process child = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile())
            .directory(folder.toFile()).start();
        try {
            assertTrue(child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the child does not end");
            return child.exitValue();
        } finally {
            child.destroyForcibly();
        }
    }

    private static String lastMessage(final CharSequence story) {
        final List<String> lines = story.toString().lines().toList();
        final int found = lines.lastIndexOf(lines.stream().filter(line -> line.startsWith(MutantMain.FOUND))
            .reduce((one, next) -> next).orElse(""));
        return found < 0 ? "" : lines.get(found + 1);
    }

    private List<String> command(final long seconds, final long seed, final String mutation) {
        final List<String> command = new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(JvmFlags.required());
        command.addAll(List.of("-Xmx512m", "-XX:-CreateCoredumpOnCrash", "-Dsegstm.checked=true", "-cp",
            folder + File.pathSeparator + System.getProperty("java.class.path"), MutantMain.class.getName(),
            Long.toString(seconds), Long.toString(seed)));
        if (!mutation.isEmpty()) {
            command.add(mutation);
        }
        return command;
    }
}
