package org.segstm.bench.tool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** The child's side of {@link LiveChild}: a line in, a {@link ChildResult} and an empty line out. */
public final class ChildServer {
    private final PrintStream out = System.out;

    /** Takes over standard output: what the measured code prints goes to standard error. */
    public ChildServer() {
        System.setOut(System.err);
    }

    /**
     * Answers until there are no more questions.
     *
     * @param answer to one line.
     */
    public void serve(final Function<String, ChildResult> answer) {
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(answerTo(line, answer));
                out.flush();
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answerTo(final String line, final Function<String, ChildResult> answer) {
        try {
            return answer.apply(line).print();
        } catch (final ExceptionInInitializerError e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return ChildResult.printWrongSetting(e.getCause().getMessage());
            }
            throw e;
        }
    }
}
