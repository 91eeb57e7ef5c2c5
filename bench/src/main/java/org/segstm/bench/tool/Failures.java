package org.segstm.bench.tool;

import org.segstm.bridge.BridgeUnavailableError;
import org.segstm.bridge.MissingJvmFlagException;
import org.segstm.bridge.NativeCallException;
import org.segstm.bridge.UnsupportedPlatformException;
import org.segstm.heap.HeapException;

import java.io.PrintWriter;

/** Which failures need a line and which a stack trace. */
public final class Failures {
    private Failures() {
    }

    /**
     * Tells of a failure: in a line when users can bring it about by settings, lack of room or a machine that does not
     * fit, with its stack trace otherwise.
     *
     * @param name    of the command.
     * @param failure of it.
     * @param err     where to.
     */
    public static void report(final String name, final Throwable failure, final PrintWriter err) {
        final Throwable root = failure instanceof ExceptionInInitializerError && failure.getCause() != null
            ? failure.getCause() : failure;
        if (isExpected(root)) {
            err.println(name + ": " + root.getMessage());
        } else {
            err.println(name + ": internal error, please report it");
            failure.printStackTrace(err);
        }
        err.flush();
    }

    private static boolean isExpected(final Throwable failure) {
        return failure instanceof BenchException || failure instanceof IllegalArgumentException
            || isOfMachine(failure);
    }

    /**
     * Is it something that has to do with how much memory there is, or with what the machine and this JVM allow?
     *
     * @param failure of a program.
     * @return true when its message says all.
     */
    public static boolean isOfMachine(final Throwable failure) {
        return failure instanceof HeapException || failure instanceof NativeCallException
            || failure instanceof MissingJvmFlagException || failure instanceof UnsupportedPlatformException
            || failure instanceof BridgeUnavailableError;
    }
}
