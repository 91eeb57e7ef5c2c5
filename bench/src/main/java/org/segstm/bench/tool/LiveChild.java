package org.segstm.bench.tool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A child JVM that waits to be asked: several of them can be measured in turn, so that what a machine does to one of
 * them it does to all. The child's side is {@link ChildServer}.
 */
public final class LiveChild implements AutoCloseable {
    private final Process process;
    private final String name;
    private final Thread ending;
    private final BufferedReader answers;
    private final Writer questions;

    LiveChild(final Process process, final String name) {
        this.process = process;
        this.name = name;
        this.ending = new Thread(process::destroyForcibly);
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.questions = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Runtime.getRuntime().addShutdownHook(ending);
    }

    /**
     * Asks the child and waits for its answer.
     *
     * @param question one line.
     * @return the answer.
     * @throws BenchException           when the child has ended.
     * @throws IllegalArgumentException when the heap refused a setting; with its message.
     */
    public ChildResult ask(final String question) {
        final StringBuilder text = new StringBuilder();
        try {
            questions.write(question + "\n");
            questions.flush();
            String line = answers.readLine();
            while (line != null && !line.isEmpty()) {
                text.append(line).append('\n');
                line = answers.readLine();
            }
            if (line == null) {
                throw new BenchException("the measuring JVM ended: " + name);
            }
        } catch (final IOException e) {
            throw new BenchException("the measuring JVM ended: " + name + ": " + e.getMessage());
        }
        return ChildResult.parse(text.toString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        ShutdownHooks.remove(ending);
    }
}
