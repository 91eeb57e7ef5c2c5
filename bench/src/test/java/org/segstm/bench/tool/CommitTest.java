package org.segstm.bench.tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Reports name the sources that were measured, wherever the program lies. */
@Timeout(60)
class CommitTest {
    private static final Path PROJECT = Path.of(System.getProperty("segstm.project.dir", ".."));
    private static final String DIRTY = "-dirty";
    @TempDir
    private Path folder;

    /** What the class says when it lies in the folder with a record of the build, or with none. */
    private String commitOfCopy(final String record) throws Exception {
        final Path tool = Files.createDirectories(folder.resolve("org/segstm/bench/tool"));
        Files.copy(Path.of(Machine.class.getResource("Machine.class").toURI()), tool.resolve("Machine.class"));
        if (record != null) {
            Files.writeString(tool.resolve("commit.txt"), record);
        }
        final URL[] copy = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(copy, ClassLoader.getPlatformClassLoader())) {
            return (String) loader.loadClass(Machine.class.getName()).getMethod("commit").invoke(null);
        }
    }

    @Test
    void shouldTellWhatTheBuildRecordedWhenItRunsFromAnotherFolder() throws Exception {
        assertEquals("0123abc-dirty", commitOfCopy("0123abc-dirty" + System.lineSeparator()));
    }

    @Test
    void shouldSayUnknownWhenNothingWasRecordedAndThereIsNoRepository() throws Exception {
        assertEquals("unknown", commitOfCopy(""));
    }

    @Test
    void shouldSayUnknownWhenThereIsNoRecord() throws Exception {
        assertEquals("unknown", commitOfCopy(null));
    }

    @Test
    void shouldBeRecordedByTheBuildWhenThatIsInACheckout() throws Exception {
        assertNotNull(Machine.class.getResource("commit.txt"), "the build writes it, maybe empty");
        final String described = described();
        assumeTrue(Files.exists(PROJECT.resolve(".git")) && !"unknown".equals(described), "no checkout, or no git");
        assertEquals(withoutDirty(described), withoutDirty(Machine.commit()));
    }

    private static String described() throws InterruptedException {
        try {
            return Machine.describe(PROJECT);
        } catch (final IOException e) {
            return "unknown";
        }
    }

    /** The tree may have been touched since the build. */
    private static String withoutDirty(final String commit) {
        return commit.endsWith(DIRTY) ? commit.substring(0, commit.length() - DIRTY.length()) : commit;
    }
}
