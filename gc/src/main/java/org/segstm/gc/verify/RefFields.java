package org.segstm.gc.verify;

import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;

import static org.segstm.heap.layout.ObjectHeader.BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_WORD;
import static org.segstm.heap.layout.ObjectHeader.VARIABLE_LENGTH_OFFSET;

/** Where the refs of an object are. */
final class RefFields {
    private RefFields() {
    }

    static boolean isRef(final long value) {
        return ObjectHeader.isObjectRef(value);
    }

    /** Shows all ref fields, weak ones too, of an object whose shape is right. */
    static void forEach(
        final WordView view, final long ref, final ObjectLayout layout, final FieldVisitor visitor) {
        for (int i = 0; i < layout.refCount(); i++) {
            final int offset = layout.refOffset(i);
            visitor.visit(view.word(ref + offset), offset);
        }
        for (int i = 0; i < layout.weakCount(); i++) {
            final int offset = layout.weakOffset(i);
            visitor.visit(view.word(ref + offset), offset);
        }
        if (layout.variablePart() == ObjectLayout.VariablePart.REFS) {
            final long bytes = view.word(ref + VARIABLE_LENGTH_OFFSET) << LOG_BYTES_IN_WORD;
            final long end = layout.variableOffset() + bytes;
            for (long offset = layout.variableOffset(); offset < end; offset += BYTES_IN_WORD) {
                visitor.visit(view.word(ref + offset), offset);
            }
        }
    }

    /** Sees ref fields. */
    interface FieldVisitor {
        /** A field holds this value, a ref, null or an immediate. */
        void visit(long value, long offset);
    }
}
