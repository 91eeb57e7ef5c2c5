package org.segstm.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** Reads what commands write with {@code --json}: what was measured on, and a list of objects. */
final class JsonFigures {
    private static final List<String> FACTS = List.of("command", "machine", "java", "flags", "commit");

    private JsonFigures() {
    }

    /** Values as text; those of objects within have names like {@code major.count}. */
    static List<Map<String, String>> read(final Path file) throws IOException {
        final List<Map<String, String>> objects = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            assertEquals(JsonToken.START_OBJECT, parser.nextToken());
            for (final String fact : FACTS) {
                assertEquals(fact, parser.nextFieldName());
                assertFalse(parser.nextTextValue().isBlank(), fact);
            }
            assertEquals("figures", parser.nextFieldName());
            assertEquals(JsonToken.START_ARRAY, parser.nextToken());
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                final Map<String, String> object = new HashMap<>();
                readObject(parser, "", object);
                objects.add(object);
            }
            assertEquals(JsonToken.END_ARRAY, parser.currentToken());
            assertEquals(JsonToken.END_OBJECT, parser.nextToken());
            assertEquals(null, parser.nextToken());
        }
        return objects;
    }

    private static void readObject(final JsonParser parser, final String prefix, final Map<String, String> object)
        throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String name = prefix + parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                readObject(parser, name + ".", object);
            } else {
                object.put(name, parser.getText());
            }
        }
    }
}
