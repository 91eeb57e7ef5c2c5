package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code --quick} gives other options values, and those that are given win, in all commands alike. */
@Timeout(60)
class QuickTest {
    private static final String QUICK = "--quick";
    /** Values of options that have no default to be given. */
    private static final Map<String, String> VALUES = Map.of("compare --warm-up", "1.5", "programs --sizes", "large");

    static Stream<String> commandsWithQuick() {
        return Main.commandLine().getSubcommands().entrySet().stream()
            .filter(entry -> entry.getValue().getCommandSpec().findOption(QUICK) != null).map(Map.Entry::getKey);
    }

    static Stream<Arguments> optionsThatQuickSets() {
        return commandsWithQuick().flatMap(name -> quickOptions(specOf(Main.commandLine(), name)).stream()
            .map(option -> Arguments.of(name, option.longestName())));
    }

    private static CommandSpec specOf(final CommandLine line, final String command) {
        return line.getSubcommands().get(command).getCommandSpec();
    }

    private static List<OptionSpec> quickOptions(final CommandSpec spec) {
        return spec.options().stream().filter(option -> option.userObject() instanceof Field field
            && field.isAnnotationPresent(Quick.class)).toList();
    }

    /** The value that the command finds in its field. */
    private static Object value(final String command, final String option, final String... arguments) {
        final CommandLine line = Main.commandLine();
        final List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        line.parseArgs(all.toArray(String[]::new));
        final CommandSpec spec = specOf(line, command);
        ((BenchCommand) spec.userObject()).settleOptions();
        final Object value = spec.findOption(option).getValue();
        return value instanceof List<?> list ? List.copyOf(list) : value;
    }

    @ParameterizedTest
    @MethodSource("commandsWithQuick")
    void shouldSayThatOtherOptionsWin(final String command) {
        final CommandSpec spec = specOf(Main.commandLine(), command);
        final String description = String.join("", spec.findOption(QUICK).description());
        assertTrue(description.endsWith("Options given beside it win."), description);
        assertTrue(!quickOptions(spec).isEmpty(), "quick changes something");
    }

    @ParameterizedTest
    @MethodSource("optionsThatQuickSets")
    void shouldTakeWhatIsGivenWhenQuick(final String command, final String option) {
        final String usual = specOf(Main.commandLine(), command).findOption(option).defaultValue();
        final String given = VALUES.getOrDefault(command + " " + option, usual);
        final Object expected = value(command, option, option, given);
        assertNotEquals(expected, value(command, option, QUICK), "the test gives another value");
        assertEquals(expected, value(command, option, QUICK, option, given));
        assertEquals(expected, value(command, option, option, given, QUICK));
        assertNotEquals(value(command, option), value(command, option, QUICK), "quick matters");
    }

    @Test
    void shouldFindAllMeasuringCommands() {
        assertEquals(15, commandsWithQuick().count());
        assertTrue(optionsThatQuickSets().count() >= 25);
    }

    @Test
    void shouldMeasureAsLongAsIsSaidWhenQuick() {
        final Commands said = Commands.run(
            "throughput", QUICK, "--seconds", "1", "--tests", "empty", "--threads", "1", "--modes", "stm");
        assertEquals(0, said.status(), said.err());
        assertTrue(said.out().contains("0.3 s of warm-up, then 5 rounds of 0.2 s"), said.out());
    }
}
