package org.segstm.duhton.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.segstm.duhton.DuhtonError;

/** Shows the errors of a program. */
final class ErrorReport {
    private final OutputStream output;
    private final PrintStream errors;

    ErrorReport(final OutputStream output, final PrintStream errors) {
        this.output = output;
        this.errors = errors;
    }

    void show(final DuhtonError error) {
        if (error.lastWords() != null) {
            try {
                output.write((error.lastWords() + "\n").getBytes(StandardCharsets.ISO_8859_1));
                output.flush();
            } catch (final IOException e) {
                errors.println("Error: cannot write the output: " + e.getMessage());
            }
        }
        errors.println("Error: " + error.report());
        for (final Throwable further : error.getSuppressed()) {
            if (!error.getMessage().equals(further.getMessage())) {
                errors.println("Error: " + further.getMessage());
            }
        }
    }
}
