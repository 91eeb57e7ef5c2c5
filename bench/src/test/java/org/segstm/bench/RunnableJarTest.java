package org.segstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.segstm.bridge.JvmFlags;

@Timeout(60)
class RunnableJarTest {
    private static final Path POM = Path.of(System.getProperty("segstm.project.dir", "..")).resolve("bench/pom.xml");

    @Test
    void shouldSayInItsManifestWhatTheFlagsSay() throws IOException {
        final String pom = Files.readString(POM);
        assertTrue(pom.contains("<Add-Opens>java.base/jdk.internal.misc</Add-Opens>"));
        assertTrue(pom.contains("<Enable-Native-Access>ALL-UNNAMED</Enable-Native-Access>"));
        assertEquals(
                List.of("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED"),
                JvmFlags.required());
    }
}
