package org.segstm.gc.harness;

import org.segstm.gc.census.HeapHistogram;
import org.segstm.gc.census.HistogramRow;
import org.segstm.heap.HeapStatistics;
import org.segstm.heap.Inspector;
import org.segstm.heap.OutOfHeapException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What follows {@code expect}. */
final class Expectations {
    private final Declarations declared;
    private final ActorStatements actorStatements;
    private final Values values;

    Expectations(final Declarations declared, final ActorStatements actorStatements) {
        this.declared = declared;
        this.actorStatements = actorStatements;
        this.values = new Values(declared);
    }

    Action parse(final Tokens tokens) {
        final Line line = tokens.line();
        if (declared.isActor(tokens.peek())) {
            return parseOfActor(tokens);
        }
        final String word = tokens.take();
        switch (word) {
            case "conflict":
                return parseConflict(tokens);
            case "outofheap":
                return parseOutOfHeap(tokens);
            case "finalized":
                return parseDead(tokens, "finalized", TheDead::finalized);
            case "destroyed":
                return parseDead(tokens, "destroyed", TheDead::destroyed);
            case "queued":
                return parseQueue(tokens, (dead, queue) -> dead.queue(queue).size());
            case "triggered":
                return parseQueue(tokens, TheDead::triggered);
            case "objects":
                return parseCount(tokens, HistogramRow::objects);
            case "young":
                return parseCount(tokens, HistogramRow::youngObjects);
            case "private":
                return parseFigure(tokens, "private bytes", HeapStatistics::privateBytes);
            case "used":
                return parseFigure(tokens, "used bytes", HeapStatistics::usedBytes);
            case "file":
                return parseFigure(tokens, "bytes of the file", HeapStatistics::fileBytes);
            default:
                throw line.wrong("unknown expectation '" + word + "'");
        }
    }

    private Action parseConflict(final Tokens tokens) {
        final Line line = tokens.line();
        final Action statement = parseActorStatement(tokens);
        return play -> {
            boolean conflict = false;
            try {
                statement.run(play);
            } catch (final RuntimeException e) {
                if (!ActorStatements.isConflict(e)) {
                    throw e;
                }
                conflict = true;
            }
            check(line, conflict, "no conflict");
        };
    }

    private Action parseOutOfHeap(final Tokens tokens) {
        final Line line = tokens.line();
        final Action statement = parseActorStatement(tokens);
        return play -> {
            boolean failed = false;
            try {
                statement.run(play);
            } catch (final OutOfHeapException e) {
                failed = true;
            }
            check(line, failed, "there was room");
        };
    }

    private Action parseActorStatement(final Tokens tokens) {
        if (!declared.isActor(tokens.peek())) {
            throw tokens.line().wrong("unknown mutator '" + tokens.peek() + "'");
        }
        return actorStatements.parse(tokens);
    }

    private Action parseCount(final Tokens tokens, final ToLongFunction<HistogramRow> figure) {
        final Line line = tokens.line();
        final String layout = declared.checkLayout(line, tokens.takeName("layout"));
        final NumberValue number = tokens.takeNumber();
        return play -> {
            final long found = figure.applyAsLong(HeapHistogram.of(play.heapAlone()).row(layout));
            check(line, found == number.of(play), "found " + found);
        };
    }

    private static Action parseDead(
        final Tokens tokens, final String what, final Function<TheDead, List<Long>> found) {
        final Line line = tokens.line();
        final List<NumberValue> numbers = new ArrayList<>();
        if (!tokens.take("nothing")) {
            do {
                numbers.add(tokens.takeNumber());
            } while (tokens.hasNext());
        }
        return play -> {
            final List<Long> expected = numbers.stream().map(n -> n.of(play)).collect(Collectors.toList());
            final List<Long> actual = found.apply(play.dead());
            check(line, actual.equals(expected), what + ' ' + actual);
        };
    }

    private Action parseQueue(final Tokens tokens, final ToLongBiFunction<TheDead, String> figure) {
        final Line line = tokens.line();
        final String queue = declared.checkQueue(line, tokens.takeName("finalizer queue"));
        final NumberValue number = tokens.takeNumber();
        return play -> {
            final long found = figure.applyAsLong(play.dead(), queue);
            check(line, found == number.of(play), "found " + found);
        };
    }

