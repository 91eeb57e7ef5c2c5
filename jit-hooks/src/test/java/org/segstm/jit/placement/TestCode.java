package org.segstm.jit.placement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Code written as text: {@code b0:} begins a block, {@code -> b1 b2} ends it, operations are {@code v1 = load v0},
 * {@code store v0}, {@code v1 = alloc}, {@code call collects}, {@code v1 = merge b0 v2 b3 v4}. Places: {@code v0} is an
 * object, {@code v0#3} its card 3, {@code v0[v4]} an item, {@code v0[v4:0..31]} with a range, {@code v0!} unmarked.
 */
final class TestCode implements CodeView {
    static final int LOG_SCALE = 3;
    static final int ITEMS_OFFSET = 16;
    private static final int LOG_CARD = 7;
    private static final Pattern PLACE =
        Pattern.compile("v(\\d+)(?:#(\\d+)|\\[v(\\d+)(?::(\\d+)\\.\\.(\\d+|end))?])?(!)?");
    private final List<List<Operation>> blocks = new ArrayList<>();
    private final List<List<Integer>> successors = new ArrayList<>();
    private final Set<Integer> known = new HashSet<>();
    private Polls polls = Polls.NONE;
    private int values;

    static TestCode parse(final String... lines) {
        final TestCode code = new TestCode();
        for (final String text : lines) {
            final String line = text.trim();
            if (line.endsWith(":")) {
                code.addBlock();
            } else if (line.startsWith("->")) {
                for (final String target : line.substring(2).trim().split(" +")) {
                    code.addSuccessor(code.blocks.size() - 1, Integer.parseInt(target.substring(1)));
                }
            } else {
                code.add(code.blocks.size() - 1, line);
            }
        }
        return code;
    }

    TestCode polls(final Polls kind) {
        polls = kind;
        return this;
    }

    TestCode known(final int value) {
        known.add(value);
        return this;
    }

    void addBlock() {
        blocks.add(new ArrayList<>());
        successors.add(new ArrayList<>());
    }

    void addSuccessor(final int block, final int target) {
        successors.get(block).add(target);
    }

    void add(final int block, final String line) {
        final Operation operation = new Operation(line);
        final String[] sides = line.split(" = ");
        if (sides.length > 1) {
            operation.result = value(sides[0]);
        }
        final String[] words = sides[sides.length - 1].split(" +");
        switch (words[0]) {
            case "alloc":
                operation.op = Op.ALLOCATE;
                break;
            case "call":
                operation.op = Op.CALL;
                operation.effect = CallEffect.valueOf(words[1].toUpperCase(Locale.ROOT));
                break;
            case "copy":
                operation.op = Op.COPY;
                operation.object = value(words[1]);
                break;
            case "merge":
                operation.op = Op.MERGE;
                for (int i = 1; i < words.length; i += 2) {
                    operation.inputs.put(Integer.parseInt(words[i].substring(1)), value(words[i + 1]));
                }
                break;
            case "guard":
                operation.op = Op.GUARD;
                operation.object = words.length > 1 ? value(words[1]) : NO_VALUE;
                break;
            default:
                operation.op = Op.valueOf(words[0].toUpperCase(Locale.ROOT));
                if (operation.op.isAccess()) {
                    place(operation, words[1]);
                }
                break;
        }
        blocks.get(block).add(operation);
    }

    private void place(final Operation operation, final String text) {
        final Matcher match = PLACE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(text);
        }
        operation.object = value("v" + match.group(1));
        if (match.group(2) != null) {
            operation.place = Place.card(Long.parseLong(match.group(2)) << LOG_CARD);
        } else if (match.group(3) != null) {
            final int index = value("v" + match.group(3));
            operation.place = match.group(4) == null ? Place.item(index, LOG_SCALE, ITEMS_OFFSET)
                : Place.items(index, LOG_SCALE, ITEMS_OFFSET, Long.parseLong(match.group(4)),
                    match.group(5).equals("end") ? Place.END : Long.parseLong(match.group(5)));
        } else {
            operation.place = Place.object();
        }
        if (match.group(6) != null) {
            operation.place = operation.place.unmarked();
        }
    }

    private int value(final String name) {
        final int value = Integer.parseInt(name.substring(1));
        values = Math.max(values, value + 1);
        return value;
    }

    @Override
    public int blockCount() {
        return blocks.size();
    }

    @Override
    public int size(final int block) {
        return blocks.get(block).size();
    }

    @Override
    public int successorCount(final int block) {
        return successors.get(block).size();
    }

    @Override
    public int successor(final int block, final int edge) {
        return successors.get(block).get(edge);
    }

    @Override
    public int valueCount() {
        return values;
    }

    @Override
    public Op op(final int block, final int index) {
        return operation(block, index).op;
    }

    @Override
    public int object(final int block, final int index) {
        return operation(block, index).object;
    }

    @Override
    public Place place(final int block, final int index) {
        return operation(block, index).place;
    }

    @Override
    public int result(final int block, final int index) {
        return operation(block, index).result;
    }

    @Override
    public CallEffect effect(final int block, final int index) {
        return operation(block, index).effect;
    }

    @Override
    public int mergeInput(final int block, final int index, final int predecessor, final int predecessorEdge) {
        return operation(block, index).inputs.getOrDefault(predecessor, NO_VALUE);
    }

    @Override
    public int proves(final int block, final int index) {
        return operation(block, index).object;
    }

    @Override
    public boolean isKnownObject(final int value) {
        return known.contains(value);
    }

    @Override
    public Polls polls() {
        return polls;
    }

    @Override
    public String describe(final int block, final int index) {
        return operation(block, index).text;
    }

    private Operation operation(final int block, final int index) {
        return blocks.get(block).get(index);
    }

    private static final class Operation {
        private final String text;
        private final Map<Integer, Integer> inputs = new HashMap<>();
        private Op op;
        private int object = NO_VALUE;
        private int result = NO_VALUE;
        private Place place;
        private CallEffect effect;

        Operation(final String text) {
            this.text = text;
        }
    }
}
