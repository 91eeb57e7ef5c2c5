package org.segstm.gc.harness;

/** A number in a script: a literal, with a unit if need be, or the counter of a loop. */
interface NumberValue {
    /** Its value now. */
    long of(Play play);

    static NumberValue parse(final Line line, final String token) {
        if (token.startsWith("$")) {
            return play -> play.counter(line, token.substring(1));
        }
        final int shift = "kmg".indexOf(token.charAt(token.length() - 1)) + 1;
        final long number = Long.parseLong(shift == 0 ? token : token.substring(0, token.length() - 1));
        final long value = number << 10 * shift;
        return play -> value;
    }
}
