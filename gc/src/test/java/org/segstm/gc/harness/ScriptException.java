package org.segstm.gc.harness;

/** A script cannot be read, or what it expects is not so: names script, line and statement. */
public final class ScriptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScriptException(final Line line, final String message, final Throwable cause) {
        super(line.script() + ':' + line.number() + ": " + message + ": " + line.source(), cause);
    }

    ScriptException(final Line line, final String message) {
        this(line, message, null);
    }
}
