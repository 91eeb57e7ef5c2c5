package org.segstm.bench.tool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class ToolTest {
    @Test
    void shouldWriteValidJsonWhenValuesAreNested() throws IOException {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "quote \" backslash \\ line\nfeed \u0001 \uD83D\uDE00 ä");
        map.put("numbers", Arrays.asList(1, -2L, 1.5, 1e300, true, null));
        map.put("empty", List.of(List.of(), Map.of()));
        final StringBuilder read = new StringBuilder();
        try (JsonParser parser = new JsonFactory().createParser(JsonWriter.write(map))) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                read.append(parser.getText()).append(' ');
            }
        }
        assertEquals("{ text " + map.get("text") + " numbers [ 1 -2 1.5 1.0E300 true null ] empty [ [ ] { } ] } ",
            read.toString());
    }

    @Test
    void shouldRefuseWhenAValueIsNotJson() {
        assertThrows(IllegalArgumentException.class, () -> JsonWriter.write(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> JsonWriter.write(new Object()));
    }

    @Test
    void shouldTakeTheMiddleWhenAMedianIsAsked() {
        assertEquals(2, Figures.median(3, 1, 2));
        assertEquals(2.5, Figures.median(4, 1, 2, 3));
    }

    @Test
    void shouldPrintThreeDigitsWhenARateIsPrinted() {
        assertEquals("701 M", Figures.rate(701.4e6));
        assertEquals("22.4 M", Figures.rate(22.43e6));
        assertEquals("1234 M", Figures.rate(1.234e9));
        assertEquals("89.0 k", Figures.rate(89e3));
        assertEquals("5.00", Figures.rate(5));
    }

    @Test
    void shouldSayUnknownWhenThereIsNoRepository(@TempDir final Path folder) throws Exception {
        assertEquals("unknown", Machine.describe(folder));
    }

    @Test
    void shouldMeasurePlausibleTimesWhenACacheLineIsHandedOver() {
        try (HandOff handOff = new HandOff()) {
            final double ns = handOff.medianNs();
            assertTrue(Double.isNaN(ns) || ns > 1 && ns < 1e8, "ns=" + ns);
        }
    }

    @Test
    void shouldAlignColumnsWhenATableIsPrinted() {
        final TextTable table = new TextTable("name", "n").row("a", "100").row("longer", "7");
        assertEquals(String.join(System.lineSeparator(), "name      n", "a       100", "longer    7", ""),
            table.toString());
        assertThrows(IllegalArgumentException.class, () -> table.row("one"));
    }

    @Test
    void shouldTellAnArchiveOfClassesByItsNameAlone() {
        assertEquals("-XX:SharedArchiveFile=classes-1.jsa",
            Measured.withoutFolder("-XX:SharedArchiveFile=/a b/c/classes-1.jsa"));
        assertEquals("-XX:AOTCache=classes-1.aot", Measured.withoutFolder("-XX:AOTCache=/a/classes-1.aot"));
        assertEquals("-Da=/b/c", Measured.withoutFolder("-Da=/b/c"));
    }
}
