package org.segstm.bridge;

/** What a user can do about a failed system call. */
final class Advice {
    private static final String MAPPINGS =
            "the address space or the number of mappings is used up: configure a smaller heap, fewer segments or a"
            + " larger privatization unit, raise the limit with 'sysctl -w vm.max_map_count=1048576', or lift"
            + " 'ulimit -v' (and note that vm.overcommit_memory=2 refuses reservations)";
    private static final String MEMORY =
            "the machine or the container has no memory left for the heap: configure a smaller heap or give it more";
    private static final String DESCRIPTORS = "too many files are open: raise 'ulimit -n'";
    private static final String FILE_SIZE = "the size is more than a file may have: configure a smaller heap"
            + " or lift 'ulimit -f'";
    private static final String NOT_ALLOWED = "the system forbids the call: check the seccomp profile of the container";
    private static final String NO_CALL = "this kernel lacks the call: use Linux 4.11 or later, or another page sharing"
            + " strategy";
    private static final String DEFECT = "please report this as a defect of SegSTM, with this message";

    private Advice() {
    }

    static String on(final String call, final int number) {
        final Errno errno = Errno.of(number);
        if (errno == null) {
            return DEFECT;
        }
        switch (errno) {
            case ENOMEM:
                return "fallocate".equals(call) || "memfd_create".equals(call) ? MEMORY : MAPPINGS;
            case ENOSPC:
                return MEMORY;
            case ENFILE:
            case EMFILE:
                return DESCRIPTORS;
            case EFBIG:
            case EOVERFLOW:
                return FILE_SIZE;
            case EPERM:
            case EACCES:
                return NOT_ALLOWED;
            case ENOSYS:
            case EOPNOTSUPP:
                return NO_CALL;
            case EINVAL:
                return "ftruncate".equals(call) ? FILE_SIZE : DEFECT;
            default:
                return DEFECT;
        }
    }
}
