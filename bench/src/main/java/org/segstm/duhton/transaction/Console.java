package org.segstm.duhton.transaction;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.segstm.duhton.DuhtonError;
import org.segstm.duhton.value.OutputText;
import org.segstm.duhton.value.Shapes;
import org.segstm.heap.GlobalRoot;
import org.segstm.heap.Mutator;
import org.segstm.heap.SegmentHeap;

/**
 * Lets out what transactions print, once they have committed, in the order of their commits. That order is kept by the
 * heap itself: a transaction that has printed counts up a number in an object of the heap as its last act. Taking the
 * number conflicts with all others that print, but only for the moment between that act and the commit.
 */
final class Console {
    private final Shapes shapes;
    private final GlobalRoot root;
    private final OutputStream stream;
    private final Map<Long, byte[]> early = new HashMap<>();
    private long next;

    /**
     * Makes a console.
     *
     * @param heap    to keep the number in.
     * @param mutator not in a transaction.
     * @param shapes  of the heap.
     * @param stream  to write to.
     */
    Console(final SegmentHeap heap, final Mutator mutator, final Shapes shapes, final OutputStream stream) {
        this.shapes = shapes;
        this.stream = stream;
        this.root = heap.newGlobalRoot("duhton console");
        mutator.atomicallyDo(m -> m.push(shapes.newConsole(m)));
        root.set(mutator.pop());
    }

    /**
     * Takes the next place in the order; to be done just before the commit, on the newest view.
     *
     * @param mutator in the transaction that has printed.
     * @return its place, if it commits.
     */
    long takeTicket(final Mutator mutator) {
        final long ticket = mutator.getLong(root.get(), shapes.consoleOutputs);
        mutator.putLong(root.get(), shapes.consoleOutputs, ticket + 1);
        return ticket;
    }

    /**
     * Writes the output of a committed transaction as soon as all outputs before it are written.
     *
     * @param ticket of the transaction.
     * @param text   its whole output.
     */
    synchronized void emit(final long ticket, final OutputText text) {
        if (ticket != next) {
            early.put(ticket, text.toBytes());
            return;
        }
        try {
            next++;
            text.writeTo(stream);
            for (byte[] waiting = early.remove(next); waiting != null; waiting = early.remove(next)) {
                next++;
                stream.write(waiting);
            }
            stream.flush();
        } catch (final IOException e) {
            throw new DuhtonError("cannot write the output: " + e.getMessage(), DuhtonError.UNKNOWN_LINE);
        }
    }
}
