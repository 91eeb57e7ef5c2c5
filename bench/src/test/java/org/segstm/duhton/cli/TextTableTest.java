package org.segstm.duhton.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TextTableTest {
    @Test
    void shouldAlignColumnsWhenCellsDifferInWidth() {
        final String table =
            new TextTable("name", "n", "total").row("a", "1", "2").row("longer", "100", "3").toString();
        assertEquals("name      n  total\na         1      2\nlonger  100      3\n",
            table.replace(System.lineSeparator(), "\n"));
    }
}
