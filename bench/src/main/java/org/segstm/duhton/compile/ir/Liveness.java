package org.segstm.duhton.compile.ir;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which values are still needed where. */
public final class Liveness {
    private final Code code;
    private final List<BitSet> atBegin = new ArrayList<>();

    /**
     * Analyses code.
     *
     * @param code that is complete.
     */
    public Liveness(final Code code) {
        this.code = code;
        code.blocks().forEach(block -> atBegin.add(new BitSet()));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int b = code.blockCount() - 1; b >= 0; b--) {
                final BitSet live = atBegin(b);
                changed |= !live.equals(atBegin.set(b, live));
            }
        }
    }

    private BitSet atBegin(final int block) {
        final BitSet live = atEnd(block);
        final List<Instruction> instructions = code.blocks().get(block).instructions();
        for (int i = instructions.size() - 1; i >= 0; i--) {
            before(instructions.get(i), live);
        }
        return live;
    }

    private BitSet atEnd(final int block) {
        final BitSet live = new BitSet();
        code.blocks().get(block).successors().forEach(next -> live.or(atBegin.get(next.number())));
        use(live, code.blocks().get(block).jumpOperands());
        return live;
    }

    private static void before(final Instruction instruction, final BitSet live) {
        if (instruction.result() != Code.NO_VALUE) {
            live.clear(instruction.result());
        }
        use(live, instruction.operands());
    }

    private static void use(final BitSet live, final int[] values) {
        for (final int value : values) {
            if (value != Code.NO_VALUE) {
                live.set(value);
            }
        }
    }

    /**
     * Values that are needed at the begin of the code without having been defined on each way.
     *
     * @return their numbers.
     */
    public BitSet atEntry() {
        return atBegin.get(0);
    }

    /**
     * Refs that are needed behind each instruction of a block, and not made by it.
     *
     * @param block its number.
     * @return numbers of values that may be refs, per instruction.
     */
    public List<BitSet> refsAcross(final int block) {
        final List<Instruction> instructions = code.blocks().get(block).instructions();
        final List<BitSet> found = new ArrayList<>();
        final BitSet live = atEnd(block);
        for (int i = instructions.size() - 1; i >= 0; i--) {
            final Instruction instruction = instructions.get(i);
            final BitSet across = new BitSet();
            live.stream().filter(value -> value != instruction.result() && mayBeRef(value)).forEach(across::set);
            found.add(0, across);
            before(instruction, live);
        }
        return found;
    }

    private boolean mayBeRef(final int value) {
        return code.type(value) == ValueType.VALUE && !code.isConstant(value);
    }
}
