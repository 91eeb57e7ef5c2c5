package org.segstm.heap;

import org.segstm.bridge.Platform;
import org.segstm.heap.event.HeapReports;
import org.segstm.heap.segment.ReadMarkers;
import org.segstm.heap.util.Units;

import static org.segstm.heap.ContextProperties.booleanProperty;
import static org.segstm.heap.ContextProperties.bytesProperty;
import static org.segstm.heap.ContextProperties.doubleProperty;
import static org.segstm.heap.ContextProperties.enumProperty;
import static org.segstm.heap.ContextProperties.numberProperty;

/**
 * Configuration of a heap. Each setting has a default, which a system property overrides, which a call overrides.
 * {@link SegmentHeap#open} concludes it; from then on it cannot be changed or used for a second heap.
 */
public final class HeapContext {
    /** Most segments that mutators can run in: page owners are kept as the bits of a long. */
    public static final int MAXIMUM_SEGMENTS = Long.SIZE;
    /** Property: number of segments. */
    public static final String SEGMENTS_PROPERTY = "segstm.segments";
    /** Property: size of the old space. */
    public static final String HEAP_PROPERTY = "segstm.heap";
    /** Property: size of each nursery. */
    public static final String NURSERY_PROPERTY = "segstm.nursery";
    /** Property: page sharing strategy. */
    public static final String PAGE_SHARING_PROPERTY = "segstm.page.sharing";
    /** Property: privatization unit. */
    public static final String UNIT_PROPERTY = "segstm.unit";
    /** Property: marker reset. */
    public static final String MARKER_RESET_PROPERTY = "segstm.marker.reset";
    /** Property: no-STM mode. */
    public static final String SERIAL_PROPERTY = "segstm.serial";
    /** Property: time measurement. */
    public static final String TIMING_PROPERTY = "segstm.timing";
    /** Property: commit log memory per segment. */
    public static final String LOG_PROPERTY = "segstm.log";
    /** Property: mappings that page sharing may use. */
    public static final String MAPPINGS_PROPERTY = "segstm.mappings";
    /** Property: deepest shadow stack. */
    public static final String ROOTS_PROPERTY = "segstm.roots";
    /** Property: verify the heap after every collection. */
    public static final String VERIFY_PROPERTY = "segstm.gc.verify";
    /** Property: stress factor. */
    public static final String STRESS_PROPERTY = "segstm.gc.stress";
    /** Property: threads of major collections. */
    public static final String GC_THREADS_PROPERTY = "segstm.gc.threads";
    /** Property: growth of live memory between major collections. */
    public static final String GROWTH_PROPERTY = "segstm.gc.growth";
    /** Property: use below which no major collection starts by itself. */
    public static final String MINIMUM_MAJOR_PROPERTY = "segstm.gc.minimum";
    /** Property: write collections to standard error. */
    public static final String COLLECTION_LOG_PROPERTY = "segstm.gc.log";
    /** Property: soft limit of the old space. */
    public static final String SOFT_HEAP_PROPERTY = "segstm.heap.soft";
    /** Property: budget of private memory. */
    public static final String PRIVATE_BUDGET_PROPERTY = "segstm.private.budget";
    /** Property: checked mode, see {@link #isChecked()}. */
    public static final String CHECKED_PROPERTY = "segstm.checked";

    /** Property: transactions that may share a read version. */
    public static final String MARKER_SHARE_PROPERTY = "segstm.marker.share";

    private static final long MINIMUM_HEAP_BYTES = 1 << 20;
    private static final long MAXIMUM_HEAP_BYTES = 1L << 42;
    private static final long MINIMUM_NURSERY_BYTES = 1 << 16;
    private static final long MAXIMUM_NURSERY_BYTES = 1L << 32;
    private static final long MAXIMUM_UNIT_BYTES = 1 << 21;
    private static final long MINIMUM_LOG_BYTES = 1 << 14;
    private static final int MAPPINGS_SHARE = 4;
    private static final long MINIMUM_MAPPINGS = 64;
    private static final int MINIMUM_ROOTS = 64;
    private static final int MAXIMUM_GC_THREADS = 256;
    private static final double DEFAULT_GROWTH = 1.82;
    private static final int SOFT_PERCENT = 85;
    private static final int PERCENT = 100;
    private static final int PRIVATE_SHARE = 4;
    private static final long MINIMUM_PRIVATE_BUDGET_BYTES = 1 << 16;

