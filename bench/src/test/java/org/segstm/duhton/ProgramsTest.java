package org.segstm.duhton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The programs of bench/duhton/programs: same result in no-STM mode and on any number of threads. */
@Timeout(300)
class ProgramsTest {
    private static final Path PROGRAMS =
        Path.of(System.getProperty("segstm.project.dir", ".."), "bench", "duhton", "programs");
    /** Sizes at which a program runs in a moment, for those that have any. */
    private static final Map<String, String> SMALL = new LinkedHashMap<>();

    static {
        SMALL.put("squares", "(setq roots 40 start 100000)");
        SMALL.put("trees_walk", "(setq walks 100 depth 6)");
        SMALL.put("trees_build", "(setq trees 64 depth 6)");
        SMALL.put("queens", "(setq n 6)");
        SMALL.put("mergesort", "(setq length 3000 parts 4)");
        SMALL.put("conflicts", "(setq transactions 60 turns 300 one-in 2 every 5)");
        SMALL.put("bank", "(setq transfers 4000 audit-every 5)");
        SMALL.put("tiny", "(setq spawners 20 each 200)");
        SMALL.put("append", "(setq length 30000)");
        SMALL.put("tour", "");
        SMALL.put("raytrace", "(setq size 16)");
        SMALL.put("richards", "(setq systems 6 rounds 300)");
    }

    static Stream<Arguments> smallRuns() {
        final List<Arguments> runs = new ArrayList<>();
        for (final String program : SMALL.keySet()) {
            for (final int threads : new int[] {1, 2, 4, 8}) {
                runs.add(Arguments.of(program, List.of("--num-threads", Integer.toString(threads))));
            }
        }
        for (final String program : List.of("bank", "conflicts", "trees_build", "mergesort")) {
            for (final String strategy : List.of("mmap-fixed", "remap-file-pages")) {
                runs.add(Arguments.of(program, List.of("--num-threads", "4", "--page-sharing", strategy)));
            }
            runs.add(Arguments.of(program, List.of("--num-threads", "4", "--nursery", "64k")));
            runs.add(Arguments.of(program, List.of("--num-threads", "4", "--segments", "2")));
            runs.add(Arguments.of(program, List.of("--num-threads", "4", "--segments", "1")));
        }
        return runs.stream();
    }

    static Stream<Arguments> fullRuns() {
        return SMALL.keySet().stream().flatMap(program -> Stream.of(
            Arguments.of(program, List.of("--num-threads", "1")),
            Arguments.of(program, List.of("--num-threads", "2")),
            Arguments.of(program, List.of("--num-threads", "8")),
            Arguments.of(program, List.of("--serial"))));
    }

    @ParameterizedTest
    @MethodSource("smallRuns")
    void shouldPrintSerialResultWhenProgramRunsOnThreads(final String program, final List<String> options)
            throws IOException {
        final String text = SMALL.get(program) + Files.readString(PROGRAMS.resolve(program + ".duh"));
        assertEquals(DuhtonRun.outputOf(text, "--serial"), DuhtonRun.outputOf(text, options.toArray(new String[0])));
    }

    static Stream<String> programs() {
        return SMALL.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void shouldPrintSameWhenConflictsAreTold(final String program) throws IOException {
        final String text = SMALL.get(program) + Files.readString(PROGRAMS.resolve(program + ".duh"));
        final DuhtonRun told = DuhtonRun.program(text, "--conflicts", "--num-threads", "4", "--nursery", "64k");
        assertEquals(DuhtonRun.outputOf(text, "--serial"), told.output());
        assertTrue(told.errors().startsWith("No conflicts") || told.errors().startsWith("Top conflicts"),
            told.errors());
        assertEquals(0, told.status());
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("fullRuns")
    void shouldPrintExpectedWhenProgramHasItsOwnSizes(final String program, final List<String> options)
            throws IOException {
        final List<String> arguments = new ArrayList<>(options);
        arguments.add(PROGRAMS.resolve(program + ".duh").toString());
        final DuhtonRun run = DuhtonRun.command("", arguments.toArray(new String[0]));
        assertEquals("", run.errors());
        assertEquals(Files.readString(PROGRAMS.resolve(program + ".expected"), StandardCharsets.ISO_8859_1),
            run.output());
    }

    @Test
    void shouldTestEveryProgramWhenThereIsOneMore() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            assertEquals(SMALL.keySet().stream().sorted().collect(Collectors.toList()),
                files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".duh"))
                    .map(name -> name.substring(0, name.length() - ".duh".length())).sorted()
                    .collect(Collectors.toList()));
        }
    }
}