    private static Action parseFigure(
        final Tokens tokens, final String what, final ToLongFunction<HeapStatistics> figure) {
        final Line line = tokens.line();
        final boolean below = tokens.take("below");
        final boolean above = !below && tokens.take("above");
        final NumberValue number = tokens.takeNumber();
        return play -> {
            final long found = figure.applyAsLong(play.heapAlone().statistics());
            final long expected = number.of(play);
            check(line, below ? found < expected : above ? found > expected : found == expected,
                "found " + found + ' ' + what);
        };
    }

    private Action parseOfActor(final Tokens tokens) {
        final Line line = tokens.line();
        final String name = tokens.take();
        switch (tokens.peek()) {
            case "young":
                return inspecting(tokens, name, (inspector, ref) -> inspector.isYoung(ref));
            case "old":
                return inspecting(tokens, name,
                    (inspector, ref) -> !inspector.isYoung(ref) && !inspector.isOverflow(ref));
            case "promoted":
                return inspecting(tokens, name, Inspector::isOverflow);
            case "private":
                return inspecting(tokens, name, Inspector::isPagePrivate);
            case "shared":
                return inspecting(tokens, name, (inspector, ref) -> !inspector.isPagePrivate(ref));
            case "solo":
                tokens.take();
                return play -> check(line, play.offStage(name).mutator().inspect().isSolo(), "not solo");
            case "attached":
                tokens.take();
                return play -> check(line, play.offStage(name).mutator().inspect().isAttached(), "detached");
            case "detached":
                tokens.take();
                return play -> check(line, !play.offStage(name).mutator().inspect().isAttached(), "attached");
            case "aborts":
                tokens.take();
                final NumberValue aborts = tokens.takeNumber();
                return play -> {
                    final long found = play.offStage(name).mutator().statistics().aborted();
                    check(line, found == aborts.of(play), "found " + found);
                };
            case "length":
                tokens.take();
                final Path array = Path.parse(tokens, declared);
                return counting(tokens, name,
                    (play, actor) -> actor.mutator().length(array.ref(play, actor)));
            case "chain":
                tokens.take();
                final Path chain = Path.parse(tokens, declared);
                chain.lastField();
                return counting(tokens, name, chain::chainLength);
            default:
                return parsePlace(tokens, name);
        }
    }

    private Action parsePlace(final Tokens tokens, final String name) {
        final Line line = tokens.line();
        final Path path = Path.parse(tokens, declared);
        if (tokens.nextIsNumber()) {
            return counting(tokens, name, path::number);
        }
        if (tokens.take("exists")) {
            return reading(name, (play, actor) -> check(line, path.ref(play, actor) != 0, "found null"));
        }
        tokens.take("is");
        final RefValue expected = values.parse(tokens);
        return reading(name, (play, actor) -> {
            final long found = path.ref(play, actor);
            final long wanted = expected.of(play, actor);
            check(line, found == wanted, "found 0x" + Long.toHexString(found) + ", not 0x" + Long.toHexString(wanted));
        });
    }

    private static Action counting(final Tokens tokens, final String name, final Count count) {
        final Line line = tokens.line();
        final NumberValue number = tokens.takeNumber();
        return reading(name, (play, actor) -> {
            final long found = count.of(play, actor);
            check(line, found == number.of(play), "found " + found);
        });
    }

    private Action inspecting(final Tokens tokens, final String name, final Question question) {
        final Line line = tokens.line();
        final String what = tokens.take();
        final Path path = Path.parse(tokens, declared);
        return reading(name, (play, actor) ->
            check(line, question.ask(actor.mutator().inspect(), path.ref(play, actor)), "not " + what));
    }

    /** In the running transaction, or in one of its own. */
    private static Action reading(final String name, final ActorStatements.Step step) {
        return ActorStatements.act(name, (play, actor) -> {
            final boolean own = !actor.mutator().inTransaction();
            if (own) {
                actor.mutator().begin();
            }
            try {
                step.run(play, actor);
            } finally {
                if (own) {
                    actor.mutator().commit();
                }
            }
        });
    }

    private static void check(final Line line, final boolean so, final String found) {
        if (!so) {
            throw line.wrong("expected otherwise, " + found);
        }
    }

    /** Counts something. */
    @FunctionalInterface
    private interface Count {
        long of(Play play, Actor actor);
    }

    /** Asks about an object. */
    @FunctionalInterface
    private interface Question {
        boolean ask(Inspector inspector, long ref);
    }
}
