package org.segstm.gc.mappings;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.segstm.bridge.JvmFlags;
import org.segstm.bridge.Platform;
import org.segstm.heap.PageSharing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Others in the process take the mappings that the kernel allows it: neither the heap nor the JVM may end by that. */
@Timeout(120)
class ScarceMappingsTest {
    /** More would take long and much memory of the kernel. */
    private static final long MOST_MAPPINGS = 200_000;

    static Stream<Arguments> strategiesAndMappingsLeft() {
        return Stream.of(PageSharing.MMAP_FIXED, PageSharing.REMAP_FILE_PAGES).flatMap(sharing ->
            Stream.of(200, 3_000, 6_000).map(left -> Arguments.of(sharing, left)));
    }

    @ParameterizedTest
    @MethodSource("strategiesAndMappingsLeft")
    void shouldCommitAllWhenOthersLeaveFewMappings(final PageSharing sharing, final int left) throws Exception {
        assertEquals(ScarceMappings.WELL, run(sharing, left));
    }

    /** Interpreted, as a compiler at work at that moment would be the first to find no mapping. */
    @ParameterizedTest
    @EnumSource(value = PageSharing.class, names = {"MMAP_FIXED", "REMAP_FILE_PAGES"})
    void shouldStayUsableWhenOthersTakeTheReserveToo(final PageSharing sharing) throws Exception {
        assertEquals(ScarceMappings.WELL, run(sharing, 0, "-Xint", "-Xms64m", "-XX:+AlwaysPreTouch"));
    }

    private static String run(final PageSharing sharing, final int left, final String... flags) throws Exception {
        assumeTrue(Platform.maxMapCount() <= MOST_MAPPINGS, "vm.max_map_count is large here");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmFlags.required());
        command.addAll(List.of(flags));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null",
            "-cp", System.getProperty("java.class.path"), ScarceMappings.class.getName(),
            sharing.name(), Integer.toString(left)));
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