    private int segments = numberProperty(SEGMENTS_PROPERTY, 0);
    private long heapBytes = bytesProperty(HEAP_PROPERTY, 1L << 30);
    private long nurseryBytes = bytesProperty(NURSERY_PROPERTY, 4L << 20);
    private long unitBytes = bytesProperty(UNIT_PROPERTY, 0);
    private long logBytes = bytesProperty(LOG_PROPERTY, 256L << 10);
    private PageSharing pageSharing =
        enumProperty(PageSharing.class, PAGE_SHARING_PROPERTY, PageSharing.PRIVATE_COW);
    private MarkerReset markerReset = enumProperty(MarkerReset.class, MARKER_RESET_PROPERTY, MarkerReset.MEMSET);
    private int markerShare = numberProperty(MARKER_SHARE_PROPERTY, ReadMarkers.MOST_SHARERS);
    private boolean serial = booleanProperty(SERIAL_PROPERTY);
    private boolean timing = booleanProperty(TIMING_PROPERTY);
    private long maximumMappings = bytesProperty(MAPPINGS_PROPERTY, 0);
    private int maximumRoots = numberProperty(ROOTS_PROPERTY, 1 << 24);
    private boolean verify = booleanProperty(VERIFY_PROPERTY);
    private long stressBytes = bytesProperty(STRESS_PROPERTY, 0);
    private int collectorThreads = numberProperty(GC_THREADS_PROPERTY, 0);
    private double growth = doubleProperty(GROWTH_PROPERTY, DEFAULT_GROWTH);
    private long minimumMajorBytes = bytesProperty(MINIMUM_MAJOR_PROPERTY, 32L << 20);
    private long softHeapBytes = bytesProperty(SOFT_HEAP_PROPERTY, 0);
    private long privateBudgetBytes = bytesProperty(PRIVATE_BUDGET_PROPERTY, 0);
    private boolean collectionLog = booleanProperty(COLLECTION_LOG_PROPERTY);
    private LengthBounds lengthBounds = LengthBounds.fromProperties();
    private HeapReports reports = new HeapReports();
    private boolean concluded;

    /**
     * Is checked mode on? A property of the process, read once, so that the JIT removes the checks where it is off:
     * {@code -Dsegstm.checked=true}.
     *
     * @return true when every access is verified.
     */
    public static boolean isChecked() {
        return Checked.ENABLED;
    }

    /**
     * Sets the number of segments, which is how many transactions run at a time. Default: the processors.
     *
     * @param number from 1 to {@link #MAXIMUM_SEGMENTS}.
     * @return this.
     */
    public HeapContext segments(final int number) {
        checkOpen();
        segments = checkedSegments(number);
        return this;
    }

    /**
     * Sets the size of the old space, the room for all objects that outlive a minor collection.
     *
     * @param bytes from 1 MiB to 4 TiB; rounded up to 2 MiB.
     * @return this.
     */
    public HeapContext heapBytes(final long bytes) {
        checkOpen();
        heapBytes = bytes;
        return this;
    }

    /**
     * Sets the size of each segment's nursery.
     *
     * @param bytes from 64 KiB to 4 GiB; rounded up to 64 KiB.
     * @return this.
     */
    public HeapContext nurseryBytes(final long bytes) {
        checkOpen();
        nurseryBytes = bytes;
        return this;
    }

    /**
     * Sets the page sharing strategy.
     *
     * @param strategy one of them.
     * @return this.
     */
    public HeapContext pageSharing(final PageSharing strategy) {
        checkOpen();
        pageSharing = strategy;
        return this;
    }

    /**
     * Sets how much is made private at once. Default: a page.
     *
     * @param bytes a power of two from the page size to 2 MiB.
     * @return this.
     */
    public HeapContext unitBytes(final long bytes) {
        checkOpen();
        unitBytes = bytes;
        return this;
    }

    /**
     * Sets how read markers are reset.
     *
     * @param reset one of the ways.
     * @return this.
     */
    public HeapContext markerReset(final MarkerReset reset) {
        checkOpen();
        markerReset = reset;
        return this;
    }

    /**
     * Sets no-STM mode: one segment, no read markers, no undo, no log. Transactions run one after the other and
     * cannot be rolled back. The baseline for what STM costs.
     *
     * @param enabled true for no-STM mode.
     * @return this.
     */
    public HeapContext serial(final boolean enabled) {
        checkOpen();
        serial = enabled;
        return this;
    }

    /**
     * Sets whether mutators measure the time they spend in each phase (some clock readings per transaction).
     *
     * @param enabled true to measure.
     * @return this.
     */
    public HeapContext timing(final boolean enabled) {
        checkOpen();
        timing = enabled;
        return this;
    }

