package org.segstm.bench;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the segstm command in this JVM and keeps what it says. */
final class Commands {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final int status;

    private Commands(final String... arguments) {
        status = Main.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    static Commands run(final String... arguments) {
        return new Commands(arguments);
    }

    int status() {
        return status;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
