package org.segstm.heap.util;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Sizes with units. */
@Timeout(60)
class UnitsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "64k,65536", "64K,65536", "' 3m ',3145728", "1g,1073741824", "2t,2199023255552",
        "1000,1000", "8388607t,9223370937343148032"})
    void shouldParseWhenDigitsAndUnit(final String text, final long bytes) {
        assertEquals(bytes, Units.parseBytes("size", text));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "1023,1023", "1024,1k", "1536,1536", "65536,64k", "3145728,3m", "1073741824,1g",
        "2199023255552,2t", "2251799813685248,2048t"})
    void shouldPrintWithLargestUnitThatDivides(final long bytes, final String text) {
        assertEquals(text, Units.printBytes(bytes));
        assertEquals(bytes, Units.parseBytes("size", text), "what is printed can be parsed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "64kb", "1.5g", "m64", "6 4", "0x10"})
    void shouldRefuseWhenNoSize(final String text) {
        assertEquals("not a size (digits and an optional k, m, g or t): size=" + text,
            assertThrows(IllegalArgumentException.class, () -> Units.parseBytes("size", text)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-64k", "8388608t", "9223372036854775807k"})
    void shouldRefuseWhenOutOfRange(final String text) {
        assertEquals("size out of range: size=" + text,
            assertThrows(IllegalArgumentException.class, () -> Units.parseBytes("size", text)).getMessage());
    }
}