    /**
     * Sets how many transactions in a row may share a read version while none conflicts, see {@link ReadMarkers}: the
     * more, the more rarely read markers return to zero, and what the earlier ones have read counts for the later.
     *
     * @param most from 1, where each conflict is a true one, to 64.
     * @return this.
     */
    public HeapContext markerShare(final int most) {
        checkOpen();
        markerShare = most;
        return this;
    }

    /**
     * Sets what is reported while the heap is used: events, conflicts.
     *
     * @param wanted not to be changed afterwards.
     * @return this.
     */
    public HeapContext reports(final HeapReports wanted) {
        checkOpen();
        reports = wanted;
        return this;
    }

    /**
     * Sets how much commit log memory a segment uses before idle segments are detached for it and long readers are
     * asked to validate. It is exceeded only while a long reader holds the log back.
     *
     * @param bytes from 16 KiB.
     * @return this.
     */
    public HeapContext logBytes(final long bytes) {
        checkOpen();
        logBytes = bytes;
        return this;
    }

    /**
     * Sets how many memory mappings the strategies that need one per private run may use, over all segments; fewer when
     * others leave little room in the process. When it gets near, they make larger units private. Default: a quarter of
     * {@code vm.max_map_count}.
     *
     * @param mappings at least 64.
     * @return this.
     */
    public HeapContext maximumMappings(final long mappings) {
        checkOpen();
        maximumMappings = mappings;
        return this;
    }

    /**
     * Sets the depth at which a mutator's shadow stack overflows.
     *
     * @param roots at least 64.
     * @return this.
     */
    public HeapContext maximumRoots(final int roots) {
        checkOpen();
        maximumRoots = roots;
        return this;
    }

    /**
     * Sets whether the whole heap is verified after every collection. For tests and for the search of a bug: it takes
     * the time of a walk through all objects, in every view.
     *
     * @param enabled true to verify.
     * @return this.
     */
    public HeapContext verify(final boolean enabled) {
        checkOpen();
        verify = enabled;
        return this;
    }

    /**
     * Sets how many threads mark and sweep in a major collection, the one that started it among them. Default: the
     * processors.
     *
     * @param threads from 1 to 256.
     * @return this.
     */
    public HeapContext collectorThreads(final int threads) {
        checkOpen();
        collectorThreads = threads;
        return this;
    }

    /**
     * Sets the stress factor: whenever a mutator has allocated so many bytes, its next safepoint collects, in turn in
     * every way there is.
     *
     * @param bytes 0 to collect when it is due only.
     * @return this.
     */
    public HeapContext stressBytes(final long bytes) {
        checkOpen();
        stressBytes = bytes;
        return this;
    }

    /**
     * Sets by which factor live memory grows until the next major collection. After one that found little dead the
     * next one waits for up to three times that growth, but for no more than half of the room below the soft limit.
     * Default: 1.82.
     *
     * @param factor above 1, at most 100.
     * @return this.
     */
    public HeapContext growth(final double factor) {
        checkOpen();
        growth = factor;
        return this;
    }

    /**
     * Sets how much has to be in use, not counting what running transactions have made, for a major collection to
     * start by itself, but for the soft limit. Default: 32m.
     *
     * @param bytes not negative.
     * @return this.
     */
    public HeapContext minimumMajorBytes(final long bytes) {
        checkOpen();
        minimumMajorBytes = bytes;
        return this;
    }

    /**
     * Sets the use above which major collections start even when live memory has not grown. Default: 85 % of the heap,
     * which is the hard limit.
     *
     * @param bytes at most the size of the heap.
     * @return this.
     */
    public HeapContext softHeapBytes(final long bytes) {
        checkOpen();
        softHeapBytes = bytes;
        return this;
    }

    /**
     * Sets how much memory private copies of pages may take over all segments before these are reshared. Uncommitted
     * writes may exceed it. Default: a quarter of the heap.
     *
     * @param bytes from 64 KiB.
     * @return this.
     */
    public HeapContext privateBudgetBytes(final long bytes) {
        checkOpen();
        privateBudgetBytes = bytes;
        return this;
    }

    /**
     * Sets whether collections are written to standard error, as {@code -Xlog:gc*} does for the JVM's own.
     *
     * @param enabled true to write.
     * @return this.
     */
    public HeapContext collectionLog(final boolean enabled) {
        checkOpen();
        collectionLog = enabled;
        return this;
    }

