package org.segstm.bridge;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JvmFlagsTest {
    private static final String FLAG = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final String MESSAGE =
            "SegSTM needs access to the JDK's Unsafe: add this flag to the java command, before the class: " + FLAG
            + " (java -jar with the runnable jar needs no flag)";

    @Test
    void shouldPassWhenFlagsAreSet() {
        assertDoesNotThrow(() -> JvmFlags.check());
    }

    @Test
    void shouldGiveTheFlagWhenPackageIsNotOpen() {
        final MissingJvmFlagException missing =
                assertThrows(MissingJvmFlagException.class, () -> JvmFlags.check(false, "ALL-UNNAMED"));
        assertEquals(MESSAGE, missing.getMessage());
    }

    @Test
    void shouldNameTheModuleWhenAgronaIsOnTheModulePath() {
        final MissingJvmFlagException missing =
                assertThrows(MissingJvmFlagException.class, () -> JvmFlags.check(false, "org.agrona.core"));
        assertTrue(missing.getMessage().contains("--add-opens=java.base/jdk.internal.misc=org.agrona.core "));
    }

    @Test
    void shouldAgreeWithTheArgumentFileWhenRead() throws IOException {
        final Path file = Path.of(System.getProperty("segstm.project.dir", "..")).resolve("config/jvm.flags");
        assertEquals(JvmFlags.required(), Files.readAllLines(file));
    }

    @Test
    void shouldStartWithTheMessageWhenJvmLacksTheFlag() throws IOException, InterruptedException {
        final String output = runMemoryUser(List.of());
        assertEquals(
                "Exception in thread \"main\" org.segstm.bridge.BridgeUnavailableError: " + MESSAGE,
                output.lines().findFirst().orElse(""),
                output);
    }

    @Test
    void shouldPrintNoWarningWhenJvmHasTheFlags() throws IOException, InterruptedException {
        assertEquals("7" + System.lineSeparator(), runMemoryUser(JvmFlags.required()));
    }

    private static String runMemoryUser(final List<String> flags) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MemoryUser.class.getName()));
        final ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // These would add flags, and a line that says so.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        final Process process = builder.start();
        final String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** The program of somebody who goes straight to the memory. */
    static final class MemoryUser {
        private MemoryUser() {
        }

        public static void main(final String[] args) {
            final long address = Memory.allocate(Long.BYTES);
            Memory.putLong(address, 7);
            final long pageBytes = Platform.pageBytes();
            try (Reservation reservation = Reservation.reserve(pageBytes, pageBytes)) {
                reservation.mapAnonymous(0, pageBytes);
                Memory.copy(address, reservation.address(), Long.BYTES);
                System.out.println(Memory.getLong(reservation.address()));
            }
            Memory.free(address);
        }
    }
}
