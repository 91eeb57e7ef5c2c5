package org.segstm.bench.compare.peer.multiverse;

import org.multiverse.api.Txn;
import org.multiverse.api.TxnExecutor;
import org.multiverse.api.callables.TxnVoidCallable;
import org.multiverse.api.references.TxnLong;
import org.multiverse.api.references.TxnRef;
import org.multiverse.stms.gamma.GammaStm;
import org.segstm.bench.compare.peer.Chain;
import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;
import org.segstm.bench.compare.peer.StoreShape;

import java.util.List;

/** Transactions of Multiverse: one executor for each step, which learns what kind of transaction suits it. */
final class MultiverseSession extends Session {
    private final GammaStm stm;
    private final TxnLong[] cells;
    private final TxnRef<Chain>[] buckets;
    private Txn transaction;

    @SuppressWarnings({"unchecked", "rawtypes"})
    MultiverseSession(final GammaStm stm, final TxnLong[] cells, final List<TxnRef<Chain>> buckets) {
        this.stm = stm;
        this.cells = cells;
        this.buckets = buckets.toArray(new TxnRef[0]);
    }

    @Override
    public Runnable prepare(final Step step) {
        final TxnExecutor executor = stm.newTxnFactoryBuilder()
            .setReadonly(step.isReadOnly())
            .setSpeculative(true)
            .setMaxRetries(Integer.MAX_VALUE)
            .newTxnExecutor();
        final TxnVoidCallable body = running -> {
            transaction = running;
            step.run();
        };
        return () -> executor.execute(body);
    }

    @Override
    public long get(final int cell) {
        return cells[cell].get(transaction);
    }

    @Override
    public void set(final int cell, final long value) {
        cells[cell].set(transaction, value);
    }

    @Override
    public long find(final int key) {
        return Chain.find(bucketOf(key).get(transaction), key);
    }

    @Override
    public boolean put(final int key, final long value) {
        final TxnRef<Chain> bucket = bucketOf(key);
        final Chain chain = bucket.get(transaction);
        final Chain others = Chain.without(chain, key);
        bucket.set(transaction, new Chain(key, value, others));
        return others == chain;
    }

    @Override
    public boolean remove(final int key) {
        final TxnRef<Chain> bucket = bucketOf(key);
        final Chain chain = bucket.get(transaction);
        final Chain others = Chain.without(chain, key);
        if (others == chain) {
            return false;
        }
        bucket.set(transaction, others);
        return true;
    }

    private TxnRef<Chain> bucketOf(final int key) {
        return buckets[StoreShape.bucketOf(key, buckets.length)];
    }
}
