package org.segstm.gc.harness;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.segstm.heap.PageSharing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertFalse;

/** Runs all scripts with all page sharing strategies. */
@Timeout(120)
class ScriptTest {
    static Stream<Arguments> scripts() throws IOException, URISyntaxException {
        final Path directory = Paths.get(ScriptTest.class.getResource("/harness").toURI());
        final List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(".seg")).sorted().collect(Collectors.toList());
        }
        assertFalse(files.isEmpty());
        return files.stream().flatMap(file -> Arrays.stream(PageSharing.values())
            .map(sharing -> Arguments.of(file.getFileName().toString(), sharing, file)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("scripts")
    void shouldPlayScript(final String name, final PageSharing sharing, final Path file) {
        try {
            Script.parse(name, Files.readString(file)).run(sharing);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
