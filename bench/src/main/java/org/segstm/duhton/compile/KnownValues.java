package org.segstm.duhton.compile;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.segstm.duhton.compile.ir.Opcode;
import org.segstm.heap.layout.ObjectLayout;

/** What is known at a point of the code: which results are there already, and of which layout objects are. */
final class KnownValues {
    private static final int PRIME = 31;
    private final Map<Key, Integer> results = new HashMap<>();
    private final Map<Key, Integer> loads = new HashMap<>();
    private final Map<Integer, ObjectLayout> layouts = new HashMap<>();

    /**
     * What was computed: instructions that are equal in these give the same. The methods that a record would have are
     * linked at their first use, which takes longer than to compile a small program.
     */
    record Key(Opcode opcode, Object subject, long number, int first, int second) {
        @Override
        public boolean equals(final Object object) {
            if (!(object instanceof Key)) {
                return false;
            }
            final Key other = (Key) object;
            return opcode == other.opcode && number == other.number && first == other.first && second == other.second
                && Objects.equals(subject, other.subject);
        }

        @Override
        public int hashCode() {
            return ((opcode.ordinal() * PRIME + Objects.hashCode(subject)) * PRIME + Long.hashCode(number)) * PRIME
                + first * PRIME + second;
        }

        boolean uses(final int value) {
            return first == value || second == value;
        }
    }

    KnownValues copy() {
        final KnownValues copy = new KnownValues();
        copy.results.putAll(results);
        copy.loads.putAll(loads);
        copy.layouts.putAll(layouts);
        return copy;
    }

    /** Keeps what is known on another way, too. */
    void meet(final KnownValues other) {
        results.entrySet().retainAll(other.results.entrySet());
        loads.entrySet().retainAll(other.loads.entrySet());
        layouts.entrySet().retainAll(other.layouts.entrySet());
    }

    /** Where a loop begins again: values that it defines may be others, and memory too. */
    void beginLoop(final IntPredicate defined) {
        loads.clear();
        results.keySet().removeIf(key -> defined.test(key.first()) || defined.test(key.second()));
        results.values().removeIf(defined::test);
        layouts.keySet().removeIf(defined::test);
    }

    /** The result that is there, or null. */
    Integer result(final Key key) {
        final Integer loaded = loads.get(key);
        return loaded == null ? results.get(key) : loaded;
    }

    void addResult(final Key key, final int value) {
        results.put(key, value);
    }

    void addLoad(final Key key, final int value) {
        loads.put(key, value);
    }

    /** A store ends what was known of loads of the same kind. */
    void stored(final Opcode load, final Object subject) {
        loads.keySet().removeIf(key -> key.opcode() == load && key.subject() == subject);
    }

    /** Anything may have been stored, or moved. */
    void forgetLoads() {
        loads.clear();
    }

    ObjectLayout layout(final int value) {
        return layouts.get(value);
    }

    void isOf(final int value, final ObjectLayout layout) {
        layouts.put(value, layout);
    }

    /** A value is defined again. */
    void redefined(final int value) {
        final BitSet one = new BitSet();
        one.set(value);
        final IntPredicate same = v -> v >= 0 && one.get(v);
        loads.keySet().removeIf(key -> key.uses(value));
        loads.values().removeIf(same::test);
        results.keySet().removeIf(key -> key.uses(value));
        results.values().removeIf(same::test);
        layouts.remove(value);
    }
}
