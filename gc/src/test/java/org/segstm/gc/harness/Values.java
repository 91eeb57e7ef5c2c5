package org.segstm.gc.harness;

import org.segstm.heap.Mutator;
import org.segstm.heap.layout.Field;
import org.segstm.heap.layout.ObjectLayout;

/** What can stand at the right of an assignment. */
final class Values {
    private static final int OBJECTS_BETWEEN_SAFEPOINTS = 256;
    private final Declarations declared;

    Values(final Declarations declared) {
        this.declared = declared;
    }

    RefValue parse(final Tokens tokens) {
        if (tokens.take("#")) {
            final NumberValue number = tokens.takeNumber();
            return (play, actor) -> number.of(play) << 1 | 1;
        }
        final Line line = tokens.line();
        switch (tokens.peek()) {
            case "null":
                tokens.take();
                return (play, actor) -> 0;
            case "identity":
                tokens.take();
                final Path named = Path.parse(tokens, declared);
                return (play, actor) -> actor.mutator().identity(named.ref(play, actor)) << 1 | 1;
            case "next":
                tokens.take();
                final String queue = declared.checkQueue(line, tokens.takeName("finalizer queue"));
                return (play, actor) -> play.dead().queue(queue).next(actor.mutator());
            case "new":
                tokens.take();
                return parseNew(tokens);
            case "chain":
                tokens.take();
                final String links = declared.checkLayout(line, tokens.takeName("layout"));
                tokens.demand(".");
                final String field = tokens.takeName("field");
                declared.checkField(line, field);
                final NumberValue count = tokens.takeNumber();
                return (play, actor) -> chain(line, actor.mutator(), play.layout(links), field, count.of(play));
            case "fan":
                tokens.take();
                final String array = declared.checkLayout(line, tokens.takeName("layout"));
                final NumberValue width = tokens.takeNumber();
                final String leaf = declared.checkLayout(line, tokens.takeName("layout"));
                return (play, actor) ->
                    fan(actor.mutator(), play.layout(array), width.of(play), play.layout(leaf));
            default:
                final Path path = Path.parse(tokens, declared);
                return path.isVariable() && declared.isGlobal(path.root())
                    ? (play, actor) -> play.global(path.root()).get() : path::ref;
        }
    }

    private RefValue parseNew(final Tokens tokens) {
        final String name = declared.checkLayout(tokens.line(), tokens.takeName("layout"));
        if (!tokens.nextIsNumber()) {
            return (play, actor) -> actor.mutator().allocate(play.layout(name));
        }
        final NumberValue length = tokens.takeNumber();
        return (play, actor) -> actor.mutator().allocate(play.layout(name), length.of(play));
    }

    /** A list: each object's field holds the next one. */
    private static long chain(
        final Line line, final Mutator m, final ObjectLayout layout, final String fieldName, final long count) {
        final Field field = layout.fields().stream().filter(f -> f.name().equals(fieldName)).findFirst()
            .orElseThrow(() -> line.wrong("layout " + layout.name() + " has no field " + fieldName));
        m.push(0);
        final int place = m.rootDepth() - 1;
        for (long i = 0; i < count; i++) {
            final long ref = m.allocate(layout);
            m.putRef(ref, field, m.root(place));
            m.setRoot(place, ref);
            if (i % OBJECTS_BETWEEN_SAFEPOINTS == 0) {
                m.safepoint();
            }
        }
        return m.pop();
    }

    /** An array, each element with an object of its own. */
    private static long fan(final Mutator m, final ObjectLayout array, final long width, final ObjectLayout leaf) {
        m.push(m.allocate(array, width));
        final int place = m.rootDepth() - 1;
        for (long i = 0; i < width; i++) {
            m.putRefAt(m.root(place), i, m.allocate(leaf));
            if (i % OBJECTS_BETWEEN_SAFEPOINTS == 0) {
                m.safepoint();
            }
        }
        return m.pop();
    }
}
