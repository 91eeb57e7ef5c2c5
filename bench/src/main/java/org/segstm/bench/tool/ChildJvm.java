package org.segstm.bench.tool;

import org.segstm.bridge.JvmFlags;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs a main class in a JVM of its own, so that what the JIT has learnt from one measurement does not colour the next
 * one. It gets this JVM's class path and flags, those that SegSTM needs, and more where asked; later ones win.
 */
public final class ChildJvm {
    /** Flag of children that run Duhton: this collector starts fastest, and the VM's data are not in the Java heap. */
    public static final String SERIAL_COLLECTOR = "-XX:+UseSerialGC";
    private static final int JAVA_THAT_WARNS_OF_UNSAFE = 24;
    private final Class<?> mainClass;
    private final List<String> flags = new ArrayList<>(flags());
    private final List<String> arguments = new ArrayList<>();

    /**
     * Describes a child.
     *
     * @param mainClass to run; it is on this JVM's class path.
     */
    public ChildJvm(final Class<?> mainClass) {
        this.mainClass = mainClass;
    }

    /**
     * Flags that every child gets.
     *
     * @return those that SegSTM needs, then those this JVM was started with, each once.
     */
    public static List<String> flags() {
        final Set<String> flags = new LinkedHashSet<>(JvmFlags.required());
        for (final String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!flag.startsWith("-agentlib:") && !flag.startsWith("-javaagent:")) {
                flags.add(flag);
            }
        }
        return List.copyOf(flags);
    }

    /**
     * Flags for a library that uses {@code sun.misc.Unsafe}, so that a newer JVM says nothing about it.
     *
     * @return none for an older JVM, which does not know them.
     */
    public static List<String> unsafeFlags() {
        return Runtime.version().feature() < JAVA_THAT_WARNS_OF_UNSAFE ? List.of()
            : List.of("--sun-misc-unsafe-memory-access=allow");
    }

    /**
     * Sets a system property of the child.
     *
     * @param name  of the property.
     * @param value to set.
     * @return this.
     */
    public ChildJvm property(final String name, final Object value) {
        return flag("-D" + name + "=" + value);
    }

    /**
     * Adds a flag of the child's JVM.
     *
     * @param flag as on a command line.
     * @return this.
     */
    public ChildJvm flag(final String flag) {
        flags.add(flag);
        return this;
    }

    /**
     * Adds an argument of the main class.
     *
     * @param argument as text.
     * @return this.
     */
    public ChildJvm argument(final Object argument) {
        arguments.add(argument.toString());
        return this;
    }

    /**
     * Runs the child to its end. What it writes as errors goes to this JVM's standard error.
     *
     * @return what it wrote to standard output.
     * @throws BenchException when it cannot be started or does not end with status 0.
     */
    public String run() {
        final StringBuilder output = new StringBuilder();
        run(line -> output.append(line).append('\n'));
        return output.toString();
    }

    /**
     * Runs the child to its end. What it writes as errors goes to this JVM's standard error.
     *
     * @param lines takes each line that it writes to standard output, when it is written.
     * @throws BenchException when it cannot be started or does not end with status 0.
     */
    public void run(final Consumer<? super String> lines) {
        try {
            final Process child = new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            final Thread ending = new Thread(child::destroyForcibly);
            Runtime.getRuntime().addShutdownHook(ending);
            try {
                child.getOutputStream().close();
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))
                    .lines().forEach(lines);
                final int status = child.waitFor();
                if (status != 0) {
                    throw new BenchException("the measuring JVM ended with status " + status + ": "
                        + mainClass.getSimpleName() + " " + String.join(" ", arguments));
                }
            } finally {
                child.destroyForcibly();
                ShutdownHooks.remove(ending);
            }
        } catch (final IOException e) {
            throw new BenchException("cannot run a measuring JVM: " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while a measuring JVM was running");
        }
    }

    /**
     * Starts the child and leaves it running, to be asked by and by.
     *
     * @return the child; it runs a {@link ChildServer}.
     * @throws BenchException when it cannot be started.
     */
    public LiveChild start() {
        try {
            return new LiveChild(
                new ProcessBuilder(command()).redirectError(ProcessBuilder.Redirect.INHERIT).start(),
                mainClass.getSimpleName() + " " + String.join(" ", arguments));
        } catch (final IOException e) {
            throw new BenchException("cannot run a measuring JVM: " + e.getMessage());
        }
    }

    private List<String> command() {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ChildMain.class.getName());
        command.add(mainClass.getName());
        command.addAll(arguments);
        return command;
    }
}
