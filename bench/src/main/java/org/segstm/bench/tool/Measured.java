package org.segstm.bench.tool;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lines above every table that say what it was measured on. */
public final class Measured {
    private static final Pattern ARCHIVE_FOLDER = Pattern.compile("^(-XX:(?:SharedArchiveFile|AOTCache)=).*/");

    private Measured() {
    }

    /**
     * Prints machine, Java, flags, state of the sources and settings.
     *
     * @param out          where to.
     * @param heapSettings settings of the measured heap.
     */
    public static void printOn(final PrintWriter out, final String heapSettings) {
        facts().forEach((name, text) -> line(out, name, text));
        line(out, "heap", heapSettings);
    }

    /**
     * Machine, Java, flags and state of the sources.
     *
     * @return texts by name, in this order.
     */
    public static Map<String, String> facts() {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("machine", Machine.processor());
        facts.put("java", Machine.java());
        facts.put("flags", ChildJvm.flags().stream().map(Measured::withoutFolder).collect(Collectors.joining(" ")));
        facts.put("commit", Machine.commit());
        return facts;
    }

    /** A report needs to say that classes came from an archive, not where this machine has it. */
    static String withoutFolder(final String flag) {
        return ARCHIVE_FOLDER.matcher(flag).replaceFirst("$1");
    }

    /**
     * Prints one more such line.
     *
     * @param out  where to.
     * @param name what it tells.
     * @param text the value.
     */
    public static void line(final PrintWriter out, final String name, final String text) {
        out.printf("%-8s %s%n", name, text);
    }

    /**
     * Such lines as a text, for output that goes to several places.
     *
     * @param printer of the lines.
     * @return what it printed.
     */
    public static String text(final Consumer<PrintWriter> printer) {
        final StringWriter text = new StringWriter();
        final PrintWriter out = new PrintWriter(text);
        printer.accept(out);
        out.flush();
        return text.toString();
    }
}
