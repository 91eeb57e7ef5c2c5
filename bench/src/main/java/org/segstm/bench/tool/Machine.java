package org.segstm.bench.tool;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What was measured: machine, Java and version of the sources. */
public final class Machine {
    private static final String UNKNOWN = "unknown";
    private static final long PATIENCE_S = 5;
    /** Written by the build. */
    private static final String RECORDED_COMMIT = "commit.txt";

    private Machine() {
    }

    /**
     * The processor.
     *
     * @return model name, how many processors this JVM may use, and the operating system.
     */
    public static String processor() {
        return modelName() + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
            + System.getProperty("os.name") + " " + System.getProperty("os.version");
    }

    /**
     * The Java virtual machine that runs this.
     *
     * @return name and version.
     */
    public static String java() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
    }

    /**
     * State of the sources that the program was built from.
     *
     * @return what {@code git describe} said when it was built, or says where the program lies, or {@code unknown}.
     */
    public static String commit() {
        try {
            final String recorded = recordedCommit();
            if (!recorded.isEmpty()) {
                return recorded;
            }
            final Path program =
                Path.of(Machine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return describe(Files.isDirectory(program) ? program : program.getParent());
        } catch (final IOException | URISyntaxException e) {
            return UNKNOWN;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    private static String recordedCommit() throws IOException {
        try (InputStream recorded = Machine.class.getResourceAsStream(RECORDED_COMMIT)) {
            return recorded == null ? "" : new String(recorded.readAllBytes(), StandardCharsets.UTF_8).trim();
        }
    }

    static String describe(final Path directory) throws IOException, InterruptedException {
        final Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--tags")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
        git.getOutputStream().close();
        if (!git.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            git.destroyForcibly();
            return UNKNOWN;
        }
        final String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return git.exitValue() == 0 && !text.isEmpty() ? text : UNKNOWN;
    }

    private static String modelName() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).trim()).orElse(UNKNOWN);
        } catch (final IOException e) {
            return UNKNOWN;
        }
    }
}
