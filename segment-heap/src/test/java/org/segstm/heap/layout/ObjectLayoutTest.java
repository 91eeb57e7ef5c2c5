package org.segstm.heap.layout;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.segstm.heap.layout.ObjectLayout.VariablePart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Where fields lie, how large objects are, and what a builder refuses. */
@Timeout(60)
class ObjectLayoutTest {
    private static void assertRefused(
        final Class<? extends RuntimeException> type, final String message, final Executable call) {
        assertEquals(message, assertThrows(type, call).getMessage());
    }

    @Test
    void shouldAlignFieldsToTheirSize() {
        final ObjectLayout.Builder builder = ObjectLayout.named("all");
        final Field b = builder.field("b", FieldType.INT8);
        final Field s = builder.field("s", FieldType.INT16);
        final Field i = builder.field("i", FieldType.INT32);
        final Field b2 = builder.field("b2", FieldType.INT8);
        final Field d = builder.field("d", FieldType.DOUBLE);
        final Field f = builder.field("f", FieldType.FLOAT);
        final Field r = builder.field("r", FieldType.REF);
        final ObjectLayout layout = builder.build(3);
        assertEquals(8, b.offset());
        assertEquals(10, s.offset());
        assertEquals(12, i.offset());
        assertEquals(16, b2.offset());
        assertEquals(24, d.offset());
        assertEquals(32, f.offset());
        assertEquals(40, r.offset());
        assertEquals(48, layout.fixedSize());
        assertEquals(1, layout.refCount());
        assertEquals(40, layout.refOffset(0));
        assertEquals("all#3", layout.toString());
        assertEquals("all.r", r.toString());
        assertSame(layout, r.layout());
        assertEquals(7, layout.fields().size());
    }

    @Test
    void shouldHaveMinimumSizeWhenThereAreNoFields() {
        final ObjectLayout layout = ObjectLayout.named("empty").build(1);
        assertEquals(16, layout.fixedSize());
        assertEquals(16, layout.sizeOf(99));
        assertFalse(layout.hasRefs());
        assertFalse(layout.isVariable());
    }

    @Test
    void shouldHaveLengthWordWhenVariable() {
        final ObjectLayout refs = ObjectLayout.named("refs").variableRefs().build(1);
        assertEquals(16, refs.variableOffset());
        assertEquals(16, refs.sizeOf(0));
        assertEquals(32, refs.sizeOf(1));
        assertEquals(32, refs.sizeOf(2));
        assertEquals(48, refs.sizeOf(3));
        assertTrue(refs.hasRefs());
        assertSame(VariablePart.REFS, refs.variablePart());
        final ObjectLayout bytes = ObjectLayout.named("bytes").variableBytes().build(2);
        assertEquals(16, bytes.sizeOf(0));
        assertEquals(32, bytes.sizeOf(1));
        assertEquals(32, bytes.sizeOf(16));
        assertEquals(48, bytes.sizeOf(17));
        assertFalse(bytes.hasRefs());
    }

    @Test
    void shouldAlignVariablePartWhenFixedPartIsOdd() {
        final ObjectLayout.Builder builder = ObjectLayout.named("mixed").variableRefs();
        final Field first = builder.field("first", FieldType.INT8);
        final ObjectLayout layout = builder.build(1);
        assertEquals(16, first.offset());
        assertEquals(24, layout.variableOffset());
        assertEquals(32, layout.sizeOf(1));
        assertEquals(32, layout.sizeOf(0));
    }

    @Test
    void shouldHaveCardsOnlyWhenVariableAndLarge() {
        final ObjectLayout refs = ObjectLayout.named("refs").variableRefs().build(1);
        assertFalse(refs.isMultiCard(refs.sizeOf(14)));
        assertTrue(refs.isMultiCard(refs.sizeOf(15)));
        final ObjectLayout.Builder builder = ObjectLayout.named("wide");
        for (int i = 0; i < 100; i++) {
            builder.field("f" + i, FieldType.INT64);
        }
        final ObjectLayout wide = builder.build(2);
        assertFalse(wide.isMultiCard(wide.fixedSize()));
    }

