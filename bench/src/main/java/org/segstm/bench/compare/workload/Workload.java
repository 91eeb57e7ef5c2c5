package org.segstm.bench.compare.workload;

import org.segstm.bench.compare.peer.StoreShape;

import java.util.Arrays;
import java.util.List;

/** All workloads, in the order of the table. */
public enum Workload {
    /** One read of 10,000 cells. */
    READ1("read1", Sizes.READ_CELLS, 0, place -> new ReadProgram(place, Sizes.CELLS, 1)),
    /** Ten. */
    READ10("read10", Sizes.READ_CELLS, 0, place -> new ReadProgram(place, Sizes.CELLS, 10)),
    /** A hundred. */
    READ100("read100", Sizes.READ_CELLS, 0, place -> new ReadProgram(place, Sizes.CELLS, 100)),
    /** Transfers among 1024 accounts. */
    BANK("bank", Sizes.BANK, 0, place -> new BankProgram(place, Sizes.ACCOUNTS, 0)),
    /** The same, and 1 % audits of all accounts. */
    AUDITS("audits", Sizes.BANK, 4, place -> new BankProgram(place, Sizes.ACCOUNTS, 1)),
    /** Transfers among 8 accounts. */
    BANK8("bank8", Sizes.SMALL_BANK, 0, place -> new BankProgram(place, Sizes.FEW_ACCOUNTS, 0)),
    /** Ten reads and two increments of 10,000 cells. */
    RW("rw", Sizes.ZERO_CELLS, 0, place -> new IncrementProgram(place, Sizes.CELLS, 10)),
    /** A map of 16,384 keys: 80 % look-ups, 10 % puts, 10 % removals. */
    MAP("map", Sizes.MAP, 0, place -> new MapProgram(place, Sizes.MAP)),
    /** A thousand distinct of 10,000 cells written. */
    WRITE1000("write1000", Sizes.ZERO_CELLS, 0, place -> new WriteManyProgram(place, Sizes.CELLS, 1000)),
    /** Scans of 100,000 cells by one thread while the others transfer between them. */
    SCAN("scan", Sizes.LARGE_BANK, 4, place -> place.index() == 0 ? new ScanProgram(place, Sizes.MANY_ACCOUNTS)
        : new BankProgram(place, Sizes.MANY_ACCOUNTS, 0));

    private final String id;
    private final StoreShape shape;
    private final int history;
    private final Factory factory;

    Workload(final String id, final StoreShape shape, final int history, final Factory factory) {
        this.id = id;
        this.shape = shape;
        this.history = history;
        this.factory = factory;
    }

    /**
     * Names of all workloads.
     *
     * @return in the order of the table.
     */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Workload::id).toList();
    }

    /**
     * The workload of a name.
     *
     * @param id its name.
     * @return the workload.
     * @throws IllegalArgumentException when there is none of that name.
     */
    public static Workload of(final String id) {
        return Arrays.stream(values()).filter(workload -> workload.id.equals(id)).findFirst().orElseThrow(
            () -> new IllegalArgumentException("no such workload (one of " + String.join(", ", ids()) + "): " + id));
    }

    /**
     * Name of the workload.
     *
     * @return like {@code read10}.
     */
    public String id() {
        return id;
    }

    /**
     * What the store begins with.
     *
     * @return its shape.
     */
    public StoreShape shape() {
        return shape;
    }

    /**
     * Old values worth keeping for long readers, where a party can be told.
     *
     * @return how many for each cell.
     */
    public int history() {
        return history;
    }

    /**
     * Does the first thread do something else than the others?
     *
     * @return true when their rates are told apart.
     */
    public boolean hasWriterBeside() {
        return this == SCAN;
    }

    /**
     * What a thread does.
     *
     * @param place of the thread.
     * @return its program.
     */
    public Program newProgram(final Place place) {
        return factory.newProgram(place);
    }

    /** Makes programs. */
    private interface Factory {
        Program newProgram(Place place);
    }

    /** Numbers of cells, here because an enum's constants cannot refer to its own. */
    private static final class Sizes {
        private static final int CELLS = 10_000;
        private static final int ACCOUNTS = 1024;
        private static final int FEW_ACCOUNTS = 8;
        private static final int MANY_ACCOUNTS = 100_000;
        private static final int KEYS = 1 << 14;
        private static final StoreShape READ_CELLS = new StoreShape(CELLS, ReadProgram::initialValue, 0);
        private static final StoreShape ZERO_CELLS = new StoreShape(CELLS, cell -> 0, 0);
        private static final StoreShape BANK = new StoreShape(ACCOUNTS, BankProgram::initialBalance, 0);
        private static final StoreShape SMALL_BANK = new StoreShape(FEW_ACCOUNTS, BankProgram::initialBalance, 0);
        private static final StoreShape LARGE_BANK = new StoreShape(MANY_ACCOUNTS, BankProgram::initialBalance, 0);
        private static final StoreShape MAP = new StoreShape(0, cell -> 0, KEYS);
    }
}
