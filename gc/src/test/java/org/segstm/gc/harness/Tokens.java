package org.segstm.gc.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of one statement, taken from left to right. */
final class Tokens {
    private static final Pattern TOKEN =
        Pattern.compile("\\s*(?:(\\$?[A-Za-z_][A-Za-z_0-9]*)|(-?[0-9]+[kmg]?)|([-.=:\\[\\]#]))");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

    private final Line line;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    Tokens(final Line line) {
        this.line = line;
        final String source = line.source();
        final Matcher matcher = TOKEN.matcher(source);
        int at = 0;
        while (at < source.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw line.wrong("unknown character '" + source.substring(at).trim().charAt(0) + "'");
            }
            tokens.add(matcher.group().trim());
            at = matcher.end();
        }
    }

    Line line() {
        return line;
    }

    boolean hasNext() {
        return next < tokens.size();
    }

    String peek() {
        return hasNext() ? tokens.get(next) : "";
    }

    boolean nextIs(final String token) {
        return peek().equals(token);
    }

    /** Takes a token when it is this one. */
    boolean take(final String token) {
        final boolean is = hasNext() && nextIs(token);
        if (is) {
            next++;
        }
        return is;
    }

    String take() {
        if (!hasNext()) {
            throw line.wrong("the statement ends too early");
        }
        return tokens.get(next++);
    }

    void demand(final String token) {
        if (!take(token)) {
            throw line.wrong("'" + token + "' expected, found '" + peek() + "'");
        }
    }

    boolean nextIsName() {
        return NAME.matcher(peek()).matches();
    }

    String takeName(final String what) {
        if (!nextIsName()) {
            throw line.wrong("name of a " + what + " expected, found '" + peek() + "'");
        }
        return take();
    }

    boolean nextIsNumber() {
        return hasNext() && (peek().startsWith("$") || Character.isDigit(peek().charAt(peek().length() - 1))
            && !nextIsName() || peek().matches("-?[0-9]+[kmg]"));
    }

    /** A number, a size like 64k, or a counter of a loop. */
    NumberValue takeNumber() {
        if (!nextIsNumber()) {
            throw line.wrong("number expected, found '" + peek() + "'");
        }
        return NumberValue.parse(line, take());
    }

    void end() {
        if (hasNext()) {
            throw line.wrong("unexpected '" + peek() + "'");
        }
    }
}
