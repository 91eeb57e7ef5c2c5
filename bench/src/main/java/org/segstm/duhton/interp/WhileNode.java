package org.segstm.duhton.interp;

import org.segstm.duhton.value.Values;

/** {@code while}. A loop that turns often is compiled, and goes on in compiled code from its next turn on. */
public final class WhileNode extends Node {
    private final Node condition;
    private final Node body;
    private final HotCode hot;

    /**
     * A loop.
     *
     * @param condition before each turn.
     * @param body      of a turn.
     * @param hotCodes  makes what compiles it; null when nothing is compiled.
     * @param frameLength variables and functions of the function that it is in.
     * @param line      of the source.
     */
    public WhileNode(
            final Node condition, final Node body, final HotCodes hotCodes, final int frameLength, final int line) {
        super(line);
        this.condition = condition;
        this.body = body;
        this.hot = hotCodes == null ? null : hotCodes.ofLoop(this, frameLength);
    }

    /**
     * What counts its turns.
     *
     * @return null when nothing is compiled.
     */
    public HotCode hot() {
        return hot;
    }

    @Override
    public Outline outline() {
        return new Outline(Outline.Kind.WHILE, 0, condition, body);
    }

    @Override
    public long execute(final DuhtonThread thread, final int frame) {
        return hot == null || hot.isSkipped() ? interpret(thread, frame) : hot.call(thread, frame);
    }

    /**
     * Runs the loop, or the rest of it, here; it may go on in compiled code.
     *
     * @param thread that evaluates.
     * @param frame  of the running function.
     * @return None.
     */
    public long interpret(final DuhtonThread thread, final int frame) {
        while (condition.executeTruth(thread, frame)) {
            body.execute(thread, frame);
            thread.safepoint();
            if (thread.isCommitDue()) {
                return goOnInPieces(thread, frame);
            }
            if (hot != null && !hot.isSkipped() && hot.turn(thread, frame)) {
                return hot.call(thread, frame);
            }
        }
        return Values.NONE;
    }

    /**
     * Runs the rest of the loop, after a turn that asked for a commit.
     *
     * @param thread that evaluates.
     * @param frame  of the running function.
     * @return None.
     */
    public long goOnInPieces(final DuhtonThread thread, final int frame) {
        Pieces.run(thread, pieces -> runInPieces(thread, frame, pieces));
        return Values.NONE;
    }

    private void runInPieces(final DuhtonThread thread, final int frame, final Pieces pieces) {
        while (condition.executeTruth(thread, frame)) {
            body.execute(thread, frame);
            thread.safepoint();
            if (thread.isCommitDue()) {
                pieces.next();
            }
        }
    }
}
