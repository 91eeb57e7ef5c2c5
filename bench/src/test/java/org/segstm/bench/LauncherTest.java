package org.segstm.bench;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Runs bench/bin/segstm in a copy of the project's tree whose jar holds {@link Echo} only. */
@Timeout(60)
class LauncherTest {
    private static final Path PROJECT = Path.of(System.getProperty("segstm.project.dir", ".."));
    private static final String LAUNCHER = "bench/bin/segstm";
    @TempDir
    private Path folder;
    private Path home;
    private String javaHome = System.getProperty("java.home");

    @BeforeEach
    void copyTree() throws IOException {
        home = folder.toRealPath().resolve("a home");
        for (final String file : List.of(LAUNCHER, "config/jvm.flags")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.copy(PROJECT.resolve(file), home.resolve(file));
        }
    }

    @Test
    void shouldStartTheJarWithTheFlagsWhenCalledFromElsewhereThroughALink() throws Exception {
        buildJar();
        final Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve(LAUNCHER));
        final Path linkToLink = Files.createSymbolicLink(folder.resolve("link to link"), link);
        assertEquals("open=true [one, two words]", launch(0, linkToLink, "one", "two words"));
    }

    @Test
    void shouldSayHowToBuildWhenTheJarIsMissingAndCannotBeBuilt() throws Exception {
        final String said = launch(1, home.resolve(LAUNCHER));
        assertTrue(said.contains("segstm: cannot build it: 'make -C " + home + " package' needs make, Maven"), said);
    }

    @Test
    void shouldBuildTheJarWhenItIsMissing() throws Exception {
        buildJar();
        Files.move(jar(), home.resolve("built"));
        Files.writeString(home.resolve("Makefile"), "package:\n\tcp built bench/target/segstm.jar\n");
        assertTrue(launch(0, home.resolve(LAUNCHER), "x").endsWith("open=true [x]"));
    }

    @Test
    void shouldSayThatJavaIsMissingWhenThereIsNone() throws Exception {
        javaHome = folder.toString();
        assertEquals("segstm: no java found: install JDK 17 or later, or set JAVA_HOME",
            launch(1, home.resolve(LAUNCHER)));
    }

    private Path jar() {
        return home.resolve("bench/target/segstm.jar");
    }

    private void buildJar() throws IOException {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        final String name = Echo.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(jar().getParent());
        try (OutputStream file = Files.newOutputStream(jar());
            JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry(name));
            jar.write(Echo.class.getClassLoader().getResourceAsStream(name).readAllBytes());
        }
    }

    private String launch(final int status, final Path launcher, final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        final ProcessBuilder builder =
            new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", javaHome);
        final Process process = builder.start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(status, process.waitFor(), said);
        return said;
    }

    /** Tells what it was given. */
    static final class Echo {
        private Echo() {
        }

        public static void main(final String[] arguments) {
            System.out.println("open="
                + Object.class.getModule().isOpen("jdk.internal.misc", Echo.class.getModule())
                + " " + List.of(arguments));
        }
    }
}
