package org.segstm.bench.compare.peer.clojure;

import clojure.lang.LockingTransaction;
import clojure.lang.Ref;
import org.segstm.bench.compare.peer.Chain;
import org.segstm.bench.compare.peer.Session;
import org.segstm.bench.compare.peer.Step;
import org.segstm.bench.compare.peer.StoreShape;

import java.util.concurrent.Callable;

/** What {@code dosync}, {@code deref} and {@code ref-set} expand to. */
final class ClojureSession extends Session {
    private final Ref[] cells;
    private final Ref[] buckets;

    ClojureSession(final Ref[] cells, final Ref[] buckets) {
        this.cells = cells;
        this.buckets = buckets;
    }

    @Override
    public Runnable prepare(final Step step) {
        final Callable<?> body = () -> {
            step.run();
            return null;
        };
        return () -> run(body);
    }

    private static void run(final Callable<?> body) {
        try {
            LockingTransaction.runInTransaction(body);
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long get(final int cell) {
        return (Long) cells[cell].deref();
    }

    @Override
    public void set(final int cell, final long value) {
        cells[cell].set(value);
    }

    @Override
    public long find(final int key) {
        return Chain.find((Chain) bucketOf(key).deref(), key);
    }

    @Override
    public boolean put(final int key, final long value) {
        final Ref bucket = bucketOf(key);
        final Chain chain = (Chain) bucket.deref();
        final Chain others = Chain.without(chain, key);
        bucket.set(new Chain(key, value, others));
        return others == chain;
    }

    @Override
    public boolean remove(final int key) {
        final Ref bucket = bucketOf(key);
        final Chain chain = (Chain) bucket.deref();
        final Chain others = Chain.without(chain, key);
        if (others == chain) {
            return false;
        }
        bucket.set(others);
        return true;
    }

    private Ref bucketOf(final int key) {
        return buckets[StoreShape.bucketOf(key, buckets.length)];
    }
}
