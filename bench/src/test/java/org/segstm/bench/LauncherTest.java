package org.segstm.bench;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Runs the commands of bench/bin in a copy of the project's tree whose jar holds {@link Echo} only. */
@Timeout(60)
class LauncherTest {
    private static final Path PROJECT = Path.of(System.getProperty("segstm.project.dir", ".."));
    private static final String LAUNCHER = "bench/bin/segstm";
    private static final String DUHTON = "bench/bin/duhton";
    private static final String DUHTON_MAIN = "org/segstm/duhton/cli/DuhtonMain";
    private static final String NO_ARCHIVE = "archive=false ";
    @TempDir
    private Path folder;
    private Path home;
    private String javaHome = System.getProperty("java.home");

    @BeforeEach
    void copyTree() throws IOException {
        home = folder.toRealPath().resolve("a home");
        for (final String file : List.of(LAUNCHER, DUHTON, "bench/bin/launch.sh", "config/jvm.flags",
            "bench/duhton/programs/tour.duh")) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.copy(PROJECT.resolve(file), home.resolve(file));
        }
    }

    @Test
    void shouldStartTheJarWithTheFlagsWhenCalledFromElsewhereThroughALink() throws Exception {
        buildJar();
        final Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve(LAUNCHER));
        final Path linkToLink = Files.createSymbolicLink(folder.resolve("link to link"), link);
        assertEquals(NO_ARCHIVE + "open=true [one, two words]", launch(0, linkToLink, "one", "two words"));
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

    @Test
    void shouldTakeClassesFromAnArchiveThatIsMadeOncePerJar() throws Exception {
        buildJar(DUHTON_MAIN);
        assertEquals("archive=true open=true [x]", launch(0, home.resolve(DUHTON), "x"));
        final Map<String, FileTime> made = archives();
        assertEquals(2, made.size(), made.toString());
        assertEquals("archive=true open=true [y]", launch(0, home.resolve(DUHTON), "y"));
        assertEquals("archive=true open=true [z]", launch(0, home.resolve(LAUNCHER), "z"));
        assertEquals(made, archives());
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().plusSeconds(60)));
        assertEquals("archive=true open=true [x]", launch(0, home.resolve(DUHTON), "x"));
        assertEquals(made.keySet(), archives().keySet());
        archives().forEach((file, time) -> assertTrue(time.compareTo(made.get(file)) > 0, file));
    }

    @Test
    void shouldStartWithoutAnArchiveWhenTheJvmCanMakeNone() throws Exception {
        buildJar();
        assertEquals(NO_ARCHIVE + "open=true []", launch(0, home.resolve(LAUNCHER)));
        final Map<String, FileTime> tried = archives();
        assertEquals(1, tried.size(), tried.toString());
        assertEquals(NO_ARCHIVE + "open=true []", launch(0, home.resolve(LAUNCHER)));
        assertEquals(tried, archives());
    }

    @Test
    void shouldStartWithoutAWordWhenTheArchiveIsOfAnotherJar() throws Exception {
        buildJar(DUHTON_MAIN);
        launch(0, home.resolve(DUHTON));
        Files.setLastModifiedTime(jar(), FileTime.from(Instant.now().minusSeconds(60)));
        assertEquals("archive=true open=true [x]", launch(0, home.resolve(DUHTON), "x"));
    }

    private Map<String, FileTime> archives() throws IOException {
        final Map<String, FileTime> times = new TreeMap<>();
        try (Stream<Path> files = Files.list(jar().getParent())) {
            for (final Path file : files.toList()) {
                final String name = file.getFileName().toString();
                if (name.startsWith("classes-")) {
                    times.put(name, Files.getLastModifiedTime(file));
                }
            }
        }
        return times;
    }

    private Path jar() {
        return home.resolve("bench/target/segstm.jar");
    }

    /** A main class by this name, where there is one, is {@link Echo} too. */
    private void buildJar(final String... mainClasses) throws IOException {
        final Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        final String name = Echo.class.getName().replace('.', '/') + ".class";
        Files.createDirectories(jar().getParent());
        try (OutputStream file = Files.newOutputStream(jar());
            JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry(name));
            jar.write(Echo.class.getClassLoader().getResourceAsStream(name).readAllBytes());
            for (final String mainClass : mainClasses) {
                jar.putNextEntry(new JarEntry(mainClass + ".class"));
                jar.write(callerOfEcho(mainClass));
            }
        }
    }

    private static byte[] callerOfEcho(final String name) {
        final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        final String descriptor = "([Ljava/lang/String;)V";
        final MethodVisitor main =
            writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "main", descriptor, null, null);
        main.visitVarInsn(Opcodes.ALOAD, 0);
        main.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(Echo.class), "main", descriptor, false);
        main.visitInsn(Opcodes.RETURN);
        main.visitMaxs(0, 0);
        writer.visitEnd();
        return writer.toByteArray();
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

    /** Tells what it was given. Another main class calls it. */
    public static final class Echo {
        private Echo() {
        }

        public static void main(final String[] arguments) {
            final String flags = ManagementFactory.getRuntimeMXBean().getInputArguments().toString();
            System.out.println("archive=" + (flags.contains("SharedArchiveFile=") || flags.contains("AOTCache="))
                + " open="
                + Object.class.getModule().isOpen("jdk.internal.misc", Echo.class.getModule())
                + " " + List.of(arguments));
        }
    }
}