    /**
     * Number of segments.
     *
     * @return the number that mutators can run in, 1 in no-STM mode.
     */
    public int segments() {
        return segments;
    }

    /**
     * Size of the old space.
     *
     * @return bytes.
     */
    public long heapBytes() {
        return heapBytes;
    }

    /**
     * Size of each nursery.
     *
     * @return bytes.
     */
    public long nurseryBytes() {
        return nurseryBytes;
    }

    /**
     * Privatization unit.
     *
     * @return bytes, a power of two.
     */
    public long unitBytes() {
        return unitBytes;
    }

    /**
     * Commit log memory per segment.
     *
     * @return bytes.
     */
    public long logBytes() {
        return logBytes;
    }

    /**
     * Page sharing strategy.
     *
     * @return the strategy.
     */
    public PageSharing pageSharing() {
        return pageSharing;
    }

    /**
     * Marker reset.
     *
     * @return the way.
     */
    public MarkerReset markerReset() {
        return markerReset;
    }

    /**
     * No-STM mode.
     *
     * @return true when on.
     */
    public boolean serial() {
        return serial;
    }

    /**
     * Time measurement.
     *
     * @return true when on.
     */
    public boolean timing() {
        return timing;
    }

    /**
     * Transactions that may share a read version.
     *
     * @return most of them.
     */
    public int markerShare() {
        return markerShare;
    }

    /**
     * What is reported.
     *
     * @return never null.
     */
    public HeapReports reports() {
        return reports;
    }

    /**
     * Mappings that page sharing may use.
     *
     * @return the number.
     */
    public long maximumMappings() {
        return maximumMappings;
    }

    /**
     * Depth at which a shadow stack overflows.
     *
     * @return number of roots.
     */
    public int maximumRoots() {
        return maximumRoots;
    }

    /**
     * Verification.
     *
     * @return true when the heap is verified after every collection.
     */
    public boolean verify() {
        return verify;
    }

    /**
     * Stress factor.
     *
     * @return bytes between two forced collections, 0 without.
     */
    public long stressBytes() {
        return stressBytes;
    }

    /**
     * Threads of major collections.
     *
     * @return the number, at least 1.
     */
    public int collectorThreads() {
        return collectorThreads;
    }

    /**
     * Growth of live memory between major collections.
     *
     * @return the factor.
     */
    public double growth() {
        return growth;
    }

    /**
     * Use below which no major collection starts by itself.
     *
     * @return bytes.
     */
    public long minimumMajorBytes() {
        return minimumMajorBytes;
    }

    /**
     * Soft limit of the old space.
     *
     * @return bytes.
     */
    public long softHeapBytes() {
        return softHeapBytes;
    }

    /**
     * Budget of private memory.
     *
     * @return bytes.
     */
    public long privateBudgetBytes() {
        return privateBudgetBytes;
    }

    /**
     * Are collections written to standard error?
     *
     * @return true when they are.
     */
    public boolean collectionLog() {
        return collectionLog;
    }

    /**
     * Sets how long length control lets transactions be.
     *
     * @param bounds of their length.
     * @return this.
     */
    public HeapContext lengthBounds(final LengthBounds bounds) {
        checkOpen();
        lengthBounds = bounds;
        return this;
    }

    /**
     * How long length control lets transactions be.
     *
     * @return bounds of their length.
     */
    public LengthBounds lengthBounds() {
        return lengthBounds;
    }

    /** Fills in what depends on the machine, validates everything and closes the context for changes. */
    void conclude() {
        checkOpen();
        segments = serial ? 1 : segments == 0 ? Math.min(MAXIMUM_SEGMENTS, Platform.processors()) : segments;
        checkedSegments(segments);
        ReadMarkers.coveredBytes();
        checkRange("heap size must be from 1m to 4t", "heapBytes", heapBytes, MINIMUM_HEAP_BYTES, MAXIMUM_HEAP_BYTES);
        checkRange("nursery size must be from 64k to 4g", "nurseryBytes", nurseryBytes,
            MINIMUM_NURSERY_BYTES, MAXIMUM_NURSERY_BYTES);
        final long pageBytes = Platform.pageBytes();
        unitBytes = unitBytes == 0 ? pageBytes : unitBytes;
        if (Long.bitCount(unitBytes) != 1 || unitBytes < pageBytes || unitBytes > MAXIMUM_UNIT_BYTES) {
            throw new IllegalArgumentException("privatization unit must be a power of two from the page size ("
                + pageBytes + ") to 2m: unitBytes=" + unitBytes);
        }
        checkRange("commit log memory must be at least 16k", "logBytes", logBytes, MINIMUM_LOG_BYTES, Long.MAX_VALUE);
        maximumMappings = maximumMappings == 0 ? Platform.maxMapCount() / MAPPINGS_SHARE : maximumMappings;
        checkRange("mappings must be at least 64", "maximumMappings", maximumMappings,
            MINIMUM_MAPPINGS, Long.MAX_VALUE);
        checkRange("roots must be at least 64", "maximumRoots", maximumRoots, MINIMUM_ROOTS, Integer.MAX_VALUE - 8);
        checkRange("stress factor must not be negative", "stressBytes", stressBytes, 0, Long.MAX_VALUE);
        if (pageSharing == null || markerReset == null || lengthBounds == null) {
            throw new IllegalArgumentException("settings must not be null: pageSharing=" + pageSharing
                + " markerReset=" + markerReset + " lengthBounds=" + lengthBounds);
        }
        concludeCollections();
        concluded = true;
    }

