package org.segstm.jit.placement;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Runs code along a random path with concrete objects, indices and cards, executes the barriers as the heap does, and
 * looks at each access whether its card is marked or open. Decisions depend on the seed alone, not on the placement.
 */
final class PathRunner {
    private static final int MAXIMUM_STEPS = 400;
    private static final int INDEX_BOUND = 32;
    private static final int LAST_CARD = 2;
    private static final int WHOLE = -1;
    private static final int LOG_CARD = 7;
    private static final int OBJECTS_AT_BEGIN = 4;
    private static final int LEAVES = 12;
    final int[] executed = new int[Barrier.Kind.values().length];
    private final CodeView code;
    private final Placement placement;
    private final Random random;
    private final long[] values;
    private final Set<Long> marked = new HashSet<>();
    private final Set<Long> open = new HashSet<>();
    private final Set<Long> newInTransaction = new HashSet<>();
    private final Set<Long> fresh = new HashSet<>();
    private boolean inevitable;
    private long objects = OBJECTS_AT_BEGIN;
    private boolean left;
    private boolean cut;

    PathRunner(final CodeView code, final Placement placement, final long seed) {
        this.code = code;
        this.placement = placement;
        this.random = new Random(seed);
        this.values = new long[Math.max(code.valueCount(), RandomCode.COUNTER + 1)];
        for (int v = 0; v < values.length; v++) {
            values[v] = isIndex(v) ? random.nextInt(INDEX_BOUND) : someObject(v);
        }
    }

    /** Did the path reach an end of the code: it was not left at a guard or call, and not longer than one waits? */
    boolean isWhole() {
        return !cut && !left;
    }

    void run() {
        execute(placement.atEntry());
        int block = 0;
        for (int steps = 0; !left; steps++) {
            if (steps == MAXIMUM_STEPS) {
                cut = true;
                return;
            }
            for (int i = 0; i < code.size(block) && !left; i++) {
                execute(placement.before(block, i));
                operation(block, i);
            }
            if (left || code.successorCount(block) == 0) {
                return;
            }
            execute(placement.before(block, code.size(block)));
            final int edge = random.nextInt(code.successorCount(block));
            block = follow(block, edge);
        }
    }

    private int follow(final int block, final int edge) {
        execute(placement.onEdge(block, edge));
        if (placement.hasPoll(block, edge)) {
            poll(placement.pollKind() == Polls.BREAK, placement.onEdgeSlowPath(block, edge));
            execute(placement.onEdgeAfterPoll(block, edge));
        }
        final int target = code.successor(block, edge);
        final long[] before = values.clone();
        for (int i = 0; i < code.size(target) && code.op(target, i) == Op.MERGE; i++) {
            values[code.result(target, i)] = before[code.mergeInput(target, i, block, edge)];
        }
        execute(placement.onEdgeMerged(block, edge));
        return target;
    }

    private void operation(final int block, final int index) {
        final Op op = code.op(block, index);
        switch (op) {
            case LOAD:
            case STORE:
            case ADD:
                access(op, block, index);
                break;
            case CALL:
                call(code.effect(block, index), block, index);
                break;
            case GUARD:
                left = random.nextInt(LEAVES) == 0;
                return;
            case SAFEPOINT:
            case BREAK:
                poll(op == Op.BREAK, placement.onSlowPath(block, index));
                return;
            case COPY:
                values[code.result(block, index)] = values[code.object(block, index)];
                return;
            case MERGE:
                return;
            default:
                break;
        }
        final int result = code.result(block, index);
        if (result != CodeView.NO_VALUE) {
            define(op, result);
        }
    }

    private void define(final Op op, final int result) {
        if (op == Op.ALLOCATE) {
            final long object = objects++ * 2 + (isArray(result) ? 1 : 0);
            values[result] = object;
            fresh.add(object);
            newInTransaction.add(object);
        } else {
            values[result] = isIndex(result) ? random.nextInt(INDEX_BOUND) : someObject(result);
        }
    }

    private void access(final Op op, final int block, final int index) {
        final Place place = code.place(block, index);
        final long object = values[code.object(block, index)];
        final long card = key(object, cardOf(place.exact()));
        if (op == Op.LOAD && !place.isUnmarked() && !newInTransaction.contains(object) && !marked.contains(card)) {
            throw new AssertionError("not marked at b" + block + ":" + index);
        }
        if (op != Op.LOAD && !fresh.contains(object) && !open.contains(card)) {
            throw new AssertionError("not open at b" + block + ":" + index);
        }
    }

    private void call(final CallEffect effect, final int block, final int index) {
        if (effect.needsInevitable() && !inevitable) {
            throw new AssertionError("not inevitable at b" + block + ":" + index);
        }
        final boolean collects = random.nextBoolean();
        final boolean breaks = random.nextBoolean();
        left = random.nextInt(LEAVES) == 0;
        if (effect.breaks() && breaks) {
            transactionEnds();
        } else if (effect.collects() && collects) {
            collected();
        }
    }

    private void poll(final boolean breaks, final List<Barrier> repairs) {
        final int way = random.nextInt(6);
        if (way < 2) {
            if (breaks && way == 0) {
                transactionEnds();
            } else {
                collected();
            }
            execute(repairs);
        }
    }

    private void collected() {
        open.clear();
        fresh.clear();
    }

    private void transactionEnds() {
        collected();
        marked.clear();
        newInTransaction.clear();
        inevitable = false;
    }

    private void execute(final List<Barrier> barriers) {
        for (final Barrier barrier : barriers) {
            executed[barrier.kind().ordinal()]++;
            if (barrier.kind() == Barrier.Kind.INEVITABLE) {
                inevitable = true;
                collected();
            } else {
                final long object = values[barrier.value()];
                final Place place = barrier.place();
                if (place.kind() == Place.Kind.ITEMS) {
                    for (long c = place.firstCard(); c <= Math.min(LAST_CARD, place.lastCard()); c++) {
                        cover(barrier.kind(), object, c, barrier.value());
                    }
                } else {
                    cover(barrier.kind(), object, cardOf(place), barrier.value());
                }
            }
        }
    }

    private void cover(final Barrier.Kind kind, final long object, final long card, final int value) {
        if (kind == Barrier.Kind.WRITE) {
            open.add(key(object, card));
        }
        if (kind == Barrier.Kind.READ || value != RandomCode.COUNTER) {
            marked.add(key(object, card));
        }
    }

    private long cardOf(final Place place) {
        switch (place.kind()) {
            case OBJECT:
                return WHOLE;
            case CARD:
                return place.firstCard();
            default:
                return place.offset() + (values[place.indexValue()] << place.logScale()) >> LOG_CARD;
        }
    }

    private static long key(final long object, final long card) {
        return object << 8 | card + 1;
    }

    private long someObject(final int value) {
        return value == RandomCode.COUNTER ? Long.MAX_VALUE >> 16
            : random.nextInt(OBJECTS_AT_BEGIN) * 2 + (isArray(value) ? 1 : 0);
    }

    private static boolean isArray(final int value) {
        return value >= RandomCode.OBJECTS && value < RandomCode.OBJECTS + RandomCode.ARRAYS;
    }

    private static boolean isIndex(final int value) {
        return value >= RandomCode.OBJECTS + RandomCode.ARRAYS && value < RandomCode.COUNTER;
    }
}
