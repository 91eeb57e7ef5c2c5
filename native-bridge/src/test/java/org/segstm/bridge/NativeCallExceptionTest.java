package org.segstm.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class NativeCallExceptionTest {
    private static final long PAGE_BYTES = Platform.pageBytes();
    private static final String DEFECT = "please report this as a defect of SegSTM, with this message";
    private static final String MAPPINGS =
            "the address space or the number of mappings is used up: configure a smaller heap, fewer segments or a"
            + " larger privatization unit, raise the limit with 'sysctl -w vm.max_map_count=1048576', or lift"
            + " 'ulimit -v' (and note that vm.overcommit_memory=2 refuses reservations)";

    @Test
    void shouldSayWhatToDoWhenReservationIsTooLarge() {
        final NativeCallException failure =
                assertThrows(NativeCallException.class, () -> Reservation.reserve(1L << 62, PAGE_BYTES));
        assertEquals(
                "mmap(address=0x0, bytes=4611686018427387904, protection=0, flags=0x4022, descriptor=-1, fileOffset=0)"
                        + " failed: ENOMEM (Cannot allocate memory): " + MAPPINGS,
                failure.getMessage());
        assertEquals("mmap", failure.call());
        assertEquals(12, failure.errno());
        assertTrue(failure.isOutOfMemory());
    }

    @Test
    void shouldNameTheCallWhenDescriptorIsBad() {
        final NativeCallException failure =
                assertThrows(NativeCallException.class, () -> SystemCalls.closeFile(-1));
        assertEquals("close(descriptor=-1) failed: EBADF (Bad file descriptor): " + DEFECT, failure.getMessage());
        assertFalse(failure.isOutOfMemory());
    }

    @Test
    void shouldNameTheCallWhenFileHasNoStatus() {
        assertEquals(
                "statx(descriptor=-1) failed: EBADF (Bad file descriptor): " + DEFECT,
                assertThrows(NativeCallException.class, () -> SystemCalls.fileBlocks(-1)).getMessage());
        assertEquals(
                "ftruncate(descriptor=-1, bytes=0) failed: EBADF (Bad file descriptor): " + DEFECT,
                assertThrows(NativeCallException.class, () -> SystemCalls.setFileBytes(-1, 0)).getMessage());
        assertEquals(
                "fallocate(descriptor=-1, mode=0, offset=0, bytes=1) failed: EBADF (Bad file descriptor): " + DEFECT,
                assertThrows(NativeCallException.class, () -> SystemCalls.changeAllocation(-1, 0, 0, 1)).getMessage());
    }

    @Test
    void shouldNameTheCallWhenRangeIsBad() {
        final String range = "address=0x1, bytes=" + PAGE_BYTES;
        final String failed = ") failed: EINVAL (Invalid argument): " + DEFECT;
        assertEquals(
                "munmap(" + range + failed,
                assertThrows(NativeCallException.class, () -> SystemCalls.unmap(1, PAGE_BYTES)).getMessage());
        assertEquals(
                "mprotect(" + range + ", protection=1" + failed,
                assertThrows(NativeCallException.class, () -> SystemCalls.protect(1, PAGE_BYTES, 1)).getMessage());
        assertEquals(
                "madvise(" + range + ", advice=4" + failed,
                assertThrows(NativeCallException.class, () -> SystemCalls.advise(1, PAGE_BYTES, 4)).getMessage());
        assertEquals(
                "mincore(" + range + ", vector=0x0" + failed,
                assertThrows(NativeCallException.class, () -> SystemCalls.residentPages(1, PAGE_BYTES, 0))
                        .getMessage());
        assertEquals(
                "sysconf(name=-1" + failed,
                assertThrows(NativeCallException.class, () -> SystemCalls.systemConfiguration(-1)).getMessage());
    }

    @Test
    void shouldNameTheCallWhenNoFileIsMapped() {
        try (Reservation reservation = Reservation.reserve(PAGE_BYTES, PAGE_BYTES)) {
            reservation.mapAnonymous(0, PAGE_BYTES);
            assertEquals(
                    "remap_file_pages(address=0x" + Long.toHexString(reservation.address()) + ", bytes=" + PAGE_BYTES
                            + ", filePage=3) failed: EINVAL (Invalid argument): " + DEFECT,
                    assertThrows(
                            NativeCallException.class,
                            () -> reservation.remapFilePages(0, PAGE_BYTES, 3 * PAGE_BYTES)).getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mmap, 12, ENOMEM (Cannot allocate memory), vm.max_map_count",
        "fallocate, 12, ENOMEM (Cannot allocate memory), the machine or the container has no memory left",
        "fallocate, 28, ENOSPC (No space left on device), configure a smaller heap or give it more",
        "memfd_create, 24, EMFILE (Too many open files), raise 'ulimit -n'",
        "memfd_create, 1, EPERM (Operation not permitted), check the seccomp profile",
        "memfd_create, 38, ENOSYS (Function not implemented), another page sharing strategy",
        "ftruncate, 22, EINVAL (Invalid argument), configure a smaller heap or lift 'ulimit -f'",
        "ftruncate, 27, EFBIG (File too large), configure a smaller heap or lift 'ulimit -f'",
        "mmap, 71, errno 71, please report this as a defect",
    })
    void shouldAdviseByCallAndErrorWhenItFails(
            final String call, final int errno, final String error, final String advice) {
        final String message = new NativeCallException(call, "bytes=1", errno).getMessage();
        assertTrue(message.startsWith(call + "(bytes=1) failed: " + error + ": "), message);
        assertTrue(message.contains(advice), message);
    }
}
