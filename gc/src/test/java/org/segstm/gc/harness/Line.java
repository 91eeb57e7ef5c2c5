package org.segstm.gc.harness;

/** One statement of a script and where it stands. */
final class Line {
    private final String script;
    private final int number;
    private final String source;

    Line(final String script, final int number, final String source) {
        this.script = script;
        this.number = number;
        this.source = source;
    }

    String script() {
        return script;
    }

    int number() {
        return number;
    }

    String source() {
        return source;
    }

    ScriptException wrong(final String message) {
        return new ScriptException(this, message);
    }
}
