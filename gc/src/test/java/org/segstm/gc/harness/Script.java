package org.segstm.gc.harness;

import org.segstm.heap.HeapContext;
import org.segstm.heap.HeapException;
import org.segstm.heap.PageSharing;
import org.segstm.heap.TransactionAbortedException;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A script: drives several mutators and collections from one thread, one statement per line or {@code ;}. After each
 * collection the heap is verified. The language is explained in {@code harness/README.md} beside the scripts.
 */
public final class Script {
    private final UnaryOperator<HeapContext> settings;
    private final List<Statement> statements;

    Script(final UnaryOperator<HeapContext> settings, final List<Statement> statements) {
        this.settings = settings;
        this.statements = statements;
    }

    public static Script parse(final String name, final String text) {
        return new ScriptParser(name, text).parse();
    }

    public void run(final PageSharing sharing) {
        final HeapContext context = new HeapContext().segments(3).heapBytes(32 << 20).nurseryBytes(64 << 10)
            .pageSharing(sharing).verify(true);
        try (Play play = new Play(settings.apply(context))) {
            run(play, statements);
        }
    }

    static void run(final Play play, final List<Statement> statements) {
        for (final Statement statement : statements) {
            try {
                statement.action.run(play);
            } catch (final TransactionAbortedException e) {
                throw new ScriptException(statement.line, "the transaction of " + e.mutator().name() + " was aborted",
                    e);
            } catch (final HeapException | IllegalStateException | IllegalArgumentException e) {
                throw new ScriptException(statement.line, String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** A statement and where it stands. */
    static final class Statement {
        private final Line line;
        private final Action action;

        Statement(final Line line, final Action action) {
            this.line = line;
            this.action = action;
        }
    }
}
