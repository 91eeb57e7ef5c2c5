package org.segstm.bench.tool;

/** Hooks for the end of this JVM that are not needed any more. */
public final class ShutdownHooks {
    private ShutdownHooks() {
    }

    /**
     * Removes a hook, unless this JVM is ending already: then it runs, and has to bear that its work was done.
     *
     * @param hook that was added.
     */
    public static void remove(final Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // It is running, or will be soon.
        }
    }
}