    private void concludeCollections() {
        checkRange("transactions that share a read version must be from 1 to 64", "markerShare", markerShare, 1,
            ReadMarkers.MOST_SHARERS);
        collectorThreads = collectorThreads == 0 ? Platform.processors() : collectorThreads;
        checkRange("collector threads must be from 1 to 256", "collectorThreads", collectorThreads,
            1, MAXIMUM_GC_THREADS);
        if (!(growth > 1 && growth <= PERCENT)) {
            throw new IllegalArgumentException("growth must be above 1 and at most 100: growth=" + growth);
        }
        checkRange("the least use for a major collection must not be negative", "minimumMajorBytes",
            minimumMajorBytes, 0, Long.MAX_VALUE);
        softHeapBytes = softHeapBytes == 0 ? heapBytes / PERCENT * SOFT_PERCENT : softHeapBytes;
        checkRange("soft limit must be from 64k to the heap size", "softHeapBytes", softHeapBytes,
            MINIMUM_PRIVATE_BUDGET_BYTES, heapBytes);
        privateBudgetBytes = privateBudgetBytes == 0 ? heapBytes / PRIVATE_SHARE : privateBudgetBytes;
        checkRange("budget of private memory must be at least 64k", "privateBudgetBytes", privateBudgetBytes,
            MINIMUM_PRIVATE_BUDGET_BYTES, Long.MAX_VALUE);
    }

    private void checkOpen() {
        if (concluded) {
            throw new IllegalStateException("a context serves one heap and cannot be changed once the heap is open");
        }
    }

    private static int checkedSegments(final int number) {
        checkRange("segments must be from 1 to " + MAXIMUM_SEGMENTS, "segments", number, 1, MAXIMUM_SEGMENTS);
        return number;
    }

    private static void checkRange(
        final String rule, final String name, final long value, final long minimum, final long maximum) {
        if (value < minimum || value > maximum) {
            throw new IllegalArgumentException(rule + ": " + name + "=" + value);
        }
    }

    @Override
    public String toString() {
        return "HeapContext{segments=" + segments
            + ", heapBytes=" + Units.printBytes(heapBytes)
            + ", nurseryBytes=" + Units.printBytes(nurseryBytes)
            + ", pageSharing=" + pageSharing
            + ", unitBytes=" + Units.printBytes(unitBytes)
            + ", markerReset=" + markerReset
            + ", markerBytes=" + ReadMarkers.coveredBytes()
            + ", markerShare=" + markerShare
            + ", logBytes=" + Units.printBytes(logBytes)
            + ", maximumMappings=" + maximumMappings
            + ", maximumRoots=" + maximumRoots
            + ", collectorThreads=" + collectorThreads
            + ", growth=" + growth
            + ", minimumMajorBytes=" + Units.printBytes(minimumMajorBytes)
            + ", softHeapBytes=" + Units.printBytes(softHeapBytes)
            + ", privateBudgetBytes=" + Units.printBytes(privateBudgetBytes)
            + ", collectionLog=" + collectionLog
            + ", serial=" + serial
            + ", timing=" + timing
            + ", verify=" + verify
            + ", lengthBounds=" + lengthBounds
            + ", stressBytes=" + Units.printBytes(stressBytes)
            + ", checked=" + isChecked() + '}';
    }

    /** Holds the flag, so that a launcher can set the property after this class was named but before it is used. */
    private static final class Checked {
        static final boolean ENABLED = Boolean.getBoolean(CHECKED_PROPERTY);
    }
}
