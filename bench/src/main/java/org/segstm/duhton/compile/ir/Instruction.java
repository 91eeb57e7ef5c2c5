package org.segstm.duhton.compile.ir;

import java.util.Locale;

/** One instruction; immutable. What subject and number are says {@link Opcode}. */
public final class Instruction {
    private final Opcode opcode;
    private final int result;
    private final Object subject;
    private final long number;
    private final int[] operands;

    Instruction(
            final Opcode opcode, final int result, final Object subject, final long number, final int... operands) {
        this.opcode = opcode;
        this.result = result;
        this.subject = subject;
        this.number = number;
        this.operands = operands;
    }

    /**
     * What it does.
     *
     * @return its opcode.
     */
    public Opcode opcode() {
        return opcode;
    }

    /**
     * The value that it defines.
     *
     * @return its number, or {@link Code#NO_VALUE}.
     */
    public int result() {
        return result;
    }

    /**
     * What it is about.
     *
     * @param type that the opcode tells.
     * @param <T>  the same.
     * @return the field, layout, node or exit.
     */
    public <T> T subject(final Class<T> type) {
        return type.cast(subject);
    }

    /**
     * A number.
     *
     * @return constant, line, slot or length.
     */
    public long number() {
        return number;
    }

    /**
     * An operand.
     *
     * @param index of the operand.
     * @return number of the value, {@link Code#NO_VALUE} when it is missing.
     */
    public int operand(final int index) {
        return index < operands.length ? operands[index] : Code.NO_VALUE;
    }

    /**
     * All operands.
     *
     * @return numbers of values; not to be changed.
     */
    public int[] operands() {
        return operands;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder();
        if (result != Code.NO_VALUE) {
            text.append('v').append(result).append(" = ");
        }
        text.append(opcode.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        for (final int operand : operands) {
            text.append(operand == Code.NO_VALUE ? " -" : " v" + operand);
        }
        if (subject instanceof org.segstm.heap.layout.Field || subject instanceof org.segstm.heap.layout.ObjectLayout) {
            text.append(" (").append(subject).append(')');
        } else if (subject instanceof Exit && ((Exit) subject).layout() != null) {
            text.append(" (").append(((Exit) subject).layout()).append(')');
        }
        return text.append(number == 0 ? "" : " " + number).toString();
    }
}
