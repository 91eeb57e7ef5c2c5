package org.segstm.bench.tool;

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
            Failures.report(mainClass.getSimpleName(), e.getCause(), new PrintWriter(System.err, true));
            System.exit(1);
        }
    }
}
