package org.segstm.jit.emit;

import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectHeader;
import org.segstm.heap.layout.ObjectLayout;
import org.segstm.heap.segment.ControlPage;
import org.segstm.heap.segment.SegmentMap;
import org.segstm.jit.HeapConstants;
import org.segstm.jit.placement.Barrier;
import org.segstm.jit.placement.Place;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import static org.segstm.heap.layout.ObjectHeader.CARD_MASK;
import static org.segstm.heap.layout.ObjectHeader.LOG_BYTES_IN_CARD;
import static org.segstm.heap.layout.ObjectHeader.WRITE_BARRIER;

/**
 * Emits heap operations into one method: barriers, loads, stores, allocation, polls. Fast paths are inline, slow paths
 * come at the end of the method, where {@link #end()} puts them. Refs are in local variables of type long; the mutator
 * is in one too. View, read version and control page are in locals of this class, which {@link #enter()} sets.
 *
 * <p>In checked mode loads and stores ask the mutator whether their barrier was executed. Where
 * {@link HeapConstants#inlined()} is false, the mutator's methods do all barriers.
 */
public final class HeapCode {
    /** Number of local variables that it uses. */
    public static final int LOCALS = 9;
    private static final boolean CHECKED = HeapContext.isChecked();
    private static final String MEMORY = "org/segstm/bridge/Memory";
    private static final String MUTATOR = "org/segstm/heap/Mutator";
    private static final String RAW_ACCESS = "org/segstm/jit/RawAccess";
    private static final String SLOW_PATHS = "org/segstm/jit/emit/SlowPaths";
    private final GeneratedClass owner;
    private final MethodVisitor method;
    private final HeapConstants heap;
    private final int mutator;
    private final int base;
    private final int version;
    private final int control;
    private final int offset;
    private final int end;
    private final Deque<Runnable> slowPaths = new ArrayDeque<>();
    private final Label coldStart = new Label();

    /**
     * Begins a method.
     *
     * @param owner        class of the method.
     * @param method       to emit into.
     * @param heap         whose constants the code may contain.
     * @param mutatorLocal local variable with the mutator.
     * @param firstLocal   first of {@link #LOCALS} local variables that the VM does not use.
     */
    public HeapCode(final GeneratedClass owner, final MethodVisitor method, final HeapConstants heap,
        final int mutatorLocal, final int firstLocal) {
        this.owner = owner;
        this.method = method;
        this.heap = heap;
        this.mutator = mutatorLocal;
        this.base = firstLocal;
        this.control = firstLocal + 2;
        this.offset = firstLocal + 4;
        this.end = firstLocal + 6;
        this.version = firstLocal + 8;
    }

    /** To be emitted first, and after whatever may have ended the transaction: a call that may break, or commit. */
    public void enter() {
        callMutator("segmentBase", "()J");
        method.visitVarInsn(Opcodes.LSTORE, base);
        callMutator("controlAddress", "()J");
        method.visitVarInsn(Opcodes.LSTORE, control);
        callMutator("readVersion", "()B");
        method.visitVarInsn(Opcodes.ISTORE, version);
    }

