package org.segstm.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.function.Function;

/** Values of options that are known by name, or in a notation of ours; what is wrong with one is told as found. */
abstract class NamedConverter<T> implements ITypeConverter<T> {
    private final Function<String, T> finder;

    /**
     * A converter.
     *
     * @param finder of the value; {@link IllegalArgumentException} when there is none.
     */
    NamedConverter(final Function<String, T> finder) {
        this.finder = finder;
    }

    @Override
    public final T convert(final String text) {
        try {
            return finder.apply(text);
        } catch (final IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
