package org.segstm.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MemoryTest {
    private static final long SEED = 20_260_117;
    private static final int BLOCK_BYTES = 4 << 20;

    private long address;

    @BeforeEach
    void allocate() {
        address = Memory.allocateZeroed(BLOCK_BYTES);
    }

    @AfterEach
    void free() {
        Memory.free(address);
    }

    @Test
    void shouldLoadWhatWasStoredWhenPlain() {
        Memory.putByte(address, (byte) -2);
        Memory.putShort(address + 2, (short) -3);
        Memory.putInt(address + 4, -4);
        Memory.putLong(address + 8, Long.MIN_VALUE + 5);
        Memory.putFloat(address + 16, 1.5f);
        Memory.putDouble(address + 24, -2.5);
        assertEquals(-2, Memory.getByte(address));
        assertEquals(-3, Memory.getShort(address + 2));
        assertEquals(-4, Memory.getInt(address + 4));
        assertEquals(Long.MIN_VALUE + 5, Memory.getLong(address + 8));
        assertEquals(1.5f, Memory.getFloat(address + 16));
        assertEquals(-2.5, Memory.getDouble(address + 24));
    }

    @Test
    void shouldLoadWhatWasStoredWhenBytesAreOrdered() {
        Memory.putByteRelease(address, (byte) 1);
        assertEquals(1, Memory.getByteAcquire(address));
        Memory.putByteOpaque(address, (byte) 2);
        assertEquals(2, Memory.getByteOpaque(address));
        Memory.putByteVolatile(address, (byte) 3);
        assertEquals(3, Memory.getByteVolatile(address));
    }

    @Test
    void shouldLoadWhatWasStoredWhenIntsAreOrdered() {
        Memory.putIntRelease(address, 1);
        assertEquals(1, Memory.getIntAcquire(address));
        Memory.putIntOpaque(address, 2);
        assertEquals(2, Memory.getIntOpaque(address));
        Memory.putIntVolatile(address, 3);
        assertEquals(3, Memory.getIntVolatile(address));
    }

    @Test
    void shouldLoadWhatWasStoredWhenLongsAreOrdered() {
        Memory.putLongRelease(address, 1);
        assertEquals(1, Memory.getLongAcquire(address));
        Memory.putLongOpaque(address, 2);
        assertEquals(2, Memory.getLongOpaque(address));
        Memory.putLongVolatile(address, 3);
        assertEquals(3, Memory.getLongVolatile(address));
    }

    @Test
    void shouldStoreOnlyTheExpectedWhenComparing() {
        assertTrue(Memory.compareAndSetLong(address, 0, 5));
        assertFalse(Memory.compareAndSetLong(address, 0, 6));
        assertEquals(5, Memory.compareAndExchangeLong(address, 4, 7));
        assertEquals(5, Memory.compareAndExchangeLong(address, 5, 7));
        assertEquals(7, Memory.getLong(address));
        assertTrue(Memory.compareAndSetInt(address + 8, 0, 5));
        assertFalse(Memory.compareAndSetInt(address + 8, 0, 6));
        assertEquals(5, Memory.compareAndExchangeInt(address + 8, 5, 7));
        assertEquals(7, Memory.getInt(address + 8));
    }

    @Test
    void shouldReturnTheOldValueWhenModifying() {
        assertEquals(0, Memory.getAndAddLong(address, 3));
        assertEquals(3, Memory.getAndSetLong(address, 0b1100));
        assertEquals(0b1100, Memory.getAndBitwiseOrLong(address, 0b0001));
        assertEquals(0b1101, Memory.getAndBitwiseAndLong(address, 0b0101));
        assertEquals(0b0101, Memory.getLong(address));
        assertEquals(0, Memory.getAndAddInt(address + 8, -1));
        assertEquals(-1, Memory.getInt(address + 8));
    }

    @Test
    void shouldLoseNoUpdateWhenManyThreadsAdd() throws InterruptedException {
        final int threads = 4;
        final int additions = 50_000;
        runInThreads(threads, () -> {
            for (int i = 0; i < additions; i++) {
                Memory.getAndAddLong(address, 1);
            }
        });
        assertEquals((long) threads * additions, Memory.getLong(address));
    }

    @Test
    void shouldSeeTheDataWhenFlagIsLoadedByAcquire() throws InterruptedException {
        final int rounds = 20_000;
        final long flagAddress = address + 128;
        final Thread writer = new Thread(() -> {
            for (long i = 1; i <= rounds; i++) {
                Memory.putLong(address, i);
                Memory.putLongRelease(flagAddress, i);
            }
        });
        writer.start();
        long flag = 0;
        while (flag < rounds) {
            flag = Memory.getLongAcquire(flagAddress);
            final long data = Memory.getLong(address);
            assertTrue(data >= flag, "data=" + data + ", flag=" + flag);
            Thread.onSpinWait();
        }
        writer.join();
    }

    @Test
    void shouldKeepRunningWhenFenced() {
        Memory.loadFence();
        Memory.storeFence();
        Memory.fullFence();
        assertEquals(0, Memory.getLong(address));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 4096, Memory.CHUNK_BYTES, Memory.CHUNK_BYTES + 1, 3 * Memory.CHUNK_BYTES / 2})
    void shouldCopyExactlyTheRangeWhenCopying(final long bytes) {
        final long target = address + BLOCK_BYTES / 2;
        fillRandom(address, BLOCK_BYTES / 2);
        Memory.copy(address, target, bytes);
        assertCopied(target, bytes);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 64, Memory.MAX_LOOP_BYTES, Memory.MAX_LOOP_BYTES + 8, Memory.CHUNK_BYTES + 8})
    void shouldCopyExactlyTheRangeWhenCopyingWords(final long bytes) {
        final long target = address + BLOCK_BYTES / 2;
        fillRandom(address, BLOCK_BYTES / 2);
        Memory.copyWords(address, target, bytes);
        assertCopied(target, bytes);
    }

    @Test
    void shouldRefuseWhenBytesAreNotWords() {
        final AssertionError error =
                assertThrows(AssertionError.class, () -> Memory.copyWords(address, address + 64, 12));
        assertEquals("must be a multiple of 8: bytes=12", error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, Memory.CHUNK_BYTES, 2 * Memory.CHUNK_BYTES + 3})
    void shouldFillExactlyTheRangeWhenSetting(final long bytes) {
        Memory.set(address + 1, bytes, (byte) 0x5A);
        assertEquals(0, Memory.getByte(address));
        for (long offset = 1; offset <= bytes; offset++) {
            assertEquals(0x5A, Memory.getByte(address + offset));
        }
        assertEquals(0, Memory.getByte(address + 1 + bytes));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void shouldRefuseWhenNothingIsToBeAllocated(final long bytes) {
        final IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Memory.allocate(bytes));
        assertEquals("must be positive: bytes=" + bytes, refusal.getMessage());
    }

    @Test
    void shouldThrowOutOfMemoryWhenSystemHasNotEnough() {
        assertThrows(OutOfMemoryError.class, () -> Memory.allocate(1L << 60));
    }

    private void assertCopied(final long target, final long bytes) {
        for (long offset = 0; offset < bytes; offset++) {
            assertEquals(
                    Memory.getByte(address + offset), Memory.getByte(target + offset),
                    () -> "seed=" + SEED + ", bytes=" + bytes);
        }
        assertEquals(0, Memory.getByte(target + bytes));
    }

    private static void fillRandom(final long address, final long bytes) {
        final Random random = new Random(SEED);
        for (long offset = 0; offset < bytes; offset += Long.BYTES) {
            Memory.putLong(address + offset, random.nextLong());
        }
    }

    private static void runInThreads(final int count, final Runnable task) throws InterruptedException {
        final List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final Thread thread = new Thread(task);
            thread.start();
            threads.add(thread);
        }
        for (final Thread thread : threads) {
            thread.join();
        }
    }
}
