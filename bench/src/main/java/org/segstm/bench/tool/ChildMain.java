package org.segstm.bench.tool;

import org.segstm.bridge.BridgeUnavailableError;
import org.segstm.bridge.MissingJvmFlagException;
import org.segstm.bridge.NativeCallException;
import org.segstm.bridge.UnsupportedPlatformException;
import org.segstm.heap.HeapException;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Runs another main class and tells in one line what went wrong, where it needs no stack trace to be understood. */
public final class ChildMain {
    private ChildMain() {
    }

    /**
     * Runs it.
     *
     * @param arguments name of the class, then its own.
     * @throws ReflectiveOperationException when there is no such class.
     */
    public static void main(final String[] arguments) throws ReflectiveOperationException {
        final String[] own = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, own, 0, own.length);
        final Class<?> mainClass = Class.forName(arguments[0]);
        try {
            final Method main = mainClass.getMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) own);
        } catch (final InvocationTargetException e) {
            System.out.flush();
            report(mainClass.getSimpleName(), e.getCause(), new PrintWriter(System.err, true));
            System.exit(1);
        }
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
