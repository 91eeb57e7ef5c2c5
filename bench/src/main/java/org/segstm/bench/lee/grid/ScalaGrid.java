package org.segstm.bench.lee.grid;

import scala.concurrent.stm.InTxn;
import scala.concurrent.stm.MaybeTxn$;
import scala.concurrent.stm.Ref;
import scala.concurrent.stm.Ref$;
import scala.concurrent.stm.TxnExecutor;
import scala.concurrent.stm.package$;
import scala.runtime.AbstractFunction1;

/** A {@code Ref} of ScalaSTM for each cell. Glances read without a transaction. */
final class ScalaGrid implements Grid {
    private final Ref<Object>[] cells;

    @SuppressWarnings({"unchecked", "rawtypes"})
    ScalaGrid(final int[] contents) {
        cells = new Ref[contents.length];
        for (int i = 0; i < contents.length; i++) {
            cells[i] = Ref$.MODULE$.apply(contents[i]);
        }
    }

    @Override
    public GridSession newSession(final String name) {
        return new Session(cells);
    }

    private static final class Session extends GridSession {
        private final TxnExecutor executor = package$.MODULE$.atomic();
        private final Ref<Object>[] cells;
        private InTxn transaction;

        Session(final Ref<Object>[] cells) {
            this.cells = cells;
        }

        @Override
        public Runnable atomic(final Runnable body) {
            final AbstractFunction1<InTxn, Object> block = new AbstractFunction1<>() {
                @Override
                public Object apply(final InTxn running) {
                    transaction = running;
                    body.run();
                    return null;
                }
            };
            return () -> {
                executor.apply(block, MaybeTxn$.MODULE$.unknown());
                transaction = null;
            };
        }

        @Override
        public Runnable glance(final Runnable body) {
            return body;
        }

        @Override
        public int get(final int cell) {
            final Ref<Object> ref = cells[cell];
            return (Integer) (transaction == null ? ref.single().get() : ref.get(transaction));
        }

        @Override
        public void set(final int cell, final int value) {
            cells[cell].set(value, transaction);
        }
    }
}
