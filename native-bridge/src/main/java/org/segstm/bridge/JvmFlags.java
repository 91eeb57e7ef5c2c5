package org.segstm.bridge;

import java.util.List;
import org.agrona.UnsafeApi;

/**
 * The flags that a JVM needs to run SegSTM, and the check that it has them.
 *
 * <p>The runnable jar carries them in its manifest, so {@code java -jar} needs nothing.
 */
public final class JvmFlags {
    private static final String UNSAFE_PACKAGE = "jdk.internal.misc";
    private static final String UNNAMED = "ALL-UNNAMED";

    private JvmFlags() {
    }

    /**
     * The flags to start a JVM with, one argument each: for code on the class path, on Java 17 and later.
     * The first is a must; without the second, Java 24 and later warn on the console.
     */
    public static List<String> required() {
        return List.of(addOpensFlag(UNNAMED), "--enable-native-access=" + UNNAMED);
    }

    /**
     * Verifies that this JVM lets Agrona reach the JDK's Unsafe. Touches neither of them, so it is safe
     * to call at any time.
     *
     * @throws MissingJvmFlagException with the line to add
     */
    public static void check() {
        final Module agrona = UnsafeApi.class.getModule();
        check(Object.class.getModule().isOpen(UNSAFE_PACKAGE, agrona), agrona.isNamed() ? agrona.getName() : UNNAMED);
    }

    static void check(final boolean isOpen, final String module) {
        if (!isOpen) {
            throw new MissingJvmFlagException(
                    "SegSTM needs access to the JDK's Unsafe: add this flag to the java command, before the class: "
                    + addOpensFlag(module)
                    + " (java -jar with the runnable jar needs no flag)");
        }
    }

    private static String addOpensFlag(final String module) {
        return "--add-opens=java.base/" + UNSAFE_PACKAGE + "=" + module;
    }
}
