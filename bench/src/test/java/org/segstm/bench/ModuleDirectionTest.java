package org.segstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reads every source file: a module may name packages of itself and of modules below it only. */
@Timeout(60)
class ModuleDirectionTest {
    private static final Path PROJECT = Path.of(System.getProperty("segstm.project.dir", ".."));
    private static final Pattern COMMENT_OR_STRING =
            Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);
    private static final Pattern PACKAGE_NAME = Pattern.compile("\\borg\\.segstm\\.([a-z]+)\\b");
    private static final Pattern MODULE_DEPENDENCY =
            Pattern.compile("<groupId>org\\.segstm</groupId>\\s*<artifactId>([a-z-]+)</artifactId>");
    /** The modules from the lowest up, with the packages they own. */
    private static final Map<String, Set<String>> PACKAGES_OF_MODULE = packagesOfModule();

    private static Map<String, Set<String>> packagesOfModule() {
        final Map<String, Set<String>> packages = new LinkedHashMap<>();
        packages.put("native-bridge", Set.of("bridge"));
        packages.put("segment-heap", Set.of("heap"));
        packages.put("gc", Set.of("gc"));
        packages.put("jit-hooks", Set.of("jit"));
        packages.put("bench", Set.of("bench", "duhton"));
        return packages;
    }

    @Test
    void shouldNameOnlyLowerPackagesWhenSourcesAreRead() throws IOException {
        final List<String> violations = new ArrayList<>();
        final List<String> allowed = new ArrayList<>();
        for (final Map.Entry<String, Set<String>> module : PACKAGES_OF_MODULE.entrySet()) {
            allowed.addAll(module.getValue());
            final List<Path> files = sourceFiles(PROJECT.resolve(module.getKey()).resolve("src"));
            assertTrue(files.size() > 0, "sources of " + module.getKey());
            for (final Path file : files) {
                final String code = COMMENT_OR_STRING.matcher(Files.readString(file)).replaceAll(" ");
                final Matcher names = PACKAGE_NAME.matcher(code);
                while (names.find()) {
                    if (!allowed.contains(names.group(1))) {
                        violations.add(file + " names " + names.group());
                    }
                }
            }
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void shouldDependOnLowerModulesOnlyWhenPomsAreRead() throws IOException {
        final List<String> lower = new ArrayList<>(List.of("segstm"));
        for (final String module : PACKAGES_OF_MODULE.keySet()) {
            final Matcher dependencies =
                    MODULE_DEPENDENCY.matcher(Files.readString(PROJECT.resolve(module).resolve("pom.xml")));
            while (dependencies.find()) {
                assertTrue(lower.contains(dependencies.group(1)), module + " depends on " + dependencies.group(1));
            }
            lower.add(module);
        }
    }

    private static List<Path> sourceFiles(final Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.toString().endsWith(".java")).sorted().toList();
        }
    }
}
