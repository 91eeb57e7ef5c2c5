package org.segstm.bench.programs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class PublishedProgramTest {
    private static final Path PROGRAMS =
        Path.of(System.getProperty("segstm.project.dir", ".."), "bench", "duhton", "programs");

    /** The programs' own sizes are those of the table, but for the large tree. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TREES_LARGE")
    void shouldExpectAtTheTablesSizeWhatLiesBesideTheProgram(final PublishedProgram program) throws IOException {
        assertEquals(Files.readString(PROGRAMS.resolve(program.file() + ".expected")).trim(),
            program.expected(ProgramSize.TABLE));
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeFoundByNameAndCarryItsText(final PublishedProgram program) throws IOException {
        assertEquals(program, PublishedProgram.of(program.id()));
        assertEquals(Files.readString(PROGRAMS.resolve(program.file() + ".duh")), DuhtonRun.source(program.file()));
        assertTrue(program.factor(ProgramSize.LARGE) > 1);
        assertEquals(1, program.factor(ProgramSize.TABLE));
    }

    @Test
    void shouldKnowPublishedSecondsByThreads() {
        assertEquals(List.of(1.47, 1.57, 0.82, 0.87, 0.92, Double.NaN), PublishedProgram.SQUARES.threads().stream()
            .map(PublishedProgram.SQUARES::c7).toList());
        assertEquals(5.48, PublishedProgram.TINY.c8(8));
        assertEquals(Double.NaN, PublishedProgram.TINY.c7(4));
        assertEquals(Double.NaN, PublishedProgram.TREES_BUILD.c7(1));
    }

    @Test
    void shouldRefuseNamesThatItDoesNotKnow() {
        assertThrows(IllegalArgumentException.class, () -> PublishedProgram.of("SQUARES"));
        assertThrows(IllegalArgumentException.class, () -> ProgramSize.of("small"));
        assertThrows(IllegalArgumentException.class, () -> Code.of("jit"));
    }
}
