package org.segstm.duhton.compile;

import org.segstm.duhton.interp.Node;
import org.segstm.duhton.interp.Outline;

/** Tells what calls nothing, and waits for nothing from the others. */
final class Calls {
    private Calls() {
    }

    /** May an evaluation reach a safepoint other than those between the turns of its own loops? */
    static boolean reachesSafepoint(final Node node) {
        final Outline outline = node.outline();
        switch (outline.kind()) {
            case UNKNOWN:
            case CALL:
                return true;
            case LEAF:
            case INTERPRETED:
                return node.reachesSafepoint();
            default:
                return outline.presentParts().anyMatch(Calls::reachesSafepoint);
        }
    }

    /** May an evaluation ask for a commit? A loop that has gone on in pieces does. */
    static boolean mayAskForCommit(final Node node) {
        final Outline outline = node.outline();
        switch (outline.kind()) {
            case UNKNOWN:
            case CALL:
            case LEAF:
            case INTERPRETED:
            case WHILE:
                return true;
            default:
                return outline.presentParts().anyMatch(Calls::mayAskForCommit);
        }
    }
}
