package org.segstm.duhton.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.reader.ProgramReader;
import org.segstm.duhton.transaction.Program;

/**
 * The interactive session: a line is a program, and goes on over further lines while lists are open. Its value is
 * printed; an error is reported, and the prompt returns.
 */
final class Session {
    private static final String PROMPT = "))) ";

    private final Program program;
    private final InputStream input;
    private final OutputStream output;
    private final ErrorReport errors;
    private int lines;
    private boolean ended;

    Session(final Program program, final InputStream input, final OutputStream output, final ErrorReport errors) {
        this.program = program;
        this.input = new BufferedInputStream(input);
        this.output = output;
        this.errors = errors;
    }

    void run() throws IOException {
        while (program.isUsable()) {
            write(PROMPT);
            final int firstLine = lines + 1;
            final String text = readText();
            if (text.isEmpty() && ended) {
                write("\n");
                return;
            }
            try {
                program.run(text, firstLine, true);
            } catch (final DuhtonError e) {
                errors.show(e);
            }
        }
    }

    /** Reads lines until no list is open. */
    private String readText() throws IOException {
        final StringBuilder text = new StringBuilder();
        int open = 0;
        do {
            final String line = readLine();
            open = ProgramReader.openLists(line, open);
            text.append(line);
        } while (open > 0 && !ended);
        return text.toString();
    }

    private String readLine() throws IOException {
        final StringBuilder line = new StringBuilder();
        int character = 0;
        while (character != '\n' && !ended) {
            character = input.read();
            if (character < 0) {
                ended = true;
            } else {
                line.append((char) character);
            }
        }
        lines++;
        return line.toString();
    }

    private void write(final String text) throws IOException {
        output.write(text.getBytes(StandardCharsets.ISO_8859_1));
        output.flush();
    }
}
