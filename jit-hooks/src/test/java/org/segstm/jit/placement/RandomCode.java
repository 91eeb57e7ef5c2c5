package org.segstm.jit.placement;

import java.util.Random;

/** Random code: some values are objects, some arrays, some indices of 0 to 31. */
final class RandomCode {
    static final int OBJECTS = 3;
    static final int ARRAYS = 2;
    static final int INDICES = 2;
    static final int COUNTER = OBJECTS + ARRAYS + INDICES;
    private static final String[] EFFECTS = {"none", "none", "collects", "breaks", "outside", "anything"};
    private final Random random;
    private final TestCode code = new TestCode();
    private final int blocks;

    private RandomCode(final Random random) {
        this.random = random;
        this.blocks = 1 + random.nextInt(7);
    }

    static TestCode make(final Random random) {
        return new RandomCode(random).make();
    }

    private TestCode make() {
        for (int b = 0; b < blocks; b++) {
            code.addBlock();
        }
        for (int b = 0; b < blocks; b++) {
            final int edges = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2);
            for (int e = 0; e < edges; e++) {
                code.addSuccessor(b, random.nextInt(blocks));
            }
        }
        for (int b = 0; b < blocks; b++) {
            if (b != 0 && random.nextInt(3) == 0) {
                code.add(b, merge(random.nextBoolean() ? 0 : OBJECTS, random.nextBoolean() ? OBJECTS : ARRAYS));
            }
            for (int i = random.nextInt(6); i > 0; i--) {
                code.add(b, operation());
            }
        }
        code.polls(Polls.values()[random.nextInt(Polls.values().length)]);
        return code;
    }

    private String merge(final int first, final int count) {
        final int kind = first == 0 ? OBJECTS : ARRAYS;
        final StringBuilder text = new StringBuilder("v").append(first + random.nextInt(kind)).append(" = merge");
        for (int p = 0; p < blocks; p++) {
            text.append(" b").append(p).append(" v").append(first + random.nextInt(Math.min(kind, count)));
        }
        return text.toString();
    }

    private String operation() {
        switch (random.nextInt(16)) {
            case 0:
                return any() + " = alloc";
            case 1:
                return "call " + EFFECTS[random.nextInt(EFFECTS.length)];
            case 2:
                return "safepoint";
            case 3:
                return random.nextInt(3) == 0 ? "break" : "guard";
            case 4:
                return object() + " = copy " + object();
            case 5:
                return array() + " = copy " + array();
            case 6:
                return index() + " = other";
            case 7:
                return object() + " = load " + object();
            case 8:
                return "load v" + COUNTER;
            case 9:
                return "add v" + COUNTER;
            default:
                return (random.nextInt(3) == 0 ? "store " : "load ") + place() + (random.nextInt(12) == 0 ? "!" : "");
        }
    }

    private String place() {
        switch (random.nextInt(6)) {
            case 0:
                return array() + "#" + random.nextInt(3);
            case 1:
                return array() + "[" + index() + "]";
            case 2:
                return array() + "[" + index() + ":0..31]";
            case 3:
                return array() + "[" + index() + ":0..end]";
            default:
                return object();
        }
    }

    private String any() {
        return random.nextBoolean() ? object() : array();
    }

    private String object() {
        return "v" + random.nextInt(OBJECTS);
    }

    private String array() {
        return "v" + (OBJECTS + random.nextInt(ARRAYS));
    }

    private String index() {
        return "v" + (OBJECTS + ARRAYS + random.nextInt(INDICES));
    }
}
