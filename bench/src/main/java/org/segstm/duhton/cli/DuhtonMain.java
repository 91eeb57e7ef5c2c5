package org.segstm.duhton.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Entry of the {@code duhton} command. */
public final class DuhtonMain {
    private DuhtonMain() {
    }

    /**
     * Runs the command and ends the JVM with its exit status.
     *
     * @param arguments of the command line.
     */
    public static void main(final String[] arguments) {
        final PrintStream errors =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.ISO_8859_1);
        System.exit(DuhtonCommand.run(System.in, new FileOutputStream(FileDescriptor.out), errors, arguments));
    }
}
