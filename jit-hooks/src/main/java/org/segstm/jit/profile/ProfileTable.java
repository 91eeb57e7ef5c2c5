package org.segstm.jit.profile;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.bridge.Memory;
import org.segstm.jit.emit.JvmTypes;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory for profiles. A record is made once and lives until the table is closed, so its address is a constant for
 * generated code.
 *
 * <pre>
 *  counter        0 +-----------------------------+   types        0 +--------------+--------------+
 *                   |  count (64 bits)            |                  |  layout id   |  count       |  4 times
 *                   +-----------------------------+               32 +--------------+--------------+
 *                                                                    |  count of all others        |
 *                                                                    +-----------------------------+
 * </pre>
 *
 * <p>Threads that count the same thing share a cache line: count in code that is warming up, not in its last form.
 */
public final class ProfileTable implements AutoCloseable {
    /** Layouts that a record of types tells apart. */
    public static final int TYPES = 4;
    private static final int BYTES_IN_ENTRY = Long.BYTES;
    private static final int LAYOUT_ID_OFFSET = 0;
    private static final int COUNT_OFFSET = Integer.BYTES;
    private static final int OTHERS_OFFSET = TYPES * BYTES_IN_ENTRY;
    private static final int TYPES_LENGTH = OTHERS_OFFSET + Long.BYTES;
    private static final int CHUNK_BYTES = 16 << 10;
    private static final String MEMORY = "org/segstm/bridge/Memory";
    private final List<Long> chunks = new ArrayList<>();
    private int used = CHUNK_BYTES;

    private synchronized long allocate(final int bytes) {
        if (chunks.isEmpty() || used + bytes > CHUNK_BYTES) {
            chunks.add(Memory.allocateZeroed(CHUNK_BYTES));
            used = 0;
        }
        final long address = chunks.get(chunks.size() - 1) + used;
        used += bytes;
        return address;
    }

    /**
     * Makes a counter.
     *
     * @return its address.
     */
    public long newCounter() {
        return allocate(Long.BYTES);
    }

    /**
     * Makes a record of layouts.
     *
     * @return its address.
     */
    public long newTypes() {
        return allocate(TYPES_LENGTH);
    }

    /**
     * Counts one.
     *
     * @param counterAddress from {@link #newCounter}.
     */
    public static void count(final long counterAddress) {
        Memory.putLong(counterAddress, Memory.getLong(counterAddress) + 1);
    }

    /**
     * Emits {@link #count}.
     *
     * @param method         to emit into.
     * @param counterAddress from {@link #newCounter}; the code must not outlive the table.
     */
    public static void emitCount(final MethodVisitor method, final long counterAddress) {
        JvmTypes.pushLong(method, counterAddress);
        method.visitInsn(Opcodes.DUP2);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, MEMORY, "getLong", "(J)J", false);
        method.visitInsn(Opcodes.LCONST_1);
        method.visitInsn(Opcodes.LADD);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, MEMORY, "putLong", "(JJ)V", false);
    }

    /**
     * What was counted, roughly.
     *
     * @param counterAddress from {@link #newCounter}.
     * @return the count.
     */
    public static long read(final long counterAddress) {
        return Memory.getLong(counterAddress);
    }

    /**
     * A layout was met.
     *
     * @param typesAddress from {@link #newTypes}.
     * @param layoutId     its id; 0 stands for what is no object.
     */
    public static void saw(final long typesAddress, final int layoutId) {
        // An id of 0 marks a free entry.
        final int id = layoutId + 1;
        for (long entry = typesAddress; entry < typesAddress + OTHERS_OFFSET; entry += BYTES_IN_ENTRY) {
            final int known = Memory.getInt(entry + LAYOUT_ID_OFFSET);
            if (known == id || known == 0 && Memory.compareAndSetInt(entry + LAYOUT_ID_OFFSET, 0, id)) {
                Memory.putInt(entry + COUNT_OFFSET, Memory.getInt(entry + COUNT_OFFSET) + 1);
                return;
            }
        }
        count(typesAddress + OTHERS_OFFSET);
    }

    /**
     * Emits {@link #saw}: takes the id, an int, from the stack.
     *
     * @param method       to emit into.
     * @param typesAddress from {@link #newTypes}; the code must not outlive the table.
     */
    public static void emitSaw(final MethodVisitor method, final long typesAddress) {
        JvmTypes.pushLong(method, typesAddress);
        method.visitInsn(Opcodes.DUP2_X1);
        method.visitInsn(Opcodes.POP2);
        method.visitMethodInsn(
            Opcodes.INVOKESTATIC, "org/segstm/jit/profile/ProfileTable", "saw", "(JI)V", false);
    }

    /**
     * What was met, the most frequent first.
     *
     * @param typesAddress from {@link #newTypes}.
     * @return a copy.
     */
    public static TypeFeedback types(final long typesAddress) {
        final List<TypeFeedback.Seen> seen = new ArrayList<>();
        for (long entry = typesAddress; entry < typesAddress + OTHERS_OFFSET; entry += BYTES_IN_ENTRY) {
            final int id = Memory.getInt(entry + LAYOUT_ID_OFFSET);
            if (id != 0) {
                seen.add(new TypeFeedback.Seen(id - 1, Memory.getInt(entry + COUNT_OFFSET)));
            }
        }
        seen.sort((a, b) -> Integer.compare(b.count(), a.count()));
        return new TypeFeedback(seen, Memory.getLong(typesAddress + OTHERS_OFFSET));
    }

    /** Frees the memory. No code with addresses of it may run any more. */
    @Override
    public synchronized void close() {
        chunks.forEach(Memory::free);
        chunks.clear();
        used = CHUNK_BYTES;
    }
}
