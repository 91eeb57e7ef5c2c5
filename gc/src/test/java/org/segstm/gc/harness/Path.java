package org.segstm.gc.harness;

import org.segstm.heap.Mutator;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.FieldType;

import java.util.ArrayList;
import java.util.List;

/** A place that a script names: {@code x}, {@code x.next.value}, {@code x[7].next}. */
final class Path {
    private final Line line;
    private final String root;
    private final List<Step> steps = new ArrayList<>();

    private Path(final Line line, final String root) {
        this.line = line;
        this.root = root;
    }

    static Path parse(final Tokens tokens, final Declarations declared) {
        final Path path = new Path(tokens.line(), tokens.takeName("variable"));
        while (tokens.nextIs(".") || tokens.nextIs("[")) {
            if (tokens.take(".")) {
                final String field = tokens.takeName("field");
                declared.checkField(tokens.line(), field);
                path.steps.add(new Step(field, null));
            } else {
                tokens.demand("[");
                path.steps.add(new Step(null, tokens.takeNumber()));
                tokens.demand("]");
            }
        }
        return path;
    }

    String root() {
        return root;
    }

    boolean isVariable() {
        return steps.isEmpty();
    }

    /** Name of the last step, which must be a field. */
    String lastField() {
        final String field = steps.isEmpty() ? null : steps.get(steps.size() - 1).field;
        if (field == null) {
            throw line.wrong("a field is needed here");
        }
        return field;
    }

    /** The ref that all steps lead to. */
    long ref(final Play play, final Actor actor) {
        return follow(play, actor, steps.size());
    }

    /** The ref of the object that the last step leads into. */
    long holder(final Play play, final Actor actor) {
        return follow(play, actor, steps.size() - 1);
    }

    private long follow(final Play play, final Actor actor, final int count) {
        long ref = actor.variable(line, root);
        for (int i = 0; i < count; i++) {
            checkObject(ref);
            final Step step = steps.get(i);
            final Mutator m = actor.mutator();
            ref = step.field == null ? m.getRefAt(ref, step.index.of(play))
                : m.getRef(ref, field(m, ref, step.field));
        }
        return ref;
    }

    private void checkObject(final long ref) {
        if (ref == 0 || (ref & 1) != 0) {
            throw line.wrong(root + " leads to " + (ref == 0 ? "null" : "an immediate") + ", not to an object");
        }
    }

    private Field field(final Mutator m, final long ref, final String name) {
        return m.layoutOf(ref).fields().stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow(
            () -> line.wrong("layout " + m.layoutOf(ref).name() + " has no field " + name));
    }

    /** What is there, as a number; of an immediate its number. */
    long number(final Play play, final Actor actor) {
        if (isNumberField(play, actor)) {
            final long ref = holder(play, actor);
            return actor.mutator().getLong(ref, field(actor.mutator(), ref, lastField()));
        }
        final long value = ref(play, actor);
        if ((value & 1) == 0) {
            throw line.wrong("not a number: 0x" + Long.toHexString(value));
        }
        return value >> 1;
    }

    /** Reads what is there, whatever it is. */
    void read(final Play play, final Actor actor) {
        if (isNumberField(play, actor)) {
            number(play, actor);
        } else {
            ref(play, actor);
        }
    }

    private boolean isNumberField(final Play play, final Actor actor) {
        if (steps.isEmpty() || steps.get(steps.size() - 1).field == null) {
            return false;
        }
        final long ref = holder(play, actor);
        checkObject(ref);
        return field(actor.mutator(), ref, lastField()).type() == FieldType.INT64;
    }

    void storeRef(final Play play, final Actor actor, final long value) {
        final Step last = steps.get(steps.size() - 1);
        final long ref = holder(play, actor);
        checkObject(ref);
        if (last.field == null) {
            actor.mutator().putRefAt(ref, last.index.of(play), value);
        } else {
            actor.mutator().putRef(ref, field(actor.mutator(), ref, last.field), value);
        }
    }

    void storeNumber(final Play play, final Actor actor, final long value) {
        final long ref = holder(play, actor);
        checkObject(ref);
        actor.mutator().putLong(ref, field(actor.mutator(), ref, lastField()), value);
    }

    void addNumber(final Play play, final Actor actor, final long delta) {
        final long ref = holder(play, actor);
        checkObject(ref);
        actor.mutator().add(ref, field(actor.mutator(), ref, lastField()), delta);
    }

    /** Objects from the one that holds the last field on, along that field, to null. */
    long chainLength(final Play play, final Actor actor) {
        final Mutator m = actor.mutator();
        final String name = lastField();
        long length = 0;
        long ref = holder(play, actor);
        while (ref != 0) {
            length++;
            ref = m.getRef(ref, field(m, ref, name));
        }
        return length;
    }

    /** One step. */
    private static final class Step {
        private final String field;
        private final NumberValue index;

        Step(final String field, final NumberValue index) {
            this.field = field;
            this.index = index;
        }
    }
}
