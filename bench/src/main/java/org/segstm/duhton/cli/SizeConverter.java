package org.segstm.duhton.cli;

import org.segstm.heap.util.Units;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes with units on the command line. */
final class SizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(final String text) {
        try {
            return Units.parseBytes("size", text);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
