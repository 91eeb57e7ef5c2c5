package org.segstm.bench.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/** Texts that the jar carries. */
public final class Resources {
    private Resources() {
    }

    /**
     * Reads a text.
     *
     * @param owner   in whose package it is.
     * @param kind    what it is, for errors.
     * @param name    of the file.
     * @param charset of it.
     * @return all of it.
     * @throws BenchException when it is not there or cannot be read.
     */
    public static String text(
        final Class<?> owner, final String kind, final String name, final Charset charset) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new BenchException("this jar carries no " + kind + " " + name);
            }
            return new String(in.readAllBytes(), charset);
        } catch (final IOException e) {
            throw new BenchException("cannot read " + name + ": " + e);
        }
    }
}
