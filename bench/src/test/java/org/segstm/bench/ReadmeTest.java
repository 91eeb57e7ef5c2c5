package org.segstm.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The README's snippets as they stand there: all compile where what surrounds them is given, and the first runs. */
@Timeout(60)
class ReadmeTest {
    private static final Path README = Path.of(System.getProperty("segstm.project.dir", ".."), "README.md");
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final String IMPORTS = "import java.nio.file.Path;\nimport org.segstm.gc.census.*;\n"
        + "import org.segstm.gc.verify.*;\nimport org.segstm.heap.*;\nimport org.segstm.heap.event.*;\n"
        + "import org.segstm.heap.layout.*;\n";
    /** What the snippets leave to their reader, in the order of the snippets. */
    private static final List<String> SURROUNDINGS = List.of(
        "",
        "static Mutator mutator; static Field balance; static class NoMoney extends RuntimeException { }\n"
            + "static long take(Mutator m) { return 1; }\n"
            + "static long fromFirstQueue(Mutator m) { return 1; }\n"
            + "static long fromSecondQueue(Mutator m) { return 2; }",
        "static SegmentHeap heap;",
        "interface Source { String lineOf(long number); }\n"
            + "static Source source; static long line; static Mutator mutator;");

    @TempDir
    private Path folder;

    private Path compile(final int number, final String snippet) throws IOException {
        final String name = "Snippet" + number;
        final String body = snippet.replace("{ ... }", "{ }");
        final Path file = Files.writeString(folder.resolve(name + ".java"), IMPORTS + "public class " + name + " {\n"
            + SURROUNDINGS.get(number) + "\npublic static void main(String[] arguments) throws Exception {\n" + body
            + "}\n}\n");
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        final ByteArrayOutputStream said = new ByteArrayOutputStream();
        final int status = compiler.run(null, said, said, "-proc:none", "-d", folder.toString(), "-cp",
            System.getProperty("java.class.path"), file.toString());
        assertEquals(0, status, () -> said.toString(StandardCharsets.UTF_8));
        return folder;
    }

    @Test
    void shouldCompileWhenSnippetsAreCopied() throws IOException {
        final List<String> snippets = new ArrayList<>();
        final Matcher matcher = SNIPPET.matcher(Files.readString(README));
        while (matcher.find()) {
            snippets.add(matcher.group(1));
        }
        assertEquals(SURROUNDINGS.size(), snippets.size());
        for (int i = 0; i < snippets.size(); i++) {
            compile(i, snippets.get(i));
        }
    }

    @Test
    void shouldPrintTheBalanceWhenTheFirstSnippetRuns() throws Exception {
        final Matcher matcher = SNIPPET.matcher(Files.readString(README));
        assertEquals(true, matcher.find());
        final Path classes = compile(0, matcher.group(1));
        final PrintStream before = System.out;
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass("Snippet0").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        assertEquals("100" + System.lineSeparator(), printed.toString(StandardCharsets.UTF_8));
    }
}
