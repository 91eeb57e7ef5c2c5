package org.segstm.bridge;

/**
 * A system call failed. The message names the call with its arguments, the error, and what to do
 * about it. The kernel checks its limits before it changes anything, so whoever made the call may
 * release something and try again.
 */
public final class NativeCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String call;
    private final int errno;

    NativeCallException(final String call, final String arguments, final int errno) {
        super(call + "(" + arguments + ") failed: " + Errno.describe(errno) + ": " + Advice.on(call, errno));
        this.call = call;
        this.errno = errno;
    }

    /** The name of the system call, as its manual page has it. */
    public String call() {
        return call;
    }

    /** The error number that the call left. */
    public int errno() {
        return errno;
    }

    /** Whether the call failed for want of memory, address space or mappings. */
    public boolean isOutOfMemory() {
        return errno == Errno.ENOMEM.number() || errno == Errno.ENOSPC.number();
    }
}