    /** Emits the slow paths and ends the method; everything else has been emitted. */
    public void end() {
        method.visitLabel(coldStart);
        while (!slowPaths.isEmpty()) {
            slowPaths.poll().run();
        }
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    /**
     * Size of the code without slow paths, once the class is defined.
     *
     * @return bytes of bytecode.
     */
    public int hotBytes() {
        return coldStart.getOffset();
    }

    /**
     * Emits something at the end of the method, where it is out of the way.
     *
     * @param code must leave by a jump or return.
     */
    public void outline(final Runnable code) {
        slowPaths.add(code);
    }

    /**
     * Emits barriers of a placement.
     *
     * @param barriers in their order.
     * @param operands where the VM keeps its values.
     */
    public void barriers(final List<Barrier> barriers, final Operands operands) {
        barriers.forEach(b -> barrier(b, operands));
    }

    private void barrier(final Barrier barrier, final Operands operands) {
        if (barrier.kind() == Barrier.Kind.INEVITABLE) {
            becomeInevitable("outside effect", operands);
            return;
        }
        final boolean write = barrier.kind() == Barrier.Kind.WRITE;
        final int ref = operands.refLocal(barrier.value());
        final Place place = barrier.place();
        switch (place.kind()) {
            case OBJECT:
                if (write) {
                    writeBarrier(ref);
                } else {
                    readBarrier(ref);
                }
                break;
            case CARD:
                if (write) {
                    writeCardBarrier(ref, place.firstCard() << LOG_BYTES_IN_CARD);
                } else {
                    readCardBarrier(ref, place.firstCard() << LOG_BYTES_IN_CARD);
                }
                break;
            case ITEM:
                itemOffset(place.offset(), place.logScale(), m -> operands.pushIndex(m, place.indexValue()));
                if (write) {
                    writeItemBarrier(ref);
                } else {
                    readItemBarrier(ref);
                }
                break;
            default:
                range(write, ref, place);
                break;
        }
    }

    private void range(final boolean write, final int ref, final Place place) {
        if (!write && heap.serial()) {
            return;
        }
        final boolean byMutator = write || !heap.inlined();
        if (byMutator) {
            method.visitVarInsn(Opcodes.ALOAD, mutator);
        } else {
            method.visitVarInsn(Opcodes.LLOAD, base);
        }
        method.visitVarInsn(Opcodes.LLOAD, ref);
        pushLong(place.firstCard());
        if (place.lastCard() == Place.END) {
            method.visitVarInsn(Opcodes.LLOAD, base);
            method.visitVarInsn(Opcodes.LLOAD, ref);
            pushLong(place.offset());
            method.visitLdcInsn(place.logScale());
            callStatic(SLOW_PATHS, "lastCard", "(JJJI)J");
        } else {
            pushLong(place.lastCard());
        }
        if (byMutator) {
            callStatic(SLOW_PATHS, write ? "writeCards" : "readCards", "(L" + MUTATOR + ";JJJ)V");
        } else {
            method.visitVarInsn(Opcodes.ILOAD, version);
            callStatic(SLOW_PATHS, "readCards", "(JJJJB)V");
        }
    }

    /**
     * Read barrier of an object without variable part.
     *
     * @param ref local variable.
     */
    public void readBarrier(final int ref) {
        readCardBarrier(ref, 0);
    }

    /**
     * Read barrier of an object with variable part, at a known offset.
     *
     * @param ref        local variable.
     * @param byteOffset in the object.
     */
    public void readCardBarrier(final int ref, final long byteOffset) {
        final long card = byteOffset & ~(long) CARD_MASK;
        if (heap.serial()) {
            return;
        }
        if (!heap.inlined()) {
            readByMutator(ref, () -> pushLong(card));
            return;
        }
        method.visitVarInsn(Opcodes.LLOAD, base);
        method.visitVarInsn(Opcodes.LLOAD, ref);
        addLong(card);
        mark();
    }

    /**
     * Read barrier of the item that {@link #itemOffset} has chosen.
     *
     * @param ref local variable.
     */
    public void readItemBarrier(final int ref) {
        if (heap.serial()) {
            return;
        }
        if (!heap.inlined()) {
            readByMutator(ref, () -> method.visitVarInsn(Opcodes.LLOAD, offset));
            return;
        }
        method.visitVarInsn(Opcodes.LLOAD, base);
        method.visitVarInsn(Opcodes.LLOAD, ref);
        method.visitVarInsn(Opcodes.LLOAD, offset);
        pushLong(~(long) CARD_MASK);
        method.visitInsn(Opcodes.LAND);
        method.visitInsn(Opcodes.LADD);
        mark();
    }

    private void readByMutator(final int ref, final Runnable pushOffset) {
        method.visitVarInsn(Opcodes.ALOAD, mutator);
        method.visitVarInsn(Opcodes.LLOAD, ref);
        pushOffset.run();
        callVirtual("readCardBarrier", "(JJ)V");
    }

    /** Base and granule are on the stack. */
    private void mark() {
        pushInt(SegmentMap.LOG_READ_MARKER_SCALE);
        method.visitInsn(Opcodes.LUSHR);
        method.visitInsn(Opcodes.LADD);
        method.visitVarInsn(Opcodes.ILOAD, version);
        callStatic(MEMORY, "putByte", "(JB)V");
    }

    /**
     * Write barrier of an object without variable part.
     *
     * @param ref local variable.
     */
    public void writeBarrier(final int ref) {
        openUnlessOpen(ref, () -> {
            method.visitVarInsn(Opcodes.ALOAD, mutator);
            method.visitVarInsn(Opcodes.LLOAD, ref);
            callVirtual(heap.inlined() ? "writeBarrierSlowPath" : "writeBarrier", "(J)V");
        });
    }

    /**
     * Write barrier of an object with variable part, at a known offset.
     *
     * @param ref        local variable.
     * @param byteOffset in the object.
     */
    public void writeCardBarrier(final int ref, final long byteOffset) {
        openUnlessOpen(ref, () -> openCard(ref, () -> pushLong(byteOffset)));
    }

    /**
     * Write barrier of the item that {@link #itemOffset} has chosen.
     *
     * @param ref local variable.
     */
    public void writeItemBarrier(final int ref) {
        openUnlessOpen(ref, () -> openCard(ref, () -> method.visitVarInsn(Opcodes.LLOAD, offset)));
    }

    private void openCard(final int ref, final Runnable pushOffset) {
        method.visitVarInsn(Opcodes.ALOAD, mutator);
        if (heap.inlined()) {
            method.visitVarInsn(Opcodes.LLOAD, base);
        }
        method.visitVarInsn(Opcodes.LLOAD, ref);
        pushOffset.run();
        if (heap.inlined()) {
            pushLong(heap.cardMarkDistance());
            callStatic(SLOW_PATHS, "writeCard", "(L" + MUTATOR + ";JJJJ)V");
        } else {
            callVirtual("writeCardBarrier", "(JJ)V");
        }
    }

    private void openUnlessOpen(final int ref, final Runnable open) {
        if (!heap.inlined()) {
            open.run();
            return;
        }
        method.visitVarInsn(Opcodes.LLOAD, base);
        method.visitVarInsn(Opcodes.LLOAD, ref);
        method.visitInsn(Opcodes.LADD);
        addLong(ObjectHeader.FLAGS_OFFSET);
        callStatic(MEMORY, "getByte", "(J)B");
        pushInt(WRITE_BARRIER);
        method.visitInsn(Opcodes.IAND);
        final Label slow = new Label();
        final Label back = new Label();
        method.visitJumpInsn(Opcodes.IFNE, slow);
        method.visitLabel(back);
        outlineWithReturn(slow, back, open);
    }

    private void outlineWithReturn(final Label slow, final Label back, final Runnable code) {
        outline(() -> {
            method.visitLabel(slow);
            code.run();
            method.visitJumpInsn(Opcodes.GOTO, back);
        });
    }

    /**
     * Chooses an item: the operations on items mean it until another one is chosen.
     *
     * @param layout    with variable part.
     * @param logScale  log2 of the bytes per index.
     * @param pushIndex emits code that pushes the index as a long.
     */
    public void itemOffset(final ObjectLayout layout, final int logScale, final Consumer<MethodVisitor> pushIndex) {
        itemOffset(layout.variableOffset(), logScale, pushIndex);
    }

    private void itemOffset(final long firstOffset, final int logScale, final Consumer<MethodVisitor> pushIndex) {
        pushIndex.accept(method);
        if (logScale != 0) {
            pushInt(logScale);
            method.visitInsn(Opcodes.LSHL);
        }
        addLong(firstOffset);
        method.visitVarInsn(Opcodes.LSTORE, offset);
    }

    /**
     * Pushes the value of a field. No barrier.
     *
     * @param ref   local variable.
     * @param field of the object.
     */
    public void loadField(final int ref, final Field field) {
        load(ref, () -> pushLong(field.offset()), field.offset(), field.type(), field.isUnmarked());
    }

    /**
     * Pushes the item that {@link #itemOffset} has chosen. No barrier.
     *
     * @param ref  local variable.
     * @param type {@link FieldType#REF} in a variable part of refs; numbers in one of bytes.
     */
    public void loadItem(final int ref, final FieldType type) {
        load(ref, () -> method.visitVarInsn(Opcodes.LLOAD, offset), -1, type, false);
    }

    /**
     * Pushes the length of an object with variable part as a long. Needs no barrier.
     *
     * @param ref local variable.
     */
    public void loadLength(final int ref) {
        load(ref, () -> pushLong(ObjectHeader.VARIABLE_LENGTH_OFFSET), ObjectHeader.VARIABLE_LENGTH_OFFSET,
            FieldType.INT64, true);
    }

    /**
     * Pushes the id of an object's layout as an int: what guards compare. Needs no barrier.
     *
     * @param ref local variable.
     */
    public void loadLayoutId(final int ref) {
        load(ref, () -> pushLong(ObjectHeader.LAYOUT_ID_OFFSET), ObjectHeader.LAYOUT_ID_OFFSET, FieldType.INT32, true);
    }

    private void load(final int ref, final Runnable pushOffset, final long known, final FieldType type,
        final boolean unmarked) {
        final boolean checked = CHECKED && !unmarked;
        address(checked, ref, pushOffset, known);
        if (checked) {
            callStatic(RAW_ACCESS, "get" + JvmTypes.name(type), "(L" + MUTATOR + ";JJJ)" + JvmTypes.descriptor(type));
        } else {
            callStatic(MEMORY, "get" + JvmTypes.name(type), "(J)" + JvmTypes.descriptor(type));
        }
    }

    /**
     * Pushes eight bytes of an object that never moves. No barrier, nor a check.
     *
     * @param place its ref plus the offset in it.
     */
    public void loadFixed(final long place) {
        method.visitVarInsn(Opcodes.LLOAD, base);
        addLong(place);
        callStatic(MEMORY, "getLong", "(J)J");
    }

    /** In checked mode its parts, else the sum. */
    private void address(final boolean checked, final int ref, final Runnable pushOffset, final long known) {
        if (checked) {
            method.visitVarInsn(Opcodes.ALOAD, mutator);
        }
        method.visitVarInsn(Opcodes.LLOAD, base);
        method.visitVarInsn(Opcodes.LLOAD, ref);
        if (checked) {
            pushOffset.run();
        } else {
            method.visitInsn(Opcodes.LADD);
            if (known != 0) {
                pushOffset.run();
                method.visitInsn(Opcodes.LADD);
            }
        }
    }

    /**
     * Begins a store into a field: the VM pushes the value, then {@link #endStore} stores it. No barrier.
     *
     * @param ref   local variable.
     * @param field of the object.
     */
    public void beginStore(final int ref, final Field field) {
        address(CHECKED, ref, () -> pushLong(field.offset()), field.offset());
    }

    /**
     * Begins a store into the item that {@link #itemOffset} has chosen. No barrier.
     *
     * @param ref local variable.
     */
    public void beginStoreItem(final int ref) {
        address(CHECKED, ref, () -> method.visitVarInsn(Opcodes.LLOAD, offset), -1);
    }

    /**
     * Stores what was pushed since the begin of the store.
     *
     * @param type of field or item.
     */
    public void endStore(final FieldType type) {
        if (CHECKED) {
            callStatic(RAW_ACCESS, "put" + JvmTypes.name(type),
                "(L" + MUTATOR + ";JJJ" + JvmTypes.descriptor(type) + ")V");
        } else {
            callStatic(MEMORY, "put" + JvmTypes.name(type), "(J" + JvmTypes.descriptor(type) + ")V");
        }
    }

    /**
     * Adds to a counter, barrier included: the mutator does it.
     *
     * @param ref       local variable.
     * @param field     of a layout of counters.
     * @param pushDelta emits code that pushes a long.
     */
    public void add(final int ref, final Field field, final Consumer<MethodVisitor> pushDelta) {
        method.visitVarInsn(Opcodes.ALOAD, mutator);
        method.visitVarInsn(Opcodes.LLOAD, ref);
        owner.pushConstant(method, field, Field.class);
        pushDelta.accept(method);
        callVirtual("add", "(JLorg/segstm/heap/layout/Field;J)V");
    }

    /**
     * Allocates an object without variable part. Moves nothing.
     *
     * @param layout of the object.
     * @param result local variable that gets the ref.
     */
    public void allocate(final ObjectLayout layout, final int result) {
        if (layout.isVariable()) {
            throw new IllegalArgumentException("a length is needed: layout=" + layout);
        }
        allocate(layout, result, layout.allocationSize(), () -> callAllocate(layout, result, null));
    }

    /**
     * Allocates an object with variable part of known length. Moves nothing.
     *
     * @param layout of the object.
     * @param length number of elements.
     * @param result local variable that gets the ref.
     */
    public void allocate(final ObjectLayout layout, final long length, final int result) {
        if (!layout.isVariable() || length < 0 || length > layout.maximumLength()) {
            throw new IllegalArgumentException("length does not fit: layout=" + layout + " length=" + length);
        }
        allocate(layout, result, layout.allocationSizeOf(length),
            () -> callAllocate(layout, result, m -> pushLong(length)));
        if (!CHECKED) {
            address(false, result, () -> pushLong(ObjectHeader.VARIABLE_LENGTH_OFFSET), -1);
            pushLong(length);
            callStatic(MEMORY, "putLong", "(JJ)V");
        }
    }

    /**
     * Allocates an object with variable part. Moves nothing.
     *
     * @param layout     of the object.
     * @param pushLength emits code that pushes the length as a long.
     * @param result     local variable that gets the ref.
     */
    public void allocate(final ObjectLayout layout, final Consumer<MethodVisitor> pushLength, final int result) {
        callAllocate(layout, result, pushLength);
    }

    private void callAllocate(final ObjectLayout layout, final int result, final Consumer<MethodVisitor> pushLength) {
        method.visitVarInsn(Opcodes.ALOAD, mutator);
        owner.pushConstant(method, layout, ObjectLayout.class);
        if (pushLength == null) {
            callVirtual("allocate", "(Lorg/segstm/heap/layout/ObjectLayout;)J");
        } else {
            pushLength.accept(method);
            callVirtual("allocate", "(Lorg/segstm/heap/layout/ObjectLayout;J)J");
        }
        method.visitVarInsn(Opcodes.LSTORE, result);
    }

    private void allocate(final ObjectLayout layout, final int result, final long bytes, final Runnable slowPath) {
        if (CHECKED || bytes >= ObjectLayout.SLOW_PATH_BYTES) {
            slowPath.run();
            return;
        }
        pushPosition();
        method.visitInsn(Opcodes.DUP2);
        method.visitVarInsn(Opcodes.LSTORE, result);
        pushLong(bytes);
        method.visitInsn(Opcodes.LADD);
        method.visitInsn(Opcodes.DUP2);
        method.visitVarInsn(Opcodes.LSTORE, end);
        pushLimitAddress();
        callStatic(MEMORY, "getLong", "(J)J");
        method.visitInsn(Opcodes.LCMP);
        final Label slow = new Label();
        final Label back = new Label();
        method.visitJumpInsn(Opcodes.IFGT, slow);
        method.visitVarInsn(Opcodes.LLOAD, control);
        addLong(ControlPage.NURSERY_POSITION_OFFSET);
        method.visitVarInsn(Opcodes.LLOAD, end);
        callStatic(MEMORY, "putLong", "(JJ)V");
        method.visitVarInsn(Opcodes.LLOAD, base);
        method.visitVarInsn(Opcodes.LLOAD, result);
        method.visitInsn(Opcodes.LADD);
        pushLong(layout.header());
        callStatic(MEMORY, "putLong", "(JJ)V");
        method.visitLabel(back);
        outlineWithReturn(slow, back, slowPath);
    }

    private void pushPosition() {
        method.visitVarInsn(Opcodes.LLOAD, control);
        addLong(ControlPage.NURSERY_POSITION_OFFSET);
        callStatic(MEMORY, "getLong", "(J)J");
    }

    private void pushLimitAddress() {
        method.visitVarInsn(Opcodes.LLOAD, control);
        addLong(ControlPage.NURSERY_LIMIT_OFFSET);
    }

    /**
     * Safepoint poll. On its slow path objects move.
     *
     * @param repairs  barriers for the slow path, of a placement.
     * @param operands spills and reloads on the slow path; called at {@link #end()}.
     */
    public void safepoint(final List<Barrier> repairs, final Operands operands) {
        final Label slow = new Label();
        final Label back = new Label();
        jumpIfPollDue(slow);
        method.visitLabel(back);
        outlineWithReturn(slow, back, () -> {
            operands.spill(method);
            method.visitVarInsn(Opcodes.ALOAD, mutator);
            callVirtual("safepoint", "()V");
            operands.reload(method);
            barriers(repairs, operands);
        });
    }

    /**
     * Safepoint poll that commits when length control finds it is time.
     *
     * @param repairs  barriers for the slow path, of a placement.
     * @param operands spills and reloads on the slow path; called at {@link #end()}.
     */
    public void breakPoll(final List<Barrier> repairs, final Operands operands) {
        final Label slow = new Label();
        final Label back = new Label();
        method.visitVarInsn(Opcodes.ALOAD, mutator);
        callVirtual("shouldBreak", "()Z");
        method.visitJumpInsn(Opcodes.IFNE, slow);
        jumpIfPollDue(slow);
        method.visitLabel(back);
        outlineWithReturn(slow, back, () -> {
            operands.spill(method);
            method.visitVarInsn(Opcodes.ALOAD, mutator);
            callVirtual("transactionBreak", "()Z");
            method.visitInsn(Opcodes.POP);
            enter();
            operands.reload(method);
            barriers(repairs, operands);
        });
    }

    /**
     * Only the fast path of a safepoint poll, for loops: from a slow path of its own, a VM that has called
     * {@link org.segstm.heap.Mutator#safepoint()} does best to go back to where it entered the loop. What is the same
     * in all turns is then the same for the JVM's compiler, too: a slow path that came back into the loop would bring
     * other refs.
     *
     * @param slow where to go when the poll is due.
     */
    public void jumpIfPollDue(final Label slow) {
        pushPosition();
        pushLimitAddress();
        callStatic(MEMORY, "getLongOpaque", "(J)J");
        method.visitInsn(Opcodes.LCMP);
        method.visitJumpInsn(Opcodes.IFGE, slow);
    }

    /**
     * Makes the transaction inevitable. Waits while another one is; objects move.
     *
     * @param reason   for reports.
     * @param operands spills before and reloads after it.
     */
    public void becomeInevitable(final String reason, final Operands operands) {
        operands.spill(method);
        method.visitVarInsn(Opcodes.ALOAD, mutator);
        method.visitLdcInsn(reason);
        callVirtual("becomeInevitable", "(Ljava/lang/String;)V");
        operands.reload(method);
    }

    private void callMutator(final String name, final String descriptor) {
        method.visitVarInsn(Opcodes.ALOAD, mutator);
        callVirtual(name, descriptor);
    }

    private void callVirtual(final String name, final String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKEVIRTUAL, MUTATOR, name, descriptor, false);
    }

    private void callStatic(final String type, final String name, final String descriptor) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, type, name, descriptor, false);
    }

    private void pushInt(final int value) {
        JvmTypes.pushInt(method, value);
    }

    private void pushLong(final long value) {
        JvmTypes.pushLong(method, value);
    }

    private void addLong(final long value) {
        if (value != 0) {
            pushLong(value);
            method.visitInsn(Opcodes.LADD);
        }
    }
}
