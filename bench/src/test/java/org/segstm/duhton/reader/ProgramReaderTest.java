package org.segstm.duhton.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.segstm.duhton.DuhtonError;

@Timeout(20)
class ProgramReaderTest {
    private static String read(final String text) {
        return ProgramReader.read(text, 1).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0", "42,42", "-2,-2", "+7,7", "0x1f,31", "0X1F,31", "-0x10,-16", "010,8", "-010,-8", "00,0",
        "2147483647,2147483647", "2147483648,-2147483648", "-2147483649,2147483647", "4294967296,0", "4294967297,1",
        "9223372036854775807,-1", "9223372036854775808,-1", "99999999999999999999,-1",
        "-9223372036854775808,0", "-99999999999999999999,0", "0xffffffff,-1", "0xffffffffffffffffff,-1"
    })
    void shouldReadIntegerWhenTokenIsFullyOneOfC(final String token, final int value) {
        assertEquals("( " + value + " )", read(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "+", "--1", "08", "0x", "0xg", "1a", "1.5", "1e9", "a1", "'x", "0b1", "\u00b2", "x;y"})
    void shouldReadSymbolWhenTokenIsNotFullyAnInteger(final String token) {
        assertEquals("( '" + token + "' )", read(token));
    }

    @Test
    void shouldNestListsWhenTheyAreInLists() {
        assertEquals("( ( 'a' ( 'b' 2 ) None ) 3 )", read("(a(b 2)())3"));
    }

    @Test
    void shouldReadNothingWhenTextIsEmpty() {
        assertEquals("None", read(" \t\r\n\u000b\f"));
    }

    @Test
    void shouldSkipCommentWhenSemicolonStartsToken() {
        assertEquals("( 1 2 ( 3 ) )", read("1 ; ) one\n;(\n2 (;two (\n3);"));
    }

    @Test
    void shouldKnowLineWhenTextHasSeveral() {
        final ListDatum program = ProgramReader.read("a\n(b ; c\n  c)\n\nd", 10);
        assertEquals(10, program.items().get(0).line());
        assertEquals(11, program.items().get(1).line());
        assertEquals(12, ((ListDatum) program.items().get(1)).items().get(1).line());
        assertEquals(14, program.items().get(2).line());
    }

    @Test
    void shouldKnowColumnWhenLineHasSeveralTokens() {
        final ListDatum program = ProgramReader.read("ab (c\n\t(d) ; (e\n f)", 10);
        final ListDatum list = (ListDatum) program.items().get(1);
        assertEquals("10:1 10:4 10:5 11:2 11:3 12:2", String.join(" ", place(program.items().get(0)), place(list),
            place(list.items().get(0)), place(list.items().get(1)),
            place(((ListDatum) list.items().get(1)).items().get(0)), place(list.items().get(2))));
    }

    private static String place(final Datum datum) {
        return Location.line(datum.location()) + ":" + Location.column(datum.location());
    }

    @Test
    void shouldDescribePlaceWhenSourceIsKnown() {
        final SourceText source = new SourceText("a.duh");
        source.add("(setq x 1)\n  (print x)", 1);
        source.add("; caf\u00c3\u00a9\n", 5);
        assertEquals("a.duh:2:3\n(print x)", source.describe(Location.of(2, 3)));
        assertEquals("a.duh:4:1\n", source.describe(Location.of(4, 1)));
        assertEquals("a.duh:5:1\n; caf\u00e9", source.describe(Location.of(5, 1)));
        assertEquals("a.duh:99:1048575\n", source.describe(Location.of(99, Integer.MAX_VALUE)));
    }

    @Test
    void shouldMeasureHeightWhenListsAreNested() {
        assertEquals(0, ProgramReader.read("1", 1).items().get(0).height());
        assertEquals(3, ProgramReader.read("(1 (2) (3 (4)))", 1).items().get(0).height());
    }

    @Test
    void shouldFailWhenListIsLeftOpen() {
        final DuhtonError error = assertThrows(DuhtonError.class, () -> read("(a)\n(b\n(c)"));
        assertEquals("more '(' than ')' (line 2)", error.report());
    }

    @Test
    void shouldFailWhenListIsClosedTwice() {
        final DuhtonError error = assertThrows(DuhtonError.class, () -> read("(a)\n(b))\n(c)"));
        assertEquals("more ')' than '(' (line 2)", error.report());
    }

    @Test
    void shouldNotOverflowStackWhenNestingIsDeep() {
        final int depth = 1_000_000;
        final ListDatum program = ProgramReader.read("(".repeat(depth) + ")".repeat(depth), 1);
        assertEquals(depth + 1, program.height());
    }

    @ParameterizedTest
    @CsvSource({"'(a (b', 0, 2", "') c)', 2, 0", "')', 0, -1", "')((', 0, -1", "';(', 1, 1", "'x(;', 0, 1"})
    void shouldCountOpenListsWhenLineContinuesOthers(final String line, final int before, final int after) {
        assertEquals(after, ProgramReader.openLists(line, before));
    }
}
