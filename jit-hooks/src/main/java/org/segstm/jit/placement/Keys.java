package org.segstm.jit.placement;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Numbers for what barriers serve: a place in the object of a value. */
final class Keys {
    private final CodeView code;
    private final Set<Key> exact;
    private final Map<Key, Integer> numbers = new HashMap<>();
    private final List<Key> keys = new ArrayList<>();
    private final Map<Integer, BitSet> ofObject = new HashMap<>();
    private final Map<Integer, BitSet> ofValue = new HashMap<>();
    private final BitSet withAdditions = new BitSet();

    /**
     * Collects the keys of a code.
     *
     * @param exact keys of ranges that are not used as such: an access to one takes the item alone.
     */
    Keys(final CodeView code, final List<FlowNode> nodes, final Set<Key> exact) {
        this.code = code;
        this.exact = exact;
        for (final FlowNode node : nodes) {
            if (node.kind == FlowNode.Kind.OPERATION && code.op(node.block, node.index).isAccess()) {
                node.key = add(keyOf(node.block, node.index));
                if (code.op(node.block, node.index) == Op.ADD) {
                    withAdditions.set(node.key);
                }
            }
        }
        closeUnderCopies(nodes);
    }

    private Key keyOf(final int block, final int index) {
        final Key key = new Key(code.object(block, index), code.place(block, index));
        return exact.contains(key) ? new Key(key.value, key.place.exact()) : key;
    }

    private int add(final Key key) {
        final Integer known = numbers.putIfAbsent(key, keys.size());
        if (known != null) {
            return known;
        }
        final int number = keys.size();
        keys.add(key);
        ofObject.computeIfAbsent(key.value, v -> new BitSet()).set(number);
        ofValue.computeIfAbsent(key.value, v -> new BitSet()).set(number);
        if (key.place.indexValue() != CodeView.NO_VALUE && key.place.kind() == Place.Kind.ITEM) {
            ofValue.computeIfAbsent(key.place.indexValue(), v -> new BitSet()).set(number);
        }
        return number;
    }

    /** What is known of one name is known of the other. */
    private void closeUnderCopies(final List<FlowNode> nodes) {
        int before;
        do {
            before = keys.size();
            for (final FlowNode node : nodes) {
                forEachCopy(node, (from, to) -> {
                    for (final Key key : List.copyOf(keysOf(to))) {
                        add(new Key(from, key.place));
                    }
                });
            }
        } while (keys.size() != before);
    }

    private List<Key> keysOf(final int value) {
        final BitSet numbersOf = ofObject.getOrDefault(value, new BitSet());
        final List<Key> found = new ArrayList<>();
        numbersOf.stream().forEach(k -> found.add(keys.get(k)));
        return found;
    }

    /** Shows what a node copies, as pairs of values. */
    void forEachCopy(final FlowNode node, final CopyVisitor visitor) {
        if (node.kind == FlowNode.Kind.OPERATION && code.op(node.block, node.index) == Op.COPY) {
            visitor.copy(code.object(node.block, node.index), code.result(node.block, node.index));
        } else if (node.kind == FlowNode.Kind.MERGES) {
            final int target = code.successor(node.block, node.index);
            for (int i = 0; i < code.size(target) && code.op(target, i) == Op.MERGE; i++) {
                final int input = code.mergeInput(target, i, node.block, node.index);
                if (input != CodeView.NO_VALUE) {
                    visitor.copy(input, code.result(target, i));
                }
            }
        }
    }

    int count() {
        return keys.size();
    }

    Key key(final int number) {
        return keys.get(number);
    }

    /** Number of a key, or -1. */
    int numberOf(final int value, final Place place) {
        return numbers.getOrDefault(new Key(value, place), -1);
    }

    /** Keys whose object is a value. */
    BitSet ofObject(final int value) {
        return ofObject.getOrDefault(value, new BitSet());
    }

    /** Keys that mean something else when a value is defined again. */
    BitSet ofValue(final int value) {
        return ofValue.getOrDefault(value, new BitSet());
    }

    /** Keys that a barrier for one of them serves. */
    BitSet servedBy(final int number) {
        final Key key = keys.get(number);
        final BitSet served = new BitSet();
        ofObject(key.value).stream().filter(k -> key.place.covers(keys.get(k).place)).forEach(served::set);
        return served;
    }

    /** Does a write barrier also mark as read? Not that of a counter. */
    boolean writeMarks(final int number) {
        return !withAdditions.get(number);
    }

    /** A place in the object of a value. Whether reads of it need a barrier is no part of it. */
    static final class Key {
        final int value;
        final Place place;

        Key(final int value, final Place place) {
            this.value = value;
            this.place = place;
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Key && ((Key) other).value == value
                && ((Key) other).place.kind() == place.kind()
                && ((Key) other).place.covers(place) && place.covers(((Key) other).place);
        }

        @Override
        public int hashCode() {
            return value * 31 + place.hashCode();
        }
    }

    /** Is shown copies. */
    @FunctionalInterface
    interface CopyVisitor {
        /** One value gets the object of another. */
        void copy(int from, int to);
    }
}
