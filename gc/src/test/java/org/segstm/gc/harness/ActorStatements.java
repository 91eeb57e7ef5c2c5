package org.segstm.gc.harness;

import org.segstm.heap.Mutator;
import org.segstm.heap.TransactionAbortedException;

import java.util.function.Consumer;

/** Statements that begin with the name of a mutator: it does something. */
final class ActorStatements {
    private final Declarations declared;
    private final Values values;

    ActorStatements(final Declarations declared) {
        this.declared = declared;
        this.values = new Values(declared);
    }

    Action parse(final Tokens tokens) {
        final String name = tokens.take();
        switch (tokens.peek()) {
            case "begin":
                tokens.take();
                return doing(name, tokens.take("inevitable") ? m -> m.beginInevitable("script") : Mutator::begin);
            case "commit":
                return simple(tokens, name, Mutator::commit);
            case "abort":
                return simple(tokens, name, Mutator::abort);
            case "validate":
                return simple(tokens, name, ActorStatements::validate);
            case "safepoint":
                return simple(tokens, name, Mutator::safepoint);
            case "minor":
                return simple(tokens, name, Mutator::collectNursery);
            case "close":
                return simple(tokens, name, Mutator::close);
            case "finalize":
                return simple(tokens, name, Mutator::runFinalizers);
            case "finalizer":
                tokens.take();
                return parseFinalizer(tokens, name);
            case "read":
                tokens.take();
                final Path read = Path.parse(tokens, declared);
                return act(name, read::read);
            case "add":
                return parseAdd(tokens, name);
            default:
                return parseAssignment(tokens, name);
        }
    }

    private Action parseAdd(final Tokens tokens, final String name) {
        tokens.take();
        final Path counter = Path.parse(tokens, declared);
        counter.lastField();
        final NumberValue delta = tokens.takeNumber();
        return act(name, (play, actor) -> counter.addNumber(play, actor, delta.of(play)));
    }

    private Action parseFinalizer(final Tokens tokens, final String name) {
        final Path object = Path.parse(tokens, declared);
        if (tokens.take("queue")) {
            final String queue = declared.checkQueue(tokens.line(), tokens.takeName("finalizer queue"));
            return act(name, (play, actor) ->
                actor.mutator().registerFinalizer(object.ref(play, actor), play.dead().queue(queue)));
        }
        final String saving = tokens.take("saves")
            ? declared.checkGlobal(tokens.line(), tokens.takeName("global root")) : null;
        return act(name, (play, actor) -> actor.mutator().registerFinalizer(object.ref(play, actor), (m, ref) -> {
            play.dead().finalized(m, ref);
            if (saving != null) {
                m.onCommit(() -> play.global(saving).set(ref));
            }
        }));
    }

    private static void validate(final Mutator mutator) {
        if (!mutator.validate()) {
            throw new ConflictException();
        }
    }

    private Action simple(final Tokens tokens, final String name, final Consumer<Mutator> step) {
        tokens.take();
        return doing(name, step);
    }

    private static Action doing(final String name, final Consumer<Mutator> step) {
        return act(name, (play, actor) -> step.accept(actor.mutator()));
    }

    private Action parseAssignment(final Tokens tokens, final String name) {
        if (!tokens.nextIsName()) {
            throw tokens.line().wrong("what should mutator " + name + " do?");
        }
        final Path target = Path.parse(tokens, declared);
        if (!tokens.nextIs("=")) {
            throw tokens.line().wrong("unknown action '" + target.root() + "'");
        }
        declared.checkVariable(tokens.line(), target.root());
        tokens.take();
        if (tokens.nextIsNumber() && !target.isVariable()) {
            target.lastField();
            final NumberValue number = tokens.takeNumber();
            return act(name, (play, actor) -> target.storeNumber(play, actor, number.of(play)));
        }
        final RefValue value = values.parse(tokens);
        if (target.isVariable() && declared.isGlobal(target.root())) {
            return act(name, (play, actor) -> play.global(target.root()).set(value.of(play, actor)));
        }
        return act(name, (play, actor) -> {
            final long ref = value.of(play, actor);
            if (target.isVariable()) {
                actor.setVariable(target.root(), ref);
            } else {
                target.storeRef(play, actor, ref);
            }
        });
    }

    static Action act(final String name, final Step step) {
        return play -> {
            try {
                step.run(play, play.on(name));
            } catch (final ConflictException e) {
                throw new IllegalStateException("the transaction of " + name + " conflicts", e);
            } finally {
                play.offStage(name).forgetLostVariables();
            }
        };
    }

    /** Did a statement fail because its transaction was rolled back? */
    static boolean isConflict(final RuntimeException e) {
        return e instanceof TransactionAbortedException || e.getCause() instanceof ConflictException;
    }

    /** What a mutator does. */
    @FunctionalInterface
    interface Step {
        void run(Play play, Actor actor);
    }

    /** A validation said no. */
    private static final class ConflictException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
