package org.segstm.bridge;

/**
 * The bridge was used on a JVM or platform where it cannot work.
 *
 * <p>An error rather than an exception because it leaves a static initializer: the JVM passes errors
 * on as they are, while an exception would be wrapped in an {@link ExceptionInInitializerError} whose
 * own message is empty. Call {@link Platform#check()} and {@link JvmFlags#check()} first to get an
 * exception instead.
 */
public final class BridgeUnavailableError extends Error {
    private static final long serialVersionUID = 1L;

    BridgeUnavailableError(final String message, final Throwable cause) {
        super(message, cause);
    }
}
