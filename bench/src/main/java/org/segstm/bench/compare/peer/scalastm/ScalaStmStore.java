package org.segstm.bench.compare.peer.scalastm;

import org.segstm.bench.compare.peer.Chain;
import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Store;
import org.segstm.bench.compare.peer.StoreShape;
import scala.concurrent.stm.Ref;
import scala.concurrent.stm.Ref$;
import scala.reflect.ClassTag$;

import java.util.ArrayList;
import java.util.List;

/**
 * Refs of ScalaSTM. Buckets of the map are refs to immutable lists: nearly twice as fast here as its {@code TMap},
 * which pays for snapshots that nobody takes.
 */
public final class ScalaStmStore implements Store {
    private final List<Ref<Object>> cells;
    private final List<Ref<Chain>> buckets = new ArrayList<>();

    /**
     * Sets the refs up.
     *
     * @param shape to begin with.
     */
    public ScalaStmStore(final StoreShape shape) {
        cells = new ArrayList<>(shape.cells());
        for (int i = 0; i < shape.cells(); i++) {
            cells.add(Ref$.MODULE$.apply(shape.initialValue().of(i)));
        }
        for (final Chain chain : Chain.initial(shape)) {
            buckets.add(Ref$.MODULE$.apply(chain, ClassTag$.MODULE$.apply(Chain.class)));
        }
    }

    @Override
    public Session newSession(final String name) {
        return new ScalaStmSession(cells, buckets);
    }
}
