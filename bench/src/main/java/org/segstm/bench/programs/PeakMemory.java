package org.segstm.bench.programs;

import org.segstm.bench.tool.BenchException;
import org.segstm.bridge.Platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most memory that this process has at a time: blocks of the heap's file, and anonymous pages, which are private
 * copies, nurseries, markers, and what the JVM takes itself. (The size of the process counts each view of a page
 * again.) A thread looks every few milliseconds.
 */
final class PeakMemory implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ANONYMOUS = "RssAnon:";
    private static final long BYTES_IN_KIB = 1 << 10;
    private static final long PAUSE_MS = 2;
    private final Thread thread = new Thread(this::watch, "memory");
    private volatile boolean ended;
    private volatile long peakBytes;
    private volatile RuntimeException failure;

    PeakMemory() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (!ended) {
                peakBytes = Math.max(peakBytes, Platform.memoryFileBytes() + anonymousBytes());
                Thread.sleep(PAUSE_MS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final RuntimeException e) {
            failure = e;
        }
    }

    private static long anonymousBytes() {
        try {
            return Files.readAllLines(STATUS).stream().filter(line -> line.startsWith(ANONYMOUS))
                .mapToLong(line -> Long.parseLong(line.substring(ANONYMOUS.length()).trim().split(" ")[0]))
                .findFirst().orElseThrow(() -> new BenchException("the kernel does not tell " + ANONYMOUS))
                * BYTES_IN_KIB;
        } catch (final IOException e) {
            throw new BenchException("cannot read " + STATUS + ": " + e);
        }
    }

    /** Ends watching; returns bytes. */
    long endBytes() {
        close();
        if (failure != null) {
            throw failure;
        }
        return peakBytes;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted");
        }
    }
}
