package org.segstm.bench.layout.map;

import org.segstm.bench.tool.BenchException;
import org.segstm.bridge.Platform;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the page tables of this process show, page by page: {@code /proc/self/pagemap} of proc(5). */
final class PageMap implements AutoCloseable {
    private static final Path FILE = Path.of("/proc/self/pagemap");
    private static final long PRESENT = 1L << 63;
    private final long pageBytes = Platform.pageBytes();
    private final FileChannel channel;

    PageMap() {
        try {
            channel = FileChannel.open(FILE, StandardOpenOption.READ);
        } catch (final IOException e) {
            throw new BenchException("a map needs " + FILE + ": " + e);
        }
    }

    /** Entries of the pages from an address on, which is rounded down to a page. */
    long[] read(final long address, final int pages) {
        final ByteBuffer bytes = ByteBuffer.allocate(pages * Long.BYTES).order(ByteOrder.nativeOrder());
        final long position = address / pageBytes * Long.BYTES;
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) <= 0) {
                    throw new BenchException(FILE + " ends before address 0x" + Long.toHexString(address));
                }
            }
        } catch (final IOException e) {
            throw new BenchException("cannot read " + FILE + ": " + e);
        }
        final long[] entries = new long[pages];
        bytes.flip().asLongBuffer().get(entries);
        return entries;
    }

    /** Has the page been touched, so that an access does not fault? */
    static boolean isPresent(final long entry) {
        return (entry & PRESENT) != 0;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new BenchException("cannot close " + FILE + ": " + e);
        }
    }
}
