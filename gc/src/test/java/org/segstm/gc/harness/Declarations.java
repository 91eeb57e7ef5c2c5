package org.segstm.gc.harness;

import java.util.HashSet;
import java.util.Set;

/** Names that a script has declared so far: what is not there is an error of the line that uses it. */
final class Declarations {
    /** Words after the name of a mutator; a variable of that name could not be told from them. */
    private static final Set<String> RESERVED = Set.of("begin", "commit", "abort", "validate", "safepoint", "minor",
        "close", "read", "young", "old", "promoted", "private", "shared", "solo", "attached", "detached", "aborts",
        "length", "chain", "null", "new", "fan", "identity", "next", "finalizer", "finalize", "add");
    private final Set<String> actors = new HashSet<>();
    private final Set<String> globals = new HashSet<>();
    private final Set<String> queues = new HashSet<>();
    private final Set<String> layouts = new HashSet<>();
    private final Set<String> fields = new HashSet<>();

    void actor(final Line line, final String name) {
        declare(line, actors, name);
    }

    void global(final Line line, final String name) {
        declare(line, globals, name);
    }

    void queue(final Line line, final String name) {
        declare(line, queues, name);
    }

    void layout(final Line line, final String name) {
        declare(line, layouts, name);
    }

    void field(final String name) {
        fields.add(name);
    }

    private void declare(final Line line, final Set<String> names, final String name) {
        if (actors.contains(name) || globals.contains(name) || queues.contains(name) || !names.add(name)) {
            throw line.wrong("declared twice: " + name);
        }
    }

    boolean isActor(final String name) {
        return actors.contains(name);
    }

    boolean isGlobal(final String name) {
        return globals.contains(name);
    }

    String checkGlobal(final Line line, final String name) {
        if (!globals.contains(name)) {
            throw line.wrong("unknown global root " + name);
        }
        return name;
    }

    String checkQueue(final Line line, final String name) {
        if (!queues.contains(name)) {
            throw line.wrong("unknown finalizer queue " + name);
        }
        return name;
    }

    String checkLayout(final Line line, final String name) {
        if (!layouts.contains(name)) {
            throw line.wrong("unknown layout " + name);
        }
        return name;
    }

    void checkVariable(final Line line, final String name) {
        if (RESERVED.contains(name)) {
            throw line.wrong("no name for a variable: " + name);
        }
    }

    void checkField(final Line line, final String name) {
        if (!fields.contains(name)) {
            throw line.wrong("no layout has a field " + name);
        }
    }
}
