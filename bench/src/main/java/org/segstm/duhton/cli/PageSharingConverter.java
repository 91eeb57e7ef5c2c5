package org.segstm.duhton.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.segstm.heap.PageSharing;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Page sharing strategies on the command line: in lower case, with hyphens. */
final class PageSharingConverter implements ITypeConverter<PageSharing> {
    @Override
    public PageSharing convert(final String text) {
        for (final PageSharing strategy : PageSharing.values()) {
            if (nameOf(strategy).equals(text.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return strategy;
            }
        }
        throw new TypeConversionException("'" + text + "' is none of " + Arrays.stream(PageSharing.values())
            .map(PageSharingConverter::nameOf).collect(Collectors.joining(", ")));
    }

    private static String nameOf(final PageSharing strategy) {
        return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