    @Test
    void shouldMarkCardsOfFixedFieldsOnlyWhenVariable() {
        final ObjectLayout.Builder fixed = ObjectLayout.named("fixed");
        final ObjectLayout.Builder variable = ObjectLayout.named("variable").variableBytes();
        Field lastFixed = null;
        Field lastVariable = null;
        for (int i = 0; i < 20; i++) {
            lastFixed = fixed.field("f" + i, FieldType.INT64);
            lastVariable = variable.field("f" + i, FieldType.INT64);
        }
        fixed.build(1);
        variable.build(2);
        assertEquals(160, lastFixed.offset());
        assertEquals(0, lastFixed.markOffset());
        assertEquals(168, lastVariable.offset());
        assertEquals(128, lastVariable.markOffset());
    }

    @Test
    void shouldNotOverflowWhenLengthIsMaximum() {
        for (final ObjectLayout layout : new ObjectLayout[] {ObjectLayout.named("refs").variableRefs().build(1),
            ObjectLayout.named("bytes").variableBytes().build(2)}) {
            assertTrue(layout.sizeOf(layout.maximumLength()) > layout.maximumLength());
        }
    }

    @Test
    void shouldPutIdAndVariableOffsetIntoHeader() {
        final ObjectLayout.Builder builder = ObjectLayout.named("mixed").variableRefs();
        builder.field("first", FieldType.INT64);
        final long header = builder.build(77).header();
        assertEquals(77, ObjectHeader.layoutId(header));
        assertEquals(24, (short) (header >>> 16));
        assertEquals(0, (byte) header);
        assertFalse(ObjectHeader.isForwarded(header));
    }

    @Test
    void shouldRefuseNamesWhenMissingOrDouble() {
        assertRefused(IllegalArgumentException.class, "a layout needs a name: name=", () -> ObjectLayout.named(""));
        assertRefused(IllegalArgumentException.class, "a layout needs a name: name=null",
            () -> ObjectLayout.named(null));
        final ObjectLayout.Builder builder = ObjectLayout.named("pair");
        builder.field("x", FieldType.REF);
        assertRefused(IllegalArgumentException.class, "field names are unique: name=pair.x",
            () -> builder.immutable("x", FieldType.REF));
    }

    @Test
    void shouldRefuseVariablePartWhenLateOrDouble() {
        final String message = "the variable part is declared once, before any field: name=pair";
        final ObjectLayout.Builder builder = ObjectLayout.named("pair");
        builder.field("x", FieldType.REF);
        assertRefused(IllegalStateException.class, message, builder::variableRefs);
        assertRefused(IllegalStateException.class, message,
            () -> ObjectLayout.named("pair").variableBytes().variableRefs());
    }

    @Test
    void shouldRefuseChangesWhenBuilt() {
        final ObjectLayout.Builder builder = ObjectLayout.named("pair");
        builder.build(1);
        assertRefused(IllegalStateException.class, "a layout is registered once: name=pair", () -> builder.build(2));
        assertRefused(IllegalStateException.class, "fields are declared before registration: name=pair",
            () -> builder.field("x", FieldType.REF));
    }

    @Test
    void shouldRefuseFieldWhenFixedPartIsTooLarge() {
        final ObjectLayout.Builder builder = ObjectLayout.named("big");
        for (int i = 0; i < 511; i++) {
            builder.field("f" + i, FieldType.INT64);
        }
        assertRefused(IllegalArgumentException.class, "fixed part must not exceed 4096 bytes: name=big.last",
            () -> builder.field("last", FieldType.INT8));
        assertEquals(4096, builder.build(1).fixedSize());
    }

    @Test
    void shouldFindLayoutsByIdWhenRegistered() {
        final LayoutTable table = new LayoutTable();
        final ObjectLayout first = table.register(ObjectLayout.named("first"));
        final ObjectLayout second = table.register(ObjectLayout.named("second"));
        assertEquals(1, first.id());
        assertSame(second, table.get(second.id()));
        assertSame(first, table.find(1));
        assertNull(table.find(0));
        assertNull(table.find(3));
        assertNull(table.find(-1));
    }
}
