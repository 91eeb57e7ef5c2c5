package org.segstm.bridge;

/** The error numbers that the mapped calls may give; the same on x86-64 and aarch64. */
enum Errno {
    EPERM(1, "Operation not permitted"),
    EINTR(4, "Interrupted system call"),
    EBADF(9, "Bad file descriptor"),
    EAGAIN(11, "Resource temporarily unavailable"),
    ENOMEM(12, "Cannot allocate memory"),
    EACCES(13, "Permission denied"),
    EFAULT(14, "Bad address"),
    EEXIST(17, "File exists"),
    ENODEV(19, "No such device"),
    EINVAL(22, "Invalid argument"),
    ENFILE(23, "Too many open files in system"),
    EMFILE(24, "Too many open files"),
    EFBIG(27, "File too large"),
    ENOSPC(28, "No space left on device"),
    ENOSYS(38, "Function not implemented"),
    EOVERFLOW(75, "Value too large for defined data type"),
    EOPNOTSUPP(95, "Operation not supported");

    private final int number;
    private final String text;

    Errno(final int number, final String text) {
        this.number = number;
        this.text = text;
    }

    int number() {
        return number;
    }

    /** Name and text of an error number, or the bare number for one that no mapped call documents. */
    static String describe(final int number) {
        final Errno errno = of(number);
        return errno == null ? "errno " + number : errno.name() + " (" + errno.text + ")";
    }

    /** The constant of an error number, or null for one that no mapped call documents. */
    static Errno of(final int number) {
        for (final Errno errno : values()) {
            if (errno.number == number) {
                return errno;
            }
        }
        return null;
    }
}
