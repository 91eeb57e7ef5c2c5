package org.segstm.bench.lee.run;

import org.segstm.bench.lee.Board;
import org.segstm.bench.lee.LaidBoard;
import org.segstm.bench.lee.Route;
import org.segstm.bench.lee.Wave;
import org.segstm.bench.lee.grid.GridSession;

/** Lays routes in one thread. */
final class Layer {
    private final Board board;
    private final GridSession session;
    private final Wave wave;
    private final LaidBoard laid;
    private final Runnable whole;
    private final Runnable plan;
    private final Runnable lay;
    private Route route;
    private boolean found;
    private boolean taken;
    private long waves;

    Layer(final Board board, final GridSession session, final Wave wave, final LaidBoard laid) {
        this.board = board;
        this.session = session;
        this.wave = wave;
        this.laid = laid;
        this.whole = session.atomic(this::findAndLay);
        this.plan = session.glance(this::find);
        this.lay = session.atomic(this::layPlanned);
    }

    /**
     * Lays one route.
     *
     * @param index of it in the board's list.
     * @param way   what is a transaction.
     */
    void lay(final int index, final Way way) {
        route = board.routes().get(index);
        if (way == Way.WHOLE) {
            whole.run();
        } else {
            do {
                plan.run();
                if (found) {
                    lay.run();
                }
            } while (found && taken);
        }
        laid.laid(index, found ? wave.way() : null);
    }

    /** Waves so far; more than routes when some had to be looked for again. */
    long waves() {
        return waves;
    }

    private void find() {
        waves++;
        found = wave.find(route, session);
    }

    private void findAndLay() {
        find();
        if (found) {
            for (final int cell : wave.way()) {
                session.set(cell, route.id());
            }
        }
    }

    private void layPlanned() {
        taken = false;
        for (final int cell : wave.way()) {
            taken |= session.get(cell) != Board.FREE;
        }
        if (!taken) {
            for (final int cell : wave.way()) {
                session.set(cell, route.id());
            }
        }
    }
}
