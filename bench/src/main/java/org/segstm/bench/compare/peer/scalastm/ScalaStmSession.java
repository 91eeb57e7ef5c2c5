package org.segstm.bench.compare.peer.scalastm;

import org.segstm.bench.compare.peer.Chain;
import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;
import org.segstm.bench.compare.peer.StoreShape;
import scala.concurrent.stm.InTxn;
import scala.concurrent.stm.MaybeTxn;
import scala.concurrent.stm.MaybeTxn$;
import scala.concurrent.stm.Ref;
import scala.concurrent.stm.TxnExecutor;
import scala.concurrent.stm.package$;
import scala.runtime.AbstractFunction1;

import java.util.List;

/** Atomic blocks of ScalaSTM. */
final class ScalaStmSession extends Session {
    private final TxnExecutor atomic = package$.MODULE$.atomic();
    private final MaybeTxn unknown = MaybeTxn$.MODULE$.unknown();
    private final Ref<Object>[] cells;
    private final Ref<Chain>[] buckets;
    private InTxn transaction;

    @SuppressWarnings({"unchecked", "rawtypes"})
    ScalaStmSession(final List<Ref<Object>> cells, final List<Ref<Chain>> buckets) {
        this.cells = cells.toArray(new Ref[0]);
        this.buckets = buckets.toArray(new Ref[0]);
    }

    @Override
    public Runnable prepare(final Step step) {
        final AbstractFunction1<InTxn, Object> block = new AbstractFunction1<>() {
            @Override
            public Object apply(final InTxn running) {
                transaction = running;
                step.run();
                return null;
            }
        };
        return () -> atomic.apply(block, unknown);
    }

    @Override
    public long get(final int cell) {
        return (Long) cells[cell].get(transaction);
    }

    @Override
    public void set(final int cell, final long value) {
        cells[cell].set(value, transaction);
    }

    @Override
    public long find(final int key) {
        return Chain.find(bucketOf(key).get(transaction), key);
    }

    @Override
    public boolean put(final int key, final long value) {
        final Ref<Chain> bucket = bucketOf(key);
        final Chain chain = bucket.get(transaction);
        final Chain others = Chain.without(chain, key);
        bucket.set(new Chain(key, value, others), transaction);
        return others == chain;
    }

    @Override
    public boolean remove(final int key) {
        final Ref<Chain> bucket = bucketOf(key);
        final Chain chain = bucket.get(transaction);
        final Chain others = Chain.without(chain, key);
        if (others == chain) {
            return false;
        }
        bucket.set(others, transaction);
        return true;
    }

    private Ref<Chain> bucketOf(final int key) {
        return buckets[StoreShape.bucketOf(key, buckets.length)];
    }
}
