package org.segstm.gc.harness;

import org.segstm.gc.verify.HeapVerifier;
import org.segstm.heap.HeapContext;
import org.segstm.heap.layout.FieldType;
import org.segstm.heap.layout.ObjectLayout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Reads a script. Everything that can be wrong without running it is an error here. */
final class ScriptParser {
    private final Deque<Line> lines = new ArrayDeque<>();
    private final Declarations declared = new Declarations();
    private final ActorStatements actorStatements = new ActorStatements(declared);
    private final Expectations expectations = new Expectations(declared, actorStatements);
    private UnaryOperator<HeapContext> settings = context -> context;
    private boolean mayConfigure = true;

    ScriptParser(final String name, final String text) {
        int number = 0;
        for (final String line : text.split("\n", -1)) {
            number++;
            final int comment = line.indexOf("--");
            for (final String source : (comment < 0 ? line : line.substring(0, comment)).split(";")) {
                if (!source.isBlank()) {
                    lines.add(new Line(name, number, source.trim()));
                }
            }
        }
    }

    Script parse() {
        final List<Script.Statement> statements = parseBlock(null);
        return new Script(settings, statements);
    }

    /** Up to the end of the script, or to the one that ends this loop. */
    private List<Script.Statement> parseBlock(final Line loop) {
        final List<Script.Statement> statements = new ArrayList<>();
        while (!lines.isEmpty()) {
            final Line line = lines.removeFirst();
            final Tokens tokens = new Tokens(line);
            if (tokens.take("end")) {
                tokens.end();
                if (loop == null) {
                    throw line.wrong("nothing to end here");
                }
                return statements;
            }
            if (tokens.take("heap")) {
                parseSettings(tokens);
            } else {
                mayConfigure = false;
                statements.add(new Script.Statement(line, parseStatement(tokens)));
            }
            tokens.end();
        }
        if (loop != null) {
            throw loop.wrong("the loop has no end");
        }
        return statements;
    }

    private Action parseStatement(final Tokens tokens) {
        final Line line = tokens.line();
        if (declared.isActor(tokens.peek())) {
            return actorStatements.parse(tokens);
        }
        final String word = tokens.take();
        switch (word) {
            case "layout":
                return parseLayout(tokens);
            case "mutator":
                final String actor = tokens.takeName("mutator");
                declared.actor(line, actor);
                return play -> play.addActor(actor);
            case "global":
                final String global = tokens.takeName("global root");
                declared.global(line, global);
                return play -> play.addGlobal(global);
            case "queue":
                final String queue = tokens.takeName("finalizer queue");
                declared.queue(line, queue);
                return play -> play.dead().addQueue(play.heapAlone(), queue);
            case "repeat":
                return parseLoop(tokens);
            case "expect":
                return expectations.parse(tokens);
            case "reshare":
                return play -> play.heapAlone().reshare();
            case "major":
                return play -> play.heapAlone().collectMajor();
            case "detach":
                return play -> play.heapAlone().detachIdle();
            case "verify":
                return play -> HeapVerifier.verify(play.heapAlone());
            default:
                throw line.wrong("unknown statement '" + word + "'");
        }
    }

    private void parseSettings(final Tokens tokens) {
        if (!mayConfigure) {
            throw tokens.line().wrong("the heap is configured before anything else");
        }
        while (tokens.hasNext()) {
            final String setting = tokens.takeName("setting");
            final long value = tokens.takeNumber().of(null);
            final UnaryOperator<HeapContext> before = settings;
            final UnaryOperator<HeapContext> added = settingOf(tokens.line(), setting, value);
            settings = context -> added.apply(before.apply(context));
        }
    }

    private static UnaryOperator<HeapContext> settingOf(final Line line, final String setting, final long value) {
        switch (setting) {
            case "size":
                return context -> context.heapBytes(value);
            case "nursery":
                return context -> context.nurseryBytes(value);
            case "segments":
                return context -> context.segments((int) value);
            case "unit":
                return context -> context.unitBytes(value);
            case "log":
                return context -> context.logBytes(value);
            case "stress":
                return context -> context.stressBytes(value);
            case "verify":
                return context -> context.verify(value != 0);
            case "budget":
                return context -> context.privateBudgetBytes(value);
            default:
                throw line.wrong("unknown setting " + setting);
        }
    }

    private Action parseLayout(final Tokens tokens) {
        final String name = tokens.takeName("layout");
        declared.layout(tokens.line(), name);
        final boolean refs = tokens.take("refs");
        final boolean bytes = !refs && tokens.take("bytes");
        final boolean counters = tokens.take("counters");
        final boolean noConflicts = !counters && tokens.take("noconflicts");
        final boolean destructor = tokens.take("destructor");
        final List<String> names = new ArrayList<>();
        final List<FieldType> types = new ArrayList<>();
        while (tokens.hasNext()) {
            names.add(tokens.takeName("field"));
            declared.field(names.get(names.size() - 1));
            tokens.demand(":");
            types.add(typeOf(tokens.line(), tokens.takeName("type")));
        }
        return play -> {
            final ObjectLayout.Builder builder = ObjectLayout.named(name);
            if (refs) {
                builder.variableRefs();
            } else if (bytes) {
                builder.variableBytes();
            }
            if (counters) {
                builder.counters();
            } else if (noConflicts) {
                builder.noConflicts();
            }
            if (destructor) {
                builder.destructor(play.dead()::destroyed);
            }
            for (int i = 0; i < names.size(); i++) {
                builder.field(names.get(i), types.get(i));
            }
            play.register(builder, name);
        };
    }

    private static FieldType typeOf(final Line line, final String name) {
        for (final FieldType type : FieldType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) {
                return type;
            }
        }
        throw line.wrong("unknown type " + name);
    }

    private Action parseLoop(final Tokens tokens) {
        final NumberValue times = tokens.takeNumber();
        final String counter = tokens.take("as") ? tokens.takeName("counter") : "";
        tokens.end();
        final List<Script.Statement> body = parseBlock(tokens.line());
        return play -> {
            final long count = times.of(play);
            for (long i = 0; i < count; i++) {
                play.count(counter, i);
                Script.run(play, body);
            }
        };
    }
}
