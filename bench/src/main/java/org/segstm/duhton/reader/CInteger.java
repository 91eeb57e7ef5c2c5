package org.segstm.duhton.reader;

/** The integers of C: what {@code (int) strtol(token, &end, 0)} reads when it consumes the whole token. */
final class CInteger {
    private static final int OCTAL = 8;
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;

    private CInteger() {
    }

    /**
     * Reads a token as an int: decimal, 0x hexadecimal or leading-0 octal, with an optional sign. A number that 64 bits
     * don't hold becomes the nearest that they do; then the lower 32 bits count.
     *
     * @param token to read.
     * @return the int, or null when the token is not fully an integer.
     */
    static Integer parse(final String token) {
        final boolean signed = token.startsWith("-") || token.startsWith("+");
        final int start = signed ? 1 : 0;
        final boolean hexadecimal = token.regionMatches(true, start, "0x", 0, 2);
        final int digits = hexadecimal ? start + 2 : start;
        if (digits == token.length()) {
            return null;
        }
        final int octalOrDecimal = token.charAt(start) == '0' ? OCTAL : DECIMAL;
        return parseDigits(token, digits, hexadecimal ? HEXADECIMAL : octalOrDecimal, token.charAt(0) == '-');
    }

    private static Integer parseDigits(
            final String token, final int start, final int base, final boolean negative) {
        // Accumulated as a negative number, which has the larger range.
        long value = 0;
        boolean overflow = false;
        for (int i = start; i < token.length(); i++) {
            final int digit = token.charAt(i) < 0x80 ? Character.digit(token.charAt(i), base) : -1;
            if (digit < 0) {
                return null;
            }
            overflow |= value < (Long.MIN_VALUE + digit) / base;
            value = value * base - digit;
        }
        if (overflow) {
            return (int) (negative ? Long.MIN_VALUE : Long.MAX_VALUE);
        }
        if (!negative && value == Long.MIN_VALUE) {
            return (int) Long.MAX_VALUE;
        }
        return (int) (negative ? value : -value);
    }
}
