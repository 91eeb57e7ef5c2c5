package org.segstm.bench.layout;

import org.segstm.bench.tool.Figures;

import java.util.function.DoubleFunction;

/** What is measured at each point, and how tables and charts show it. */
public enum LayoutFigure {
    /** Throughput. */
    OPS("opsPerSecond", "ops/s", Figures::rate),
    /** Transactions that were rolled back, of all. */
    ABORTS("abortRate", "aborts", Figures::percent),
    /** Pages (units) made private, in a thousand committed transactions. */
    PRIVATIZED("privatizedPerThousand", "privatized/1000", Figures::threeDigits),
    /** Pages (units) private at the end of a round. */
    PRIVATE_UNITS("privateUnits", "private units", LayoutFigure::whole),
    /** Memory of private copies at the end of a round, most of all rounds. */
    PRIVATE_MIB("privateMiB", "private MiB", Figures::threeDigits),
    /** Mappings of the process, as against before the heap was opened. */
    MAPPINGS("mappings", "mappings", LayoutFigure::whole),
    /** Page faults in a thousand committed transactions. */
    FAULTS("faultsPerThousand", "faults/1000", Figures::threeDigits),
    /** Shootdowns of other processors' TLBs in a thousand committed transactions, all processes counted. */
    SHOOTDOWNS("shootdownsPerThousand", "shootdowns/1000", Figures::threeDigits),
    /** Pages that page tables show: what the TLB has to cover when all are used. */
    RESIDENT_PAGES("residentPages", "pages mapped", LayoutFigure::whole),
    /** Page tables themselves. */
    PAGE_TABLE_KIB("pageTableKiB", "page tables KiB", LayoutFigure::whole),
    /** Reshare of the private units of a round. */
    RESHARE_MS("reshareMs", "reshare ms", Figures::threeDigits),
    /** Reshares that the heap itself started in the rounds. */
    RESHARES("reshares", "reshares", LayoutFigure::whole),
    /** Minor collections, those at commits included. */
    MINORS("minorsPerSecond", "minor GCs/s", Figures::rate),
    /** Time in which a cache line goes from one processor to the other. */
    HAND_OFF("handOffNs", "hand-off ns", Figures::threeDigits),
    /** Share of the time in which the threads had a processor. */
    CPU("cpuShare", "cpu", share -> Math.round(share * 100) + " %");

    private static final String NOTHING = "-";
    private final String id;
    private final String title;
    private final DoubleFunction<String> format;

    LayoutFigure(final String id, final String title, final DoubleFunction<String> format) {
        this.id = id;
        this.title = title;
        this.format = format;
    }

    private static String whole(final double number) {
        return Long.toString(Math.round(number));
    }

    /**
     * Name in JSON.
     *
     * @return with the unit.
     */
    public String id() {
        return id;
    }

    /**
     * Head of a table's column, name of an axis.
     *
     * @return with the unit.
     */
    public String title() {
        return title;
    }

    /**
     * Shows a value.
     *
     * @param value of this figure; NaN for none.
     * @return text.
     */
    public String print(final double value) {
        return Double.isNaN(value) ? NOTHING : format.apply(value);
    }
}
