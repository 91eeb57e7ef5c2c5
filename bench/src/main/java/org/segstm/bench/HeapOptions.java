package org.segstm.bench;

import org.segstm.bench.tool.ChildJvm;
import org.segstm.heap.HeapContext;
import org.segstm.heap.PageSharing;
import org.segstm.heap.util.Units;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Locale;

/** Options of all commands that measure heaps. What is not given is left to the heap, and to its system properties. */
final class HeapOptions {
    @Option(names = "--page-sharing", paramLabel = "STRATEGY", converter = PageSharingConverter.class,
        description = "private-cow, mmap-fixed or remap-file-pages.")
    private PageSharing pageSharing;

    @Option(names = "--segments", paramLabel = "N", converter = SegmentsConverter.class,
        description = "Transactions that can run at a time (default: number of processors).")
    private Integer segments;

    @Option(names = "--heap", paramLabel = "SIZE", converter = SizeConverter.class,
        description = "Size of the old space, like 512m or 2g.")
    private Long heapBytes;

    /**
     * Hands the options to a JVM.
     *
     * @param child  that opens a heap.
     * @param serial true for a heap without STM.
     * @return the child.
     */
    ChildJvm applyTo(final ChildJvm child, final boolean serial) {
        child.property(HeapContext.SERIAL_PROPERTY, serial);
        if (pageSharing != null) {
            child.property(HeapContext.PAGE_SHARING_PROPERTY, pageSharing);
        }
        if (segments != null) {
            child.property(HeapContext.SEGMENTS_PROPERTY, segments);
        }
        if (heapBytes != null) {
            child.property(HeapContext.HEAP_PROPERTY, heapBytes);
        }
        return child;
    }

    /**
     * Configures a heap of this JVM.
     *
     * @param context to change where options were given.
     */
    void configure(final HeapContext context) {
        if (pageSharing != null) {
            context.pageSharing(pageSharing);
        }
        if (segments != null) {
            context.segments(segments);
        }
        if (heapBytes != null) {
            context.heapBytes(heapBytes);
        }
    }

    /** Names of strategies as one writes them in commands. */
    static final class PageSharingConverter implements ITypeConverter<PageSharing> {
        @Override
        public PageSharing convert(final String text) {
            return Arrays.stream(PageSharing.values()).filter(s -> nameOf(s).equals(text)).findFirst().orElseThrow(
                () -> new TypeConversionException("no such strategy (one of "
                    + String.join(", ", Arrays.stream(PageSharing.values()).map(PageSharingConverter::nameOf).toList())
                    + "): " + text));
        }

        private static String nameOf(final PageSharing strategy) {
            return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Numbers of segments, where 0 is not the default, as it is for a property. */
    static final class SegmentsConverter extends NamedConverter<Integer> {
        SegmentsConverter() {
            super(SegmentsConverter::parse);
        }

        private static int parse(final String text) {
            final String rule = "segments must be from 1 to " + HeapContext.MAXIMUM_SEGMENTS + ": segments=" + text;
            try {
                final int number = Integer.parseInt(text);
                if (number < 1 || number > HeapContext.MAXIMUM_SEGMENTS) {
                    throw new IllegalArgumentException(rule);
                }
                return number;
            } catch (final NumberFormatException e) {
                throw new IllegalArgumentException(rule, e);
            }
        }
    }

    /** Sizes with units. */
    static final class SizeConverter extends NamedConverter<Long> {
        SizeConverter() {
            super(text -> Units.parseBytes("size", text));
        }
    }
}
